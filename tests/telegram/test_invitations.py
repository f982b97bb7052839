"""Who may use the bot in Telegram: by a link, once; who may not is told so once, and nothing is fetched."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.admission import Policy
from storage.store import Store
from tests.bot.conftest import shot
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation
from tests.telegram.chatting import Seller, telegram_bot

BY_INVITATION = Policy(invite_only=True, operators=frozenset({"telegram:u1"}))
FOR_ALL = Policy(operators=BY_INVITATION.operators)
LINK = re.compile(r"^https://t\.me/frame_test_bot\?start=([A-Za-z0-9_-]{16,64})$", re.MULTILINE)


@pytest.fixture
def boss(api: BotApi) -> Seller:
    return Seller(api, chat=1, user=1)


@pytest.fixture
def sam(api: BotApi) -> Seller:
    return Seller(api)


async def handled(api: BotApi, store: Store) -> None:
    """Wait until everything that was sent has been handled."""
    source = f"telegram:{TOKEN.partition(':')[0]}"

    async def quiet() -> bool:
        return api.waiting() == 0 and not await store.inbox.pending(source)

    await until(quiet)


async def code_of(boss: Seller) -> str:
    """A fresh code, from the link that the operator gets."""
    before = len(boss.shown(LINK.pattern))
    await boss.type("/invite")
    found = LINK.search((await boss.sees(LINK.pattern, times=before + 1)).text)
    assert found is not None
    return found[1]


async def test_a_link_lets_one_seller_in(frame: Installation, api: BotApi, boss: Seller, sam: Seller) -> None:
    other = Seller(api, chat=8, user=80)
    async with telegram_bot(api, frame.store, frame.client, policy=BY_INVITATION):
        code = await code_of(boss)
        assert code != await code_of(boss)
        await sam.type(f"/start {code}")
        await sam.sees("^Hello!")
        await other.type(f"/start {code}")
        await other.sees("used already")
        await other.type("/start AAAAAAAAAAAAAAAAAAAAAA")
        await other.sees("don't know that invitation")
        await handled(api, frame.store)
        assert [len(one.shown("^Hello!")) for one in (sam, other)] == [1, 0]
        await sam.type(f"/start {code}")
        await sam.sees("^Hello!", times=2)
        assert sam.shown("invitation") == []
    async with telegram_bot(api, frame.store, frame.client, policy=BY_INVITATION):
        await sam.send_photo(11)
        await sam.sees("1 photo")


async def test_a_stranger_is_told_once_and_nothing_of_theirs_is_fetched(
    frame: Installation, api: BotApi, boss: Seller, sam: Seller
) -> None:
    async with telegram_bot(api, frame.store, frame.client, policy=BY_INVITATION):
        for seed in range(4):
            await api.write(7, 70, language="de", photo=shot(seed), media_group_id="a1")
        await handled(api, frame.store)
        for text in ("/start", "/help", "Nordtisch mug, 39,90 €", "/invite"):
            await sam.type(text)
        await api.write(7, 70, document=(shot(1), "mug.jpg"))
        await handled(api, frame.store)
        (told,) = sam.shown()
        assert told.text.startswith("Diesen Bot gibt es nur auf Einladung."), "the first to come was German"
        assert api.count("getFile") == api.count("sendChatAction") == 0
        assert await frame.store.sessions.load("telegram:7") is None
        await sam.type(f"/start {await code_of(boss)}")
        await sam.sees("^Hello!")
        await sam.send_photo(5)
        await sam.sees("1 photo")


async def test_without_the_setting_everybody_is_served_and_the_commands_are_the_operators_alone(
    frame: Installation, api: BotApi, sam: Seller
) -> None:
    async with telegram_bot(api, frame.store, frame.client, policy=FOR_ALL):
        await sam.type("/start from-somewhere")
        await sam.sees("^Hello!")
        for number, text in enumerate(("/invite", "/stats", "/ban telegram:1", "/unban telegram:1"), start=1):
            await sam.type(text)
            await sam.sees("don't know that command", times=number)
        assert not (await frame.store.admissions.standing("telegram:u1")).banned
    menus = [str(call.fields["commands"]) for call in api.calls if call.method == "setMyCommands"]
    assert menus
    assert not [menu for menu in menus if re.search(r'"(?:invite|stats|ban|unban)"', menu)]


async def test_a_ban_stops_what_is_made_and_closes_the_bot(
    frame: Installation, api: BotApi, boss: Seller, sam: Seller
) -> None:
    hold = frame.rig.hold("cut")
    async with frame.worker(), telegram_bot(api, frame.store, frame.client, policy=FOR_ALL):
        await sam.order()
        card = await sam.finds("Cancel")
        button = card.button("Cancel")["callback_data"]
        (job,) = await frame.store.jobs.under_way("telegram:u70")
        await boss.type("/ban telegram:70")
        await boss.sees("^telegram:u70 is banned. One video")
        await frame.end(job)
        hold.unlink()
        assert await frame.store.jobs.under_way("telegram:u70") == ()
        await sam.sees("^Stopped")
        await sam.type("why?")
        await sam.sees("has closed it to you")
        await handled(api, frame.store)
        before = len(sam.shown())
        await sam.type("hello?")
        await sam.send_photo(9)
        press = await api.press_data(card, button, 70)
        await handled(api, frame.store)
        assert len(sam.shown()) == before
        assert "closed it to you" in str(api.answers[press]["text"]), "a press is answered in private"
        await boss.type("/stats")
        await boss.sees("^1 seller$")
        await boss.type("/ban telegram:1")
        await boss.sees("Operators can't be banned")
        await boss.type("/ban somebody")
        await boss.sees("Say whom")
        await boss.type("/unban telegram:70")
        await boss.sees("no longer banned")
        await sam.type("/help")
        await sam.sees("instead of pressing")


async def test_deleting_everything_ends_the_admission(
    frame: Installation, api: BotApi, boss: Seller, sam: Seller
) -> None:
    async with telegram_bot(api, frame.store, frame.client, policy=BY_INVITATION):
        await sam.type(f"/start {await code_of(boss)}")
        await sam.sees("^Hello!")
        await sam.type("/delete_me")
        await sam.press("Delete everything")
        await sam.press("Yes, delete it all")
        await sam.sees("Everything is deleted")
        await sam.type("/start")
        await sam.sees("by invitation")
