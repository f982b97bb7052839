"""`python -m tests.bench.interactions [people]`: how soon a press in Discord is acknowledged while many people press.

A real discord.py client over the wire, a real store, real conversations; the server is this very process, so what is
measured is more than the bot's own share.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yarl
from pydantic import SecretStr

from bot.assembly import open_bot
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from bot.frontends.discord.config import DiscordSettings
from jobs.broker import queue_server
from jobs.client import open_client
from jobs.config import JobSettings
from storage.config import StorageSettings
from storage.store import open_store
from tests.fakes.discord_people import Person, buttons, everyone
from tests.fakes.discord_wire import TOKEN, DiscordWire, Pending

ROUNDS = 4
PATIENCE = 300.0


@dataclass(frozen=True)
class Latency:
    """Seconds from a press to its acknowledgement."""

    people: int
    presses: int
    median: float
    p95: float
    worst: float


def latency(people: int, seconds: Sequence[float]) -> Latency:
    """The figures of a run."""
    ordered = sorted(seconds)
    p95 = statistics.quantiles(ordered, n=20)[-1]
    return Latency(people, len(ordered), statistics.median(ordered), p95, ordered[-1])


async def bench(people: int, home: Path) -> Latency:
    """Let people begin an order each, then press all at once, several times."""
    settings, storage = JobSettings(), StorageSettings(frame_home=home)
    async with (
        DiscordWire().serve() as wire,
        open_store(storage) as store,
        queue_server(settings, home=storage.home) as server,
        open_client(store, settings, server=server) as client,
    ):
        chat = DiscordSettings(
            token=SecretStr(TOKEN), api_url=wire.url, cdn_hosts=str(yarl.URL(wire.url).authority), shards=1
        )
        wire.strict = False  # checking would be measured as well
        front = DiscordFrontEnd(chat, slots=store.slots, inbox=store.inbox, phrases=Phrases())
        async with open_bot([front], store=store, client=client) as bot:
            task = asyncio.create_task(front.run(bot.concierge))
            try:
                await wire.until(lambda: wire.identified, PATIENCE)
                return latency(people, await _press(wire, everyone(wire, people)))
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _press(wire: DiscordWire, people: list[Person]) -> list[float]:
    """Everybody opens the settings and presses a button there, at the same moment."""
    for person in people:
        await person.slash(person.dm, "settings")
    await wire.until(lambda: all(wire.shown(person.dm) for person in people), PATIENCE)
    pressed: list[Pending] = []
    for number in range(ROUNDS):
        label = "Language" if number % 2 == 0 else "Back"
        shown = [wire.shown(person.dm)[-1] for person in people]
        now = await asyncio.gather(*(one.press(message, label) for one, message in zip(people, shown, strict=True)))
        await wire.until(partial(_acknowledged, now), PATIENCE)
        other = "Back" if number % 2 == 0 else "Handle"
        await wire.until(partial(_offered, wire, people, other), PATIENCE)
        pressed += now
    return [one.seconds for one in pressed if one.seconds is not None]


def _acknowledged(presses: Sequence[Pending]) -> bool:
    return all(one.seconds is not None for one in presses)


def _offered(wire: DiscordWire, people: Sequence[Person], label: str) -> bool:
    """Whether everybody sees a button."""
    return all(any(label in one["label"] for one in buttons(wire.shown(person.dm)[-1])) for person in people)


def main() -> None:
    """Measure and say what came out."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with TemporaryDirectory() as home:
        found = asyncio.run(bench(people, Path(home)))
    sys.stdout.write(
        f"{found.people} people, {found.presses} presses: acknowledged after {1000 * found.median:.0f} ms (median), "
        f"{1000 * found.p95:.0f} ms (p95), {1000 * found.worst:.0f} ms (worst)\n"
    )


if __name__ == "__main__":
    main()
