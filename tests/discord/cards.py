"""Messages that tests show before somebody presses."""

from __future__ import annotations

from bot.outlet import Key, Message

DM_CHAT = "discord:70000"  # of the person 70


def question() -> Message:
    return Message(topic="tone", text="Which tone?", rows=((Key("Calm", "token-c", "c=calm"),),), key="q")


def platforms() -> Message:
    keys = tuple(
        Key(name, f"token-{name}", f"t={name}", picked=name == "TikTok") for name in ("TikTok", "Reels", "Feed")
    )
    return Message(topic="platforms", text="Where?", rows=(keys, (Key("Done", "token-done", "n"),)), key="p")
