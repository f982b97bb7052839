"""Every press, choice and form in Discord is answered, and counts once."""

from __future__ import annotations

import asyncio

from bot.dialogue.events import Command, Commanded, TextSent
from bot.frontends.discord.client import DiscordFrontEnd
from bot.inlet import Reply, Verdict
from bot.outlet import Message
from storage.store import Store
from tests.discord.cards import DM_CHAT, platforms, question
from tests.discord.conftest import serving
from tests.fakes.discord_people import Person
from tests.fakes.discord_values import Refused
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook


async def test_a_press_is_acknowledged_while_its_work_goes_on(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    release = asyncio.Event()
    desk.before = release.wait
    await front.post(DM_CHAT, question())
    pressed = await sam.press(wire.shown(sam.dm)[0], "Calm")
    await wire.until(lambda: pressed.answer)
    assert pressed.answer == {"type": 6}
    assert desk.heard == []
    release.set()
    assert await desk.until(1) == ["token-c"]


async def test_hints_are_told_only_to_the_one_who_pressed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    desk.reply = Reply(hints=("That button is *from earlier*.",))
    await front.post(DM_CHAT, question())
    pressed = await sam.press(wire.shown(sam.dm)[0], "Calm")
    assert await sam.heard(pressed) == "That button is \\*from earlier\\*."
    assert pressed.whispers[0]["flags"] == 64
    assert len(wire.shown(sam.dm)) == 1


async def test_other_peoples_presses_get_a_private_line_in_their_language(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    desk.reply = Reply(Verdict.FOREIGN)
    await front.post(DM_CHAT, question())
    stranger = Person(wire, 70, locale="de")
    assert "jemand anderem" in await stranger.heard(await stranger.press(wire.shown(sam.dm)[0], "Calm"))


async def test_a_button_that_is_not_ours_does_nothing_and_says_so(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, question())
    strange = await sam.press_id(wire.shown(sam.dm)[0], "persistent_view:button")
    assert "don't know that button" in await sam.heard(strange)
    assert desk.heard == []


async def test_buttons_work_after_a_restart(wire: DiscordWire, store: Store, desk: Notebook, sam: Person) -> None:
    async with serving(wire, store, desk) as first:
        await first.post(DM_CHAT, platforms())
    async with serving(wire, store, desk):
        shown = wire.shown(sam.dm)[0]
        await sam.press(shown, "Done")
        await desk.until(1)
        await sam.choose(shown, "TikTok", "Reels")
        assert await desk.until(2) == ["token-done", "token-Reels"]


async def test_a_menu_of_several_changes_only_what_was_changed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, platforms())
    await sam.choose(wire.shown(sam.dm)[0], "Reels", "Feed")
    assert await desk.until(3) == ["token-TikTok", "token-Reels", "token-Feed"]


async def test_an_expired_interaction_still_counts(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.trouble = lambda call: Refused(404, 10062, "Unknown interaction") if "callback" in call.path else None
    await front.post(DM_CHAT, question())
    await sam.press(wire.shown(sam.dm)[0], "Calm")
    assert await desk.until(1) == ["token-c"]


async def test_words_and_photos_come_by_the_form_as_well(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, Message(topic="product", text="What is it?", typing="mug, 39 €", key="w"))
    await sam.fill_in(wire.shown(sam.dm)[0], text="a mug", files=(b"photo",))
    assert await desk.until(1) == [(b"photo", "a mug")]
    form = next(one.answer for one in wire.interactions.values() if one.answer and one.answer["type"] == 9)
    assert form["data"]["components"][0]["component"]["placeholder"] == "mug, 39 €"


async def test_nothing_is_lost_when_the_work_outlasts_the_interaction(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    """A quarter of an hour after a command its token is dead: what is shown goes by the bot's own."""
    release = asyncio.Event()
    desk.before = release.wait
    given = await sam.slash(sam.dm, "new")
    await wire.until(lambda: given.answer)
    given.dead = True
    release.set()
    assert await desk.until(1) == [Commanded(command=Command.NEW)]
    await wire.until(lambda: any(call.path.endswith("@original") for call in wire.calls))
    await front.post(DM_CHAT, question())
    assert len(wire.shown(sam.dm)) == 1
    await sam.write(sam.dm, "still there?")
    assert (await desk.until(2))[1] == TextSent(text="still there?")
