"""What a seller did in Discord, as a value: it is written down before it is handled, and outlives a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import discord

from bot.dialogue.events import Command, Commanded, Preset
from bot.frontends.discord.outlet import PREFIX, chat_of
from bot.frontends.discord.render import PICK, PRESS, WRITE
from pipeline.model import Value

NO_PHOTO = ("video/", "audio/")  # kinds of files that need no fetching to know what they are
ANSWER, PHOTOS = "answer", "photos"  # fields of the form in which a seller writes


class File(Value):
    """An attachment, still at Discord. Size in bytes."""

    url: str
    size: int
    media_type: str = ""


class Ticks(Value):
    """What was chosen in a menu of several: the tokens now chosen, and those that were offered and ticked before."""

    message: str
    chosen: tuple[str, ...]
    offered: tuple[str, ...]
    before: tuple[str, ...]


class Deed(Value):
    """One thing that a seller did. Its parts are handled in this order."""

    id: str  # Discord's number of it
    chat: str
    seller: str
    locale: str = ""
    command: Commanded | None = None
    files: tuple[File, ...] = ()
    text: str = ""  # goes with the files, if there are any
    preset: Preset | None = None
    tokens: tuple[str, ...] = ()  # buttons that were pressed
    ticks: Ticks | None = None
    other: bool = False  # something that is neither words nor photo

    @property
    def single(self) -> bool:
        """Whether it is one event for the conversation, as most are."""
        words = bool(self.text) and not self.files
        one_by_one = (self.command, self.preset, words, self.other)
        return sum(map(bool, one_by_one)) + len(self.files) + len(self.tokens) == 1 and self.ticks is None


def seller_of(user: discord.abc.Snowflake) -> str:
    """The key of a person."""
    return f"{PREFIX}:u{user.id}"


def of_message(message: discord.Message) -> Deed | None:
    """What was written or sent in a place; None when nothing of it can be seen."""
    files = files_of(message.attachments)
    other = bool(message.stickers) or len(files) < len(message.attachments)
    if not (message.content or files or other):
        return None
    words, command = said(message.content)
    return Deed(
        id=str(message.id),
        chat=chat_of(message.channel.id),
        seller=seller_of(message.author),
        command=command,
        files=files,
        text=words,
        other=other and not files and not words and command is None,
    )


def files_of(attachments: list[discord.Attachment]) -> tuple[File, ...]:
    """The files that may be photos."""
    return tuple(
        File(url=one.url, size=one.size, media_type=one.content_type or "")
        for one in attachments
        if not (one.content_type or "").startswith(NO_PHOTO)
    )


def said(text: str) -> tuple[str, Commanded | None]:
    """Words, or a command that was typed as text; who is mentioned at the beginning is left out."""
    text = re.sub(r"^(?:<@!?\d+>\s*)+", "", text)
    head, _, argument = text.removeprefix("/").partition(" ")
    if text.startswith("/") and head.lower() in set(Command):
        return "", Commanded(command=Command(head.lower()), argument=argument.strip())
    return text, None


def of_press(interaction: discord.Interaction[Any]) -> Deed | None:
    """A button or a menu; None when it is none of ours."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if interaction.channel_id is None:
        return None
    deed = Deed(
        id=str(interaction.id),
        chat=chat_of(interaction.channel_id),
        seller=seller_of(interaction.user),
        locale=str(interaction.locale),
    )
    if custom_id.startswith(PRESS):
        return deed.model_copy(update={"tokens": (custom_id.removeprefix(PRESS),)})
    if custom_id.startswith(PICK):
        return _of_menu(deed, interaction, custom_id, tuple(str(value) for value in data.get("values", ())))
    return None


def _of_menu(deed: Deed, interaction: discord.Interaction[Any], custom_id: str, values: tuple[str, ...]) -> Deed | None:
    menu = next((one for one in _menus(interaction.message) if one.custom_id == custom_id), None)
    if menu is None or interaction.message is None:
        return None
    if custom_id != f"{PICK}t":
        return deed.model_copy(update={"tokens": values[:1]})
    ticks = Ticks(
        message=str(interaction.message.id),
        chosen=values,
        offered=tuple(option.value for option in menu.options),
        before=tuple(option.value for option in menu.options if option.default),
    )
    return deed.model_copy(update={"ticks": ticks})


def _menus(message: discord.Message | None) -> Iterator[discord.SelectMenu]:
    for row in message.components if message is not None else ():
        if isinstance(row, discord.ActionRow):
            yield from (one for one in row.children if isinstance(one, discord.SelectMenu))


def of_form(interaction: discord.Interaction[Any]) -> Deed | None:
    """What was written into the form; None when it is none of ours, or empty."""
    data: Any = interaction.data or {}
    if not str(data.get("custom_id", "")).startswith(WRITE) or interaction.channel_id is None:
        return None
    fields = {one.get("custom_id"): one for one in _fields(data.get("components", ()))}
    uploaded = data.get("resolved", {}).get("attachments", {})
    sent = [uploaded[number] for number in fields.get(PHOTOS, {}).get("values", ()) if number in uploaded]
    files = tuple(File(url=one["url"], size=one["size"], media_type=one.get("content_type") or "") for one in sent)
    text, command = said(str(fields.get(ANSWER, {}).get("value") or ""))
    if not (files or text.strip() or command):
        return None
    return Deed(
        id=str(interaction.id),
        chat=chat_of(interaction.channel_id),
        seller=seller_of(interaction.user),
        locale=str(interaction.locale),
        command=command,
        files=files,
        text=text,
    )


def _fields(components: Any) -> Iterator[Any]:
    """The fields of a form, in labels or in rows."""
    for one in components:
        if "component" in one:
            yield one["component"]
        yield from one.get("components", ())
