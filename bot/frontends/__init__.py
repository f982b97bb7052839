"""Chats: each translates what a seller does into events, and cards into its own messages."""
