"""Plays an order: opens the bot, a worker and the queue, lets the unattended seller talk, writes files and report."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

from rich.console import Console

from bot.assembly import open_bot
from bot.dialogue.phrases import Phrases
from bot.errors import PlayFailed
from bot.frontends.console.screen import Screen
from bot.inlet import Sender
from bot.play.order import PlayOrder
from bot.play.report import Report, deliver, report_of, show_table
from bot.play.seller import UnattendedSeller
from bot.play.worker import RUN_WORKER, have_a_worker
from jobs.broker import queue_server
from jobs.client import Client, open_client
from jobs.config import JobSettings
from storage.config import StorageSettings
from storage.store import Store, open_store

PATIENCE = 3600.0  # seconds for a whole play
SETTLING = 30.0  # seconds for writing down that all was delivered


async def play(
    order: PlayOrder,
    *,
    out: Path,
    console: Console,
    storage: StorageSettings,
    jobs: JobSettings,
    locale: str,
    command: Sequence[str] = RUN_WORKER,
    paid: bool = False,
) -> Report:
    """Play an order to its end and put what was made into a folder.

    Args:
        order: what the seller wants.
        out: folder for the files and `report.json`.
        console: where the chat is shown.
        storage: the installation.
        jobs: its queue.
        locale: language of the seller's terminal; an order with a language of its own is given in that.
        command: starts the worker.
        paid: whether vendors are asked, who take money.

    Raises:
        PlayFailed: not every film was made; the text is a sentence.
    """
    visitor = f"play-{uuid4().hex[:8]}:visitor"  # each play is a new seller, so equal orders give equal films
    sender = Sender(chat=visitor, seller=visitor, locale=order.language or locale)
    screen = Screen(console)
    seller = UnattendedSeller(order, screen=screen, phrases=Phrases(), sender=sender)
    async with (
        open_store(storage) as store,
        queue_server(jobs, home=storage.home) as server,
        open_client(store, jobs, server=server, paid=paid) as client,
        open_bot([seller], store=store, client=client) as bot,
    ):
        crew = have_a_worker(client.workers, command=command, home=storage.home, say=screen.note)
        await _talk(seller.order_films(bot.concierge), crew)
        async with asyncio.timeout(SETTLING):
            await bot.courier.rest()
        return await _close(seller, visitor, out=out, console=console, store=store, client=client)


async def _talk(conversation: Coroutine[Any, Any, None], crew: Coroutine[Any, Any, NoReturn]) -> None:
    """The conversation, as long as there is a worker."""
    talking = asyncio.create_task(conversation)
    watching = asyncio.create_task(crew)
    try:
        done, _ = await asyncio.wait({talking, watching}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            raise PlayFailed(f"There was no film after {PATIENCE / 60:.0f} minutes.")
        for task in done:
            task.result()
    finally:
        talking.cancel()
        watching.cancel()
        await asyncio.wait({talking, watching})


async def _close(
    seller: UnattendedSeller, visitor: str, *, out: Path, console: Console, store: Store, client: Client
) -> Report:
    past = await store.films.recent(visitor, 1)
    if not past:
        raise PlayFailed("The film was shown but is not in the history. The log says more.")
    made = past[0]
    files = await deliver(made.film, blobs=store.blobs, folder=out)
    handed_over = {film.sha256 for film in seller.films}
    if {made.film.reel(file.platform).video.sha256 for file in files} - handed_over:
        raise PlayFailed("Not every video that was made arrived in the chat.")
    report = report_of(
        made.film,
        files=files,
        previews=await store.history.steps(seller.jobs[0]) if seller.jobs else (),
        steps=await store.history.steps(made.job),
        transcript=seller.transcript.entries,
    )
    await asyncio.to_thread((out / "report.json").write_text, report.model_dump_json(indent=2), encoding="utf-8")
    show_table(report, out, console)
    return report
