"""Who may use the bot in Discord: by a code, typed or given to /start; nothing is opened or fetched for others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.dialogue.admission import Policy
from bot.dialogue.events import Command, Commanded, TextSent
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from bot.gate import Gate
from bot.office import Office
from storage.store import Store
from tests.bot.conftest import Studio
from tests.discord.cards import DM_CHAT, question
from tests.discord.conftest import serving
from tests.fakes.discord_people import CHANNEL, Person
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook

POLICY = Policy(invite_only=True, operators=frozenset({"discord:u1"}))


@pytest.fixture
async def front(wire: DiscordWire, store: Store, desk: Notebook) -> AsyncIterator[DiscordFrontEnd]:
    """The front end before a gate that lets in who has a code."""
    office = Office(store, Studio(store), [], policy=POLICY)
    gate = Gate(desk, store, office, policy=POLICY, phrases=Phrases())
    async with serving(wire, store, gate) as running:
        yield running


async def test_a_command_of_a_stranger_is_refused_in_private_and_opens_nothing(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    told = await sam.heard(await sam.slash(CHANNEL, "video", photos=(b"one",)))
    assert "by invitation" in told
    for name in ("help", "new"):
        await sam.slash(CHANNEL, name)
    await wire.until(lambda: wire.count("DELETE", "/messages/@original") == 2)
    assert wire.count("POST", "/threads") == 0
    assert desk.heard == []
    assert wire.shown(CHANNEL) == []


async def test_the_code_given_to_start_lets_a_seller_in(
    wire: DiscordWire, front: DiscordFrontEnd, store: Store, desk: Notebook, sam: Person
) -> None:
    await store.admissions.invite("a-code", lasts=timedelta(days=1))
    start = next(one for one in wire.commands if one["name"] == "start")
    assert [(option["name"], option.get("required", False)) for option in start["options"]] == [("code", False)]
    assert "don't know that invitation" in await sam.heard(await sam.slash(CHANNEL, "start", code="another"))
    assert wire.count("POST", "/threads") == 0
    await sam.slash(CHANNEL, "start", code="a-code")
    assert await desk.until(1) == [Commanded(command=Command.START, argument="a-code")]
    late = Person(wire, 71)
    assert "used already" in await late.heard(await late.slash(CHANNEL, "start", code="a-code"))
    assert len(desk.heard) == 1


async def test_photos_of_a_stranger_stay_where_they_are_until_a_code_is_typed(
    wire: DiscordWire, front: DiscordFrontEnd, store: Store, desk: Notebook, sam: Person
) -> None:
    await store.admissions.invite("a-code", lasts=timedelta(days=1))
    await sam.write(sam.dm, files={"mug.jpg": b"a photo"})
    await wire.until(lambda: wire.shown(sam.dm))
    await sam.write(sam.dm, "hello?")
    await sam.write(sam.dm, "/start a-code")
    await sam.write(sam.dm, "hello!")
    assert await desk.until(2) == [Commanded(command=Command.START, argument="a-code"), TextSent(text="hello!")]
    assert ["by invitation" in one["content"] for one in wire.shown(sam.dm)] == [True]
    assert not [call for call in wire.calls if call.path.endswith("mug.jpg")]


async def test_a_press_of_a_stranger_is_answered_in_private(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, question())
    for _ in range(2):
        assert "by invitation" in await sam.heard(await sam.press(wire.shown(sam.dm)[0], "Calm"))
    assert desk.heard == []
    assert len(wire.shown(sam.dm)) == 1


async def test_an_operator_gets_a_code_by_typing(
    wire: DiscordWire, front: DiscordFrontEnd, store: Store, desk: Notebook
) -> None:
    boss = Person(wire, 1)
    wire.dm(boss.id)
    await boss.write(boss.dm, "/invite")
    (told,) = await wire.until(lambda: wire.shown(boss.dm))
    code = told["content"].rpartition(" ")[2]
    await boss.write(boss.dm, "/ban discord:70")
    await wire.until(lambda: len(wire.shown(boss.dm)) == 2)
    assert (await store.admissions.standing("discord:u70")).banned
    assert (await store.admissions.redeem(code, seller="discord:u71")).value == "taken"
    assert desk.heard == []
