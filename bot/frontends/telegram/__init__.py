"""FRAME in Telegram: a thin layer over python-telegram-bot."""
