"""Puts the bot together: concierge, courier and presenter over a store, a queue and the chats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.concierge import Concierge
from bot.courier import Courier
from bot.dialogue.admission import Policy
from bot.dialogue.phrases import Phrases
from bot.errands import Errands
from bot.gate import Gate
from bot.inlet import Desk
from bot.office import Office
from bot.outlet import Outlet
from bot.presenter import Presenter
from bot.secret import load_secret
from jobs.client import Client
from pipeline.model import Account
from storage.store import Store


@dataclass(frozen=True)
class Bot:
    """The bot, ready to serve the chats it was opened for.

    `desk` is for front ends: it serves only whom the policy allows.
    """

    desk: Desk
    concierge: Concierge
    courier: Courier
    phrases: Phrases


@asynccontextmanager
async def open_bot(
    outlets: Iterable[Outlet],
    *,
    store: Store,
    client: Client,
    policy: Policy | None = None,
    accounts: tuple[Account, ...] = (),
) -> AsyncIterator[Bot]:
    """Serve these chats: what was left undone is delivered, new jobs are reported on, until the block ends.

    Args:
        outlets: the chats.
        store: what is stored.
        client: where jobs are placed.
        policy: who may use it; everybody, unless it is given.
        accounts: that films can be posted to, by those whom the policy allows that.

    Raises:
        SettingsMissing: the key of the buttons cannot be kept.
    """
    secret = load_secret(store.settings.home)
    by_prefix = {outlet.prefix: outlet for outlet in outlets}
    phrases = Phrases()
    presenter = Presenter(
        by_prefix,
        phrases=phrases,
        slots=store.slots,
        deliveries=store.deliveries,
        blobs=store.blobs,
        secret=secret,
    )
    courier = Courier(client, store.deliveries, serves=lambda chat: chat.partition(":")[0] in by_prefix)
    errands = Errands(store, client, follow=courier.follow)
    rules = policy or Policy()
    concierge = Concierge(
        store,
        presenter,
        errands,
        phrases=phrases,
        secret=secret,
        heard=courier.heard,
        accounts=lambda seller: accounts if rules.publishes(seller) else (),
    )
    office = Office(store, client, by_prefix.values(), policy=rules)
    gate = Gate(concierge, store, office, policy=rules, phrases=phrases)
    rounds = asyncio.create_task(courier.run(concierge.handle), name="courier")
    try:
        yield Bot(desk=gate, concierge=concierge, courier=courier, phrases=phrases)
    finally:
        rounds.cancel()
        await asyncio.wait({rounds})
        await presenter.close()
