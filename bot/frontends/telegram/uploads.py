"""Files on their way to Telegram."""

from __future__ import annotations

from telegram import InputMedia, InputMediaAudio, InputMediaPhoto, InputMediaVideo

from bot.outlet import Attachment


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
