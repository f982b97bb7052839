"""Work between the chats and the studio: placed by the bot, done by workers, lost by nobody."""
