"""Values as Telegram sends and keeps them, and its own limits on what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
BOT_ID = 4242


class Refused(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


class AnswerLost(Exception):
    """The call is carried out and the connection closed without an answer."""


@dataclass
class Shown:
    """A message as people see it."""

    chat: int
    number: int
    text: str = ""
    kind: str = "text"
    file_id: str = ""
    buttons: list[list[Json]] = field(default_factory=list)
    topic: int | None = None
    edits: int = 0
    fields: Json = field(default_factory=dict)
    by_bot: bool = True

    def button(self, label: str) -> Json:
        return next(key for row in self.buttons for key in row if label.lower() in key["text"].lower())

    @property
    def labels(self) -> list[str]:
        return [key["text"] for row in self.buttons for key in row]


@dataclass
class Call:
    method: str
    fields: Json
    refused: str = ""


def within(text: str, limit: int) -> str:
    """A text that Telegram takes: not empty, at most so many UTF-16 units."""
    if not text:
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise Refused(400, "Bad Request: message is too long")
    return text


def keys_of(fields: Json) -> list[list[Json]]:
    """The inline keyboard of a call, checked as Telegram checks it."""
    rows: list[list[Json]] = (fields.get("reply_markup") or {}).get("inline_keyboard", [])
    for key in (key for row in rows for key in row):
        does = {"callback_data", "copy_text", "url"} & set(key)
        if len(key.get("callback_data", "").encode()) > 64 or len(does) != 1:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if len(key.get("copy_text", {}).get("text", "")) > 256:
            raise Refused(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
    return rows


def chat_of(chat: int) -> Json:
    """A chat as Telegram describes it."""
    kind = "private" if chat > 0 else "supergroup"
    return {"id": chat, "type": kind, **({"first_name": "Sam"} if chat > 0 else {"title": "Shop"})}


def message_of(shown: Shown) -> Json:
    """A message as Telegram describes it."""
    message: Json = {
        "message_id": shown.number,
        "date": 1_790_000_000,
        "chat": chat_of(shown.chat),
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "FRAME", "username": "frame_test_bot"},
    }
    if shown.topic is not None:
        message |= {"message_thread_id": shown.topic, "is_topic_message": True}
    if shown.kind == "text":
        return message | {"text": shown.text}
    file = {"file_id": shown.file_id, "file_unique_id": f"u{shown.file_id}"}
    sized = {**file, "width": 1080, "height": 1920, "duration": 15}
    medium = {"photo": [sized], "video": sized, "audio": {**file, "duration": 3}, "document": file}[shown.kind]
    return message | {"caption": shown.text, shown.kind: medium}
