"""The same seller in every chat: does the same things, over each front end's own wire."""
