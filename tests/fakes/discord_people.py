"""People in Discord: they write, give commands, press, choose and fill in forms, as their apps would send it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from bot.frontends.discord.render import PENCIL, unescape
from tests.fakes.discord_values import ALL, APP, CHANNEL, DM, GUILD, MEBIBYTE, Json, Pending, member, user
from tests.fakes.discord_values import blank_message as blank
from tests.fakes.discord_wire import DiscordWire

COMMAND, COMPONENT, SUGGEST, FORM = 2, 3, 4, 5
BUTTON, MENU, ATTACHMENT, STRING = 2, 3, 11, 3
VISIBLE = (BUTTON, MENU)


@dataclass
class Person:
    """Somebody with an app. `guild_install`: the bot is a member where they are; else it is installed by the user."""

    wire: DiscordWire
    id: int
    locale: str = "en-US"
    limit: int = 10 * MEBIBYTE
    guild_install: bool = True
    sent: list[str] = field(default_factory=list)

    @property
    def dm(self) -> int:
        return self.wire.dm(self.id).id

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def write(self, channel: int, text: str = "", *, files: dict[str, bytes] | None = None, **more: Any) -> Json:
        """Send a message; everybody who may see it does."""
        message = blank(channel, self.wire.next_id(), author=self.id) | {"content": text, **more}
        kinds = {"mp4": "video/mp4", "jpg": "image/jpeg"}
        message["attachments"] = [
            self.wire.upload(name, data, kinds.get(name.rpartition(".")[2], "")) for name, data in (files or {}).items()
        ]
        await self.deliver(message)
        return message

    async def deliver(self, message: Json) -> None:
        place = self.wire.places[int(message["channel_id"])]
        where = {"guild_id": str(GUILD), "member": member(self.id)} if place.guild else {"channel_type": DM}
        await self.wire.gateway.push("MESSAGE_CREATE", message | where)

    # ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def slash(
        self, channel: int, name: str, *, photos: tuple[bytes, ...] = (), urls: tuple[str, ...] = (), **options: str
    ) -> Pending:
        given: list[Json] = []
        attachments: dict[str, Json] = {}
        uploads = [self.wire.upload(f"photo{n}.jpg", data, "image/jpeg") for n, data in enumerate(photos)]
        uploads += [self.wire.upload("photo.jpg", b"", "image/jpeg") | {"url": url} for url in urls]
        for number, upload in enumerate(uploads, start=1):
            attachments[upload["id"]] = upload
            given.append({"name": "photo" if number == 1 else f"photo{number}", "type": 11, "value": upload["id"]})
        given += [{"name": key, "type": STRING, "value": value} for key, value in options.items()]
        data: Json = {"id": "9", "name": name, "type": 1, "options": given, "resolved": {"attachments": attachments}}
        return await self._interact(COMMAND, channel, data)

    async def menu(self, channel: int, message: Json) -> Pending:
        """The command in the menu of a message."""
        name = next(one["name"] for one in self.wire.commands if one["type"] == 3)
        resolved = {"messages": {message["id"]: message}}
        data = {"id": "9", "name": name, "type": 3, "target_id": message["id"], "resolved": resolved}
        return await self._interact(COMMAND, channel, data)

    async def suggest(self, name: str, option: str, typed: str) -> list[str]:
        given = [{"name": option, "type": STRING, "value": typed, "focused": True}]
        pending = await self._interact(SUGGEST, self.dm, {"id": "9", "name": name, "type": 1, "options": given})
        answer = await self.wire.until(lambda: pending.answer)
        return [one["name"] for one in answer["data"]["choices"]]

    # ── components ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def press(self, message: Json, label: str) -> Pending:
        """Press a button by a part of its label."""
        button = next(one for one in buttons(message) if label.lower() in one["label"].lower())
        return await self.press_id(message, button["custom_id"])

    async def press_id(self, message: Json, custom_id: str) -> Pending:
        data = {"custom_id": custom_id, "component_type": BUTTON}
        return await self._interact(COMPONENT, int(message["channel_id"]), data, message=message)

    async def choose(self, message: Json, *labels: str) -> Pending:
        """Choose in the menu that offers the first of these; no label: nothing in the only menu."""
        menus = [one for row in message["components"] for one in row["components"] if one["type"] == MENU]
        menu = next(one for one in menus if not labels or any(labels[0] in o["label"] for o in one["options"]))
        values = [o["value"] for o in menu["options"] if any(label in o["label"] for label in labels)]
        data = {"custom_id": menu["custom_id"], "component_type": MENU, "values": values}
        return await self._interact(COMPONENT, int(message["channel_id"]), data, message=message)

    async def fill_in(self, message: Json, *, text: str = "", files: tuple[bytes, ...] = ()) -> Pending:
        """Open the form of a message and send it."""
        opened = await self.press(message, "Write")
        answer = await self.wire.until(lambda: opened.answer)
        assert answer["type"] == 9
        uploads = [self.wire.upload("photo.jpg", data, "image/jpeg") for data in files]
        filled = []
        for label in answer["data"]["components"]:
            field_ = dict(label["component"])
            given = {"value": text} if field_["type"] == 4 else {"values": [one["id"] for one in uploads]}
            entry = {"type": field_["type"], "custom_id": field_["custom_id"], "id": 2} | given
            filled.append({"type": 18, "id": 1, "component": entry})
        data = {
            "custom_id": answer["data"]["custom_id"],
            "components": filled,
            "resolved": {"attachments": {one["id"]: one for one in uploads}},
        }
        return await self._interact(FORM, int(message["channel_id"]), data, message=message)

    async def _interact(self, kind: int, channel: int, data: Json, *, message: Json | None = None) -> Pending:
        number = self.wire.next_id()
        pending = Pending(token=f"token{number}", channel=channel, began=time.monotonic())
        self.wire.interactions[pending.token] = pending
        place = self.wire.places[channel]
        owners = {"0": str(GUILD)} if place.guild and self.guild_install else {"1": str(self.id)}
        who: Json = {"user": user(self.id)}
        if place.guild:
            who = {"member": member(self.id), "guild_id": str(GUILD), "guild": {"id": str(GUILD), "locale": "en-US"}}
        payload = {
            "id": str(number),
            "application_id": str(APP),
            "type": kind,
            "data": data,
            "token": pending.token,
            "version": 1,
            "channel": self.wire.channel(channel),
            "channel_id": str(channel),
            "locale": self.locale,
            "entitlements": [],
            "app_permissions": str(self.wire.granted if place.guild else ALL),
            "attachment_size_limit": self.limit,
            "authorizing_integration_owners": owners,
            "context": 0 if place.guild else 1,
            **who,
            **({"message": message} if message is not None else {}),
        }
        await self.wire.gateway.push("INTERACTION_CREATE", payload)
        return pending

    async def heard(self, pending: Pending) -> str:
        """What only this person is told about what they did."""

        def told() -> str:
            original = (pending.original or {}).get("content") or ""
            return original or "".join(one.get("content") or "" for one in pending.whispers)

        return str(await self.wire.until(told))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def buttons(message: Json) -> list[Json]:
    return [one for row in message["components"] for one in row["components"] if one["type"] == BUTTON]


def labels(message: Json) -> list[str]:
    """What can be pressed or chosen, without the button to write with."""
    found = []
    for row in message["components"]:
        for one in row["components"]:
            if one["type"] == MENU:
                found += [option["label"] for option in one["options"]]
            elif not one["custom_id"].startswith("w:"):
                found.append(one["label"])
    return found


def lines(message: Json) -> list[str]:
    """What is to be read, as it appears; without what may be typed, without texts to copy."""
    texts = [message["content"]]
    for embed in message["embeds"]:
        if not (embed.get("description") or "").startswith("```"):
            texts += [embed.get("title") or "", embed.get("description") or ""]
    found = "\n".join(texts).splitlines()
    return [unescape(line) for line in found if line and not line.startswith((PENCIL, "-# "))]


def everyone(wire: DiscordWire, number: int) -> list[Person]:
    return [Person(wire, 7000 + n) for n in range(number)]


async def settled(wire: DiscordWire, pending: list[Pending]) -> None:
    await wire.until(lambda: all(one.seconds is not None for one in pending))
    await asyncio.sleep(0)


__all__ = ["CHANNEL", "Person", "buttons", "everyone", "labels", "lines", "settled"]
