"""Files on their way to Telegram."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import structlog
from telegram import InputMedia, InputMediaAudio, InputMediaPhoto, InputMediaVideo

from bot.dialogue.cards import phrase
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError
from bot.frontends.fitting import Fitter
from bot.frontends.links import LASTS, Link, megabytes
from bot.outlet import Attachment, LinkKey, Message

_LESS = 3  # of what was refused, a film may be this part at most

log = structlog.get_logger()


class Fitting:
    """Has films fit into what a bot may send (bytes). Nothing that is too large is an error: a seller reads it."""

    def __init__(self, limit: int, link: Link | None) -> None:
        self._limit = limit
        self._link = link
        self._fitter = Fitter()
        self._phrases = Phrases(Path(__file__).parent / "phrases")

    def too_large(self, message: Message) -> bool:
        """A message as it was fitted is too large all the same: take less from now on; False where that cannot help."""
        if not message.attachments or message.attachments[0].kind != "video":
            return False
        size = message.attachments[0].path.stat().st_size
        self._limit = min(self._limit, size // _LESS)
        log.warning("a film is refused for its size; films are sent smaller from now on", size=size, limit=self._limit)
        return True

    def close(self) -> None:
        """Remove the copies."""
        self._fitter.close()

    async def fitted(self, message: Message) -> Message:
        """The message with a film that Telegram takes, or without one where none can be made; it says so."""
        if not message.attachments or message.attachments[0].kind != "video":
            return message
        film = message.attachments[0]
        size = film.path.stat().st_size
        if size <= self._limit:
            return message
        try:
            copy = await self._fitter.fit(film.path, film.sha256, limit=self._limit)
        except ChatError as error:
            log.warning("a film does not fit", file=film.sha256[:12], error=repr(error))
            sent: tuple[Attachment, ...] = ()
            said = phrase("left-out", name=film.name, full=megabytes(size))
        else:
            sent = (replace(film, path=copy),)
            said = phrase("made-smaller", size=megabytes(copy.stat().st_size), full=megabytes(size))
        address = await self._link(film) if self._link is not None else ""
        label = self._phrases.text(phrase("full-quality", days=LASTS.days), message.locale)
        return replace(
            message,
            text=f"{message.text}\n{self._phrases.text(said, message.locale)}".strip(),
            rows=(*message.rows, (LinkKey(label, address),)) if address else message.rows,
            attachments=sent,
        )


def slot(file: Attachment) -> str:
    """The slot that remembers a file's file_id."""
    return f"{file.kind}:{file.sha256}"


def upload(file: Attachment) -> bytes:
    """A file's content."""
    return file.path.read_bytes()


def cover(file: Attachment) -> bytes | None:
    """The cover of a video."""
    return file.cover.read_bytes() if file.cover else None


def input_media(file: Attachment, source: str | bytes, caption: str) -> InputMedia:
    """A file as an edit takes it: uploaded, or named by its file_id."""
    match file.kind:
        case "picture":
            return InputMediaPhoto(source, caption=caption, filename=file.name)
        case "sound":
            return InputMediaAudio(
                source,
                caption=caption,
                filename=file.name,
                title=file.title or None,
                duration=round(file.seconds),
            )
        case _:
            return InputMediaVideo(
                source,
                caption=caption,
                filename=file.name,
                width=file.width,
                height=file.height,
                duration=round(file.seconds),
                # python-telegram-bot uploads no cover with an edit, and a thumbnail only beside an upload
                thumbnail=cover(file) if isinstance(source, bytes) else None,
                supports_streaming=True,
            )
