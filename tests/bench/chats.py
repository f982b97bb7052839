"""`python -m tests.bench.chats`: hundreds of sellers talk to one bot process; press-to-answer and memory.

The bot is `run_bot.py` in a process of its own; the Bot API server and the sellers are in this one. All photos are sent
first. Then everybody talks, up to the review card, at a steady rate of updates for the whole bot. A press counts from
the moment at which the server has it until the bot answers it, which the bot does after its reply is shown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil

from tests.bench.process import bot, cpu
from tests.bench.report import machine, publish
from tests.bot.conftest import MUG, shot
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_values import Shown

DOCUMENT = Path("docs/benchmarks.md")
BEGIN, END = "<!-- chats: begin -->", "<!-- chats: end -->"
PATIENCE = 600.0  # seconds: five hundred photos are read before the presses that are measured begin
WANTED_P95 = 0.1  # seconds
WANTED_MEMORY = 300.0  # MB
_PHOTOS = 8  # different ones


@dataclass
class Watch:
    """Sees every call that the bot makes: when a press is answered, when a chat changes."""

    pressed: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    changed: dict[int, asyncio.Event] = field(default_factory=dict)

    def see(self, method: str, fields: dict[str, Any]) -> None:
        """One call."""
        if method == "answerCallbackQuery":
            self.took.append(asyncio.get_running_loop().time() - self.pressed.pop(fields["callback_query_id"]))
        if "chat_id" in fields:
            self.changed.setdefault(int(fields["chat_id"]), asyncio.Event()).set()


class Pace:
    """Lets through so many a second, evenly."""

    def __init__(self, rate: float) -> None:
        self._gap = 1.0 / rate
        self._next = 0.0
        self.passed = 0

    async def turn(self) -> None:
        """Wait for one's turn."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        self._next = at + self._gap
        self.passed += 1
        await asyncio.sleep(at - now)


@dataclass(frozen=True)
class Findings:
    """What was measured: seconds, updates a second, MB."""

    chats: int
    rate: float
    reached: float
    took: tuple[float, ...]
    photos_a_second: float
    cpu: float  # of the bot for one update of the talk
    memory_idle: float
    memory: float
    load: float
    loop: float  # of a million turns, before the run and after it: machines change their speed

    def percentile(self, percent: int) -> float:
        """A percentile of press-to-answer in seconds."""
        return quantiles(self.took, n=100)[percent - 1]


@dataclass(frozen=True)
class Talker:
    """One of many sellers."""

    api: BotApi
    watch: Watch
    pace: Pace
    number: int

    async def send_photo(self) -> None:
        """Send a photo and wait for the count."""
        await self.pace.turn()
        await self.api.write(self.number, self.number, photo=shot(self.number % _PHOTOS))
        await self._until("1 photo")

    async def talk(self) -> None:
        """Answer every question up to the review card."""
        await self._press("go on")
        await self._until("What is it?")
        await self.pace.turn()
        await self.api.write(self.number, self.number, text=MUG.replace("mug", f"mug {self.number}"))
        await self._until("This is what I understood")
        await self._press("That's right")
        while not self._last().text.startswith("Here's the plan"):
            await self._press("Skip")

    def _last(self) -> Shown:
        return self.api.shown(self.number)[-1]

    async def _press(self, label: str) -> None:
        await self.pace.turn()
        before, card = self._last().text, self._last()
        press = await self.api.press(card, label, self.number)
        self.watch.pressed[press] = asyncio.get_running_loop().time()
        await self._changes(lambda: self._last().text != before)

    async def _until(self, words: str) -> None:
        await self._changes(lambda: any(one.text.startswith(words) for one in self.api.shown(self.number)))

    async def _changes(self, ready: Any) -> None:
        event = self.watch.changed.setdefault(self.number, asyncio.Event())
        async with asyncio.timeout(PATIENCE):
            while not ready():
                event.clear()
                await event.wait()


async def measure(*, chats: int, rate: float) -> Findings:
    """Have so many sellers talk at so many updates a second."""
    load, loop_before = os.getloadavg()[0], _loop()
    watch = Watch()
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as home:
        async with (
            BotApi(checked=False).serve() as api,
            bot({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}, home=Path(home)) as process,
        ):
            api.trouble = watch.see  # sees everything and spoils nothing
            await api.until(lambda: api.count("setChatMenuButton"), PATIENCE)
            idle = process.memory_info().rss
            pace = Pace(rate)
            talkers = [Talker(api, watch, pace, number) for number in range(1, chats + 1)]
            began = loop.time()
            await _all(talker.send_photo() for talker in talkers)
            photos = chats / (loop.time() - began)
            began, pace.passed, worked = loop.time(), 0, cpu(process)
            await _all(talker.talk() for talker in talkers)
            reached = pace.passed / (loop.time() - began)
            await api.until(lambda: not watch.pressed, PATIENCE)
            work = (cpu(process) - worked) / pace.passed
            return Findings(
                chats=chats,
                rate=rate,
                reached=reached,
                took=tuple(watch.took),
                photos_a_second=photos,
                cpu=work,
                memory_idle=idle / 1e6,
                memory=_peak(process) / 1e6,
                load=load,
                loop=max(loop_before, _loop()),
            )


async def _all(works: Any) -> None:
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work)


def _loop() -> float:
    """Seconds that this interpreter takes for a million turns of an empty loop, at best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(1_000_000):
            pass
        best = min(best, time.perf_counter() - began)
    return best


def _peak(process: psutil.Process) -> int:
    """The most memory that the process had at once, bytes; where the system does not tell, what it has now."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return int(process.memory_info().rss)


def report(found: Findings) -> str:
    """The findings as Markdown."""
    p95, memory = found.percentile(95), found.memory
    lines = [
        "## Many chats",
        "",
        f"Written by `python -m tests.bench.chats` on {datetime.now(UTC):%Y-%m-%d}. {found.chats} sellers in Telegram",
        f"go through the conversation from a photo to the review card, at {found.rate:g} updates a second for one bot",
        f"process; {found.reached:.0f} were reached. Sellers, and the server in Telegram's place, share the machine.",
        f"{machine()}, {found.load:.1f} of them asked for by other work at the start.",
        "",
        "| goal | wanted | measured | |",
        "|---|---|---|---|",
        f"| press to answer, p95 of {len(found.took)} | ≤ {1000 * WANTED_P95:.0f} ms | {1000 * p95:.0f} ms |"
        f" {_verdict(p95 <= WANTED_P95)} |",
        f"| memory of the bot at its peak | ≤ {WANTED_MEMORY:.0f} MB | {memory:.0f} MB |"
        f" {_verdict(memory <= WANTED_MEMORY)} |",
        "",
        f"Press to answer: p50 {1000 * found.percentile(50):.0f} ms, p99 {1000 * found.percentile(99):.0f} ms."
        f" The bot's work for an update: {1000 * found.cpu:.1f} ms of CPU. Photos taken in:"
        f" {found.photos_a_second:.1f} a second. Memory before the first seller: {found.memory_idle:.0f} MB.",
        f"To compare machines by: a million turns of an empty loop took this interpreter {1000 * found.loop:.0f} ms.",
        "",
    ]
    return "\n".join(lines)


def _verdict(met: bool) -> str:
    return "met" if met else "**missed**"


def main() -> None:
    """Measure, and write the part of the document that is ours."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.chats")
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--rate", type=float, default=100.0, help="updates a second")
    parser.add_argument("--print", action="store_true", help="show the findings instead of writing them down")
    asked = parser.parse_args()
    said = report(asyncio.run(measure(chats=asked.chats, rate=asked.rate)))
    publish(said, DOCUMENT, begin=BEGIN, end=END, show=asked.print)


if __name__ == "__main__":
    main()
