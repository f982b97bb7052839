"""FRAME in Discord: a thin layer over discord.py."""
