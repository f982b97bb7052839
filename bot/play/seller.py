"""An unattended seller: reads what the bot asks in a terminal chat and answers from an order, like a person would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from itertools import count

from bot.concierge import Concierge
from bot.dialogue.events import Command, Commanded, TextSent
from bot.dialogue.phrases import Phrases
from bot.dialogue.session import Draft
from bot.dialogue.summary import product_lines
from bot.errors import PlayFailed
from bot.frontends.console.screen import Screen
from bot.frontends.console.transcript import Entry, Transcript
from bot.inlet import Reply, Sender, Verdict
from bot.outlet import Attachment, Key, Limits, Message
from bot.play.order import PlayOrder
from pipeline.model import Price
from pipeline.reading import clean, likely_currency, price_from

_FIXES = ("fix-name", "fix-price", "fix-points")
_PASSING = frozenset({"progress", "board"})
_ENDINGS = frozenset({"ended", "declined", "trouble"})
_LAST = "film-menu"  # the topic with which a film has arrived


class UnattendedSeller:
    """An `Outlet` and the seller behind it: every answer goes through the very conversation that people have."""

    def __init__(self, order: PlayOrder, *, screen: Screen, phrases: Phrases, sender: Sender) -> None:
        self._order = order
        self._screen = screen
        self._phrases = phrases
        self._sender = sender
        self.prefix = sender.chat.partition(":")[0]
        self._locale = phrases.nearest(sender.locale)
        self._unread: list[Message] = []
        self._news = asyncio.Event()
        self._numbers = count(1)
        self._fixed: set[str] = set()
        self._began = 0.0
        self.transcript = Transcript()
        self.films: list[Attachment] = []  # finished videos, as they were handed over
        self.jobs: list[str] = []  # in the order in which the bot began to report on them

    # ── what the bot shows ───────────────────────────────────────────────────────────────────────────────────────────

    def limits(self, chat: str) -> Limits:
        """A tireless reader: every edit is seen."""
        return Limits()

    async def post(self, chat: str, message: Message) -> str:
        """A new message of the bot."""
        number = next(self._numbers)
        self._see(number, message, edited=False)
        return str(number)

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        """A message of the bot changed."""
        self._see(int(message_id), message, edited=True)
        return message_id

    async def retire(self, chat: str, message_id: str) -> None:
        """Buttons were taken off a message: nothing to see."""

    def _see(self, number: int, message: Message, *, edited: bool) -> None:
        keys = _keys(message)
        files = tuple(attachment.name for attachment in message.attachments)
        self.transcript.add(
            Entry(
                who="frame",
                topic=message.topic,
                text=message.text,
                buttons=tuple(("✓ " if key.picked else "") + key.label for key in keys),
                files=files,
                number=number,
                edited=edited,
                seconds=self._now(),
            )
        )
        if message.job and message.job not in self.jobs:
            self.jobs.append(message.job)
        if message.topic == "film":
            self.films += message.attachments
        if message.topic == "progress":
            self._screen.progress(message)
        elif message.topic != "board" and not (edited and message.topic == "photos"):  # an album is counted once
            self._screen.settle()
            self._screen.message(message, numbers=keys, files=files)
        self._unread.append(message)
        self._news.set()

    # ── what the seller does ─────────────────────────────────────────────────────────────────────────────────────────

    async def order_films(self, concierge: Concierge) -> None:
        """Go through the whole conversation, until the films have arrived.

        Raises:
            PlayFailed: the bot said why there is no film.
        """
        self._began = asyncio.get_running_loop().time()
        await self._do(concierge.handle(self._sender, Commanded(command=Command.START)), "/start")
        await self._send_photos(concierge)
        while True:
            message = await self._question()
            if message.topic == _LAST:
                return
            await self._answer(concierge, message)
            if self._stuck():  # the answer was not understood: what cannot be said that way is left to the bot
                await self._press(concierge, message, "s")

    async def _send_photos(self, concierge: Concierge) -> None:
        """Send all photos at once, as an album; go on only when at least one was taken.

        Raises:
            PlayFailed: none was taken.
        """
        self._say(" ".join(f"📷 {photo.name}" for photo in self._order.photos))
        for photo in self._order.photos:
            self._heed(await concierge.photo(self._sender, photo), photo.name)
        last = self._unread[-1]
        self._screen.message(last, numbers=_keys(last))
        if not last.rows:
            raise PlayFailed(f"The photos were not taken. The bot said: {_in_a_line(last.text)}")

    async def _question(self) -> Message:
        """The newest message that wants an answer, once the bot has said all that it has to say."""
        while True:
            unread, self._unread = self._unread, []
            for message in unread:
                if message.topic in _ENDINGS:
                    raise PlayFailed(f"There is no film. The bot said: {_in_a_line(message.text)}")
            questions = [message for message in unread if _is_question(message)]
            if questions:
                return questions[-1]
            self._news.clear()
            await self._news.wait()

    def _stuck(self) -> bool:
        """Whether the bot neither asks anything nor makes anything."""
        return not any(_is_question(one) or one.topic in (*_PASSING, *_ENDINGS, "done") for one in self._unread)

    async def _answer(self, concierge: Concierge, message: Message) -> None:
        say = _SPOKEN.get(message.topic)
        words = say(self._order) if say else None
        if message.topic == "check":
            await self._press(concierge, message, self._correction(message) or "n")
        elif message.topic in ("product", "name", "price", "points") and self._words_for(message.topic):
            await self._type(concierge, self._words_for(message.topic))
        elif words:
            await self._type(concierge, words)
        else:
            await self._press(concierge, message, _PRESSED.get(message.topic, "s"))

    def _words_for(self, topic: str) -> str:
        order = self._order
        price = self._price()
        shown = price.shown if price else order.price or ""
        match topic:
            case "product":
                return "\n".join(text for text in (order.name, order.description, shown) if text)
            case "name":
                return order.name or ""
            case "points":
                return order.description or ""
            case _:
                return shown

    def _price(self) -> Price | None:
        order = self._order
        if not order.price:
            return None
        language = order.language or self._locale
        currency = order.currency or likely_currency(language) or "EUR"
        return price_from(order.price, currency=currency, language=language)

    def _correction(self, message: Message) -> str | None:
        """The button that corrects the first thing which the bot understood wrongly; each is corrected once."""
        order = self._order
        meant = Draft(name=clean(order.name or ""), description=clean(order.description or ""), price=self._price())
        lines = product_lines(meant, order.language or self._locale)
        shown = message.text.splitlines()
        given = (order.name, order.price, order.description)
        for fix, line, told in zip(_FIXES, lines, given, strict=True):
            if told and fix not in self._fixed and self._phrases.text(line, self._locale) not in shown:
                self._fixed.add(fix)
                return f"fx={fix.removeprefix('fix-')}"
        return None

    async def _press(self, concierge: Concierge, message: Message, code: str) -> None:
        key = next((key for key in _keys(message) if key.code == code or key.code.startswith(code + ".")), None)
        if key is None:
            raise PlayFailed(f"The conversation came to a question without an answer: {_in_a_line(message.text)}")
        await self._do(concierge.press(self._sender, key.token), f"[{key.label}]")

    async def _type(self, concierge: Concierge, text: str) -> None:
        await self._do(concierge.handle(self._sender, TextSent(text=text)), text)

    async def _do(self, act: Awaitable[Reply], text: str) -> None:
        self._say(text)
        self._heed(await act, text)

    def _say(self, text: str) -> None:
        self._screen.said(text)
        self.transcript.add(Entry(who="seller", topic="", text=text, seconds=self._now()))

    def _heed(self, reply: Reply, text: str) -> None:
        for hint in reply.hints:
            self._screen.hint(hint)
        if reply.verdict is not Verdict.DONE:
            raise PlayFailed(f"The bot could not handle “{_in_a_line(text)}” ({reply.verdict}). The log says more.")

    def _now(self) -> float:
        return round(asyncio.get_running_loop().time() - self._began, 1) if self._began else 0.0


def _is_question(message: Message) -> bool:
    known = message.topic in _PRESSED or message.topic in _SPOKEN or message.topic in _CHECKED
    return known and bool(message.rows)


def _keys(message: Message) -> tuple[Key, ...]:
    return tuple(key for row in message.rows for key in row if isinstance(key, Key))


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


# Which button is pressed where the order says nothing, by its code, and what is typed where it says something.
_PRESSED: Mapping[str, str] = {
    "photos": "n",
    "review": "mk",
    "choose": "p",
    "doubt": "ua",
    "restart": "re",
    _LAST: "",
}
_CHECKED = frozenset({"check", "product", "name", "price", "points"})
_SPOKEN: Mapping[str, Callable[[PlayOrder], str | None]] = {
    "language": lambda order: order.language,
    "tone": lambda order: order.tone,
    "voice": lambda order: order.voice,
    "platforms": lambda order: ", ".join(order.platforms) if order.platforms else None,
    "length": lambda order: str(order.seconds) if order.seconds else None,
}
