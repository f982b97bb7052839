"""The conversation with a seller, and the chats in which it is held."""
