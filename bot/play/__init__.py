"""Orders played unattended: a seller who never tires of the conversation, and a report of all that was made."""
