"""Values as Discord sends and keeps them, and its own limits on what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import discord

Json = dict[str, Any]
MEBIBYTE = 1024 * 1024
TEXT_CHANNEL, DM, PRIVATE_THREAD = 0, 1, 12
BOT, APP, GUILD, CHANNEL = 4242, 4242, 500, 600
ALL = discord.Permissions.all().value & ~discord.Permissions(administrator=True).value


class Refused(Exception):
    def __init__(self, status: int, code: int, text: str, **more: Any) -> None:
        super().__init__(text)
        self.status, self.body = status, {"code": code, "message": text, **more}


class AnswerLost(Exception):
    """The call is carried out and the connection closed without an answer."""


@dataclass
class Place:
    id: int
    kind: int
    guild: bool = False
    archived: bool = False
    limit: int = 10 * MEBIBYTE
    closed: Refused | None = None  # nothing can be written here


@dataclass
class Call:
    method: str
    path: str
    body: Any
    files: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Pending:
    """An interaction: when it came, whether and how it was answered, what only its author sees."""

    token: str
    channel: int
    began: float
    seconds: float | None = None  # until it was acknowledged
    answer: Json | None = None
    whispers: list[Json] = field(default_factory=list)
    original: Json | None = None
    dead: bool = False


def check(body: Json) -> None:
    """Discord's own limits on what is shown."""
    problems = []
    if len(body.get("content") or "") > 2000:
        problems.append("content")
    if any(len(one.get("description") or "") > 4096 for one in body.get("embeds") or ()):
        problems.append("embed")
    if len(str(body.get("nonce") or "")) > 25:
        problems.append("nonce")
    rows = body.get("components") or []
    names = [one["custom_id"] for row in rows for one in row["components"]]
    if len(rows) > 5 or any(len(row["components"]) > 5 for row in rows):
        problems.append("rows")
    if len(names) != len(set(names)) or any(len(name) > 100 for name in names):
        problems.append("custom_id")
    if problems:
        raise Refused(400, 50035, f"Invalid Form Body: {', '.join(problems)}")


def user(number: int, *, bot: bool = False) -> Json:
    return {"id": str(number), "username": f"sam{number}", "discriminator": "0", "avatar": None, "bot": bot}


def member(number: int) -> Json:
    return {
        "user": user(number, bot=number == BOT),
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(ALL),
    }


def application() -> Json:
    return {
        "id": str(APP),
        "name": "FRAME",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "team": None,
        "flags": 0,
        "owner": user(1),
    }


def blank_message(channel: int, number: int, *, author: int = BOT) -> Json:
    """An empty message."""
    return {
        "id": str(number),
        "channel_id": str(channel),
        "author": user(author, bot=author == BOT),
        "content": "",
        "timestamp": "2026-11-22T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "by_bot": False,
        "edits": 0,
    }


def everyone_role(granted: int) -> Json:
    """What everybody in the server may do."""
    role = {"id": str(GUILD), "name": "@everyone", "permissions": str(granted), "position": 0, "color": 0}
    role |= {"hoist": False, "managed": False, "mentionable": False, "flags": 0}
    return role


def guild(granted: int, channels: list[Json]) -> Json:
    """A server as the gateway tells of it."""
    return {
        "id": str(GUILD),
        "name": "Shop",
        "owner_id": "1",
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "features": [],
        "roles": [everyone_role(granted)],
        "emojis": [],
        "stickers": [],
        "channels": channels,
        "threads": [],
        "members": [member(BOT)],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "member_count": 2,
    }
