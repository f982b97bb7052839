"""One story from a photo to a link under the film, with everything real but the engines that make it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.admission import Policy
from jobs.logs import set_up_logs
from pipeline.accounts import connected
from tests.fakes.bot_api import BotApi
from tests.fakes.engines import quick_studio
from tests.fakes.networks import CANARY, LOST
from tests.fakes.posts import posting, settings
from tests.fakes.youtube import YouTube
from tests.jobs.conftest import Installation
from tests.telegram.chatting import Seller, telegram_bot

PUBLISHER = Policy(publishers=frozenset({"telegram:u70"}))


async def _a_film(seller: Seller) -> None:
    await seller.order()
    await seller.finds("Two other ideas")
    await seller.press("B")
    await seller.finds("🔄 A shot")


def _links(seller: Seller) -> list[str]:
    return [key["url"] for one in seller.shown() for row in one.buttons for key in row if "url" in key]


async def test_from_a_photo_to_a_link_under_the_film(frame: Installation, api: BotApi) -> None:
    seller, stranger = Seller(api), Seller(api, chat=8, user=80)
    set_up_logs(level="DEBUG", file=frame.rig.folder / "log")
    with YouTube() as vendor:
        vendor.faults["bytes"] = [LOST]  # the answer to the upload never arrives
        studio = settings(vendor).model_copy(update={"youtube_account": "Nordtisch", "youtube_privacy": "unlisted"})
        made = replace(quick_studio(frame.rig), publish=posting(studio))
        async with frame.worker(studio=made):
            accounts = connected(studio)
            async with telegram_bot(api, frame.store, frame.client, policy=PUBLISHER, accounts=accounts) as bot:
                await seller.send_photo(30, caption="Nordtisch mug, matte black, 39,90 €, dishwasher-safe")
                await seller.sees(r"1 photo")
                await seller.press("go on")
                await seller.press("Summary")
                await seller.press("Platforms")
                await seller.press("Shorts")
                await seller.press("Done")
                await seller.press("Make my video")
                await seller.finds("Two other ideas")
                await seller.press("B")
                await seller.finds("📤 Publish")
                await _a_film(stranger)
                await bot.courier.rest()
                assert not [one for one in stranger.shown() if any("Publish" in label for label in one.labels)]
            # restarted, and a while later
            async with telegram_bot(api, frame.store, frame.client, policy=PUBLISHER, accounts=accounts) as bot:
                await seller.press("📤 Publish")
                shown = (await seller.sees("^Post this to Shorts?")).text
                assert "Account: YouTube, Nordtisch" in shown
                assert "Who sees it: whoever has the link" in shown
                await seller.press("Post to Shorts")
                await seller.sees("^It's on Shorts. Only people with the link see it.")
                await bot.courier.rest()
                address = "https://youtu.be/video000000"
                assert _links(seller) == [address, address], "as the result, and under the film"
                await seller.press("📤 Publish")
                await seller.sees("^I've posted that already.")
        assert vendor.wrong == []
        assert len(vendor.posts) == 1
        words = vendor.posts[0].words
        assert words["snippet"]["title"] in shown
        assert words["snippet"]["description"] in shown
        assert words["status"]["privacyStatus"] == "unlisted"
    assert [call for call in api.calls if call.refused] == []
    assert CANARY not in (frame.rig.folder / "log").read_text()


@pytest.mark.parametrize("who", ["telegram:u70", "discord:u70"])
def test_who_may_publish_is_named_like_operators(who: str) -> None:
    policy = Policy(publishers=frozenset({who}))
    assert policy.publishes(who)
    assert not policy.publishes("telegram:u71")
    assert policy.publishes("terminal:me")
    assert not policy.operates(who)
