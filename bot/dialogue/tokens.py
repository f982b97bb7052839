"""Button tokens: a turn and an action in at most 64 bytes, bound to their chat, impossible to forge.

    token  = mac turn "~" action          mac: 12 characters of HMAC-SHA256 (72 bits), turn: base 36
    action = verb [scope [number]] ["=" value]

They hold no state, so they work after a restart and a week later; whether the turn is still live is for the dialogue.
"""

from __future__ import annotations

import base64
import hmac
import re
from functools import lru_cache

from bot.dialogue.cards import Action, Scope, Verb
from pipeline.model import Value

MAX_BYTES = 64
_MAC = 12
_SHAPE = re.compile(r"([0-9a-z]{1,8})~([a-z]{1,2})(?:\.([a-z])([0-9]{0,9}))?(?:=([\x21-\x7e]{0,40}))?", re.ASCII)


class Token(Value):
    """What a genuine token says."""

    turn: int
    action: Action


def mint(action: Action, *, turn: int, chat: str, secret: bytes) -> str:
    """The token of a button on a card of this turn in this chat.

    Raises:
        ValueError: the action's value is too long or not plain ASCII.
    """
    body = f"{_base36(turn)}~{code(action)}"
    if not _SHAPE.fullmatch(body) or _MAC + len(body) > MAX_BYTES:
        raise ValueError(f"no token for {action}")
    return _mac(body, chat=chat, secret=secret) + body


def read(token: str, *, chat: str, secret: bytes) -> Token | None:
    """What a token says; None when it was not minted here for this chat."""
    if len(token) > MAX_BYTES or not token.isascii():
        return None
    mac, body = token[:_MAC], token[_MAC:]
    if not hmac.compare_digest(mac, _mac(body, chat=chat, secret=secret)):
        return None
    shape = _SHAPE.fullmatch(body)
    if shape is None:
        return None
    turn, verb, scope, number, value = shape.groups()
    try:
        action = Action(
            verb=Verb(verb),
            value=value or "",
            scope=Scope(scope) if scope else Scope.QUESTION,
            number=int(number or 0),
        )
    except ValueError:
        return None  # minted by a version that had other buttons
    return Token(turn=int(turn, 36), action=action)


@lru_cache(maxsize=1024)
def code(action: Action) -> str:
    """An action in the clear, such as "c=calm": for scripts and tests."""
    scope = "" if action.scope is Scope.QUESTION else f".{action.scope}{action.number or ''}"
    value = f"={action.value}" if action.value else ""
    return f"{action.verb}{scope}{value}"


def _mac(body: str, *, chat: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"{chat}\n{body}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[: _MAC * 3 // 4]).decode()


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
