"""`python -m tests.bench.interactions`: how soon a press in Discord is acknowledged while many people press.

The bot is `run_bot.py` in a process of its own; Discord's gateway and REST server and the people are in this one. A
press counts from the moment at which the server begins to tell of it until the acknowledgement has arrived.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yarl

from tests.bench.process import bot, cpu
from tests.bench.report import machine, publish
from tests.fakes.discord_gateway import TOKEN
from tests.fakes.discord_people import Person, buttons, everyone
from tests.fakes.discord_values import Pending
from tests.fakes.discord_wire import DiscordWire

DOCUMENT = Path("docs/benchmarks.md")
BEGIN, END = "<!-- interactions: begin -->", "<!-- interactions: end -->"
ROUNDS = 10
PATIENCE = 300.0
WANTED_P95 = 0.2  # seconds


@dataclass(frozen=True)
class Findings:
    """Seconds from each press to its acknowledgement, and the bot's CPU seconds for one press."""

    people: int
    took: tuple[float, ...]
    cpu: float
    load: float

    def percentile(self, percent: int) -> float:
        """A percentile in seconds."""
        return statistics.quantiles(self.took, n=100)[percent - 1]


async def measure(*, people: int, home: Path) -> Findings:
    """Let people begin a conversation each, then press all at once, several times."""
    load = os.getloadavg()[0]
    async with DiscordWire().serve() as wire:
        wire.strict = False  # checking takes time that would be measured as well
        settings = {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": wire.url,
            "DISCORD_CDN_HOSTS": str(yarl.URL(wire.url).authority),
            "DISCORD_SHARDS": "1",
        }
        async with bot(settings, home=home) as process:
            await wire.until(lambda: wire.gateway.identified and wire.commands, PATIENCE)
            crowd = everyone(wire, people)
            for person in crowd:
                await person.slash(person.dm, "settings")
            await wire.until(lambda: all(wire.shown(person.dm) for person in crowd), PATIENCE)
            worked = cpu(process)
            took = await _press(wire, crowd)
            return Findings(people, tuple(took), (cpu(process) - worked) / len(took), load)


async def _press(wire: DiscordWire, people: list[Person]) -> list[float]:
    """Everybody presses a button of the settings at the same moment, again and again."""
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


def report(found: Findings) -> str:
    """The findings as Markdown."""
    p95 = found.percentile(95)
    verdict = "met" if p95 <= WANTED_P95 else "**missed**"
    lines = [
        "## Many presses at once",
        "",
        f"Written by `python -m tests.bench.interactions` on {datetime.now(UTC):%Y-%m-%d}. {found.people} people in",
        "Discord press a button at the same moment, as soon as all have seen the answer again. The server in Discord's",
        "place and the people share the machine with the bot.",
        f"{machine()}, {found.load:.1f} of them asked for by other work at the start.",
        "",
        "| goal | wanted | measured | |",
        "|---|---|---|---|",
        f"| press to acknowledgement, p95 of {len(found.took)} | ≤ {1000 * WANTED_P95:.0f} ms | {1000 * p95:.0f} ms |"
        f" {verdict} |",
        "",
        f"Press to acknowledgement: p50 {1000 * found.percentile(50):.0f} ms, worst {1000 * max(found.took):.0f} ms."
        f" The bot's work for a press, answer included: {1000 * found.cpu:.1f} ms of CPU.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the part of the document that is ours."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.interactions")
    parser.add_argument("people", type=int, nargs="?", default=50)
    parser.add_argument("--print", action="store_true", help="show the findings instead of writing them down")
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        said = report(asyncio.run(measure(people=asked.people, home=Path(home))))
    publish(said, DOCUMENT, begin=BEGIN, end=END, show=asked.print)


if __name__ == "__main__":
    main()
