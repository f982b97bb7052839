"""One story from an album to a finished film and its changes, with everything real but the engines."""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image

from tests.bot.conftest import shot
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import Shown
from tests.jobs.conftest import Installation
from tests.telegram.chatting import Seller, telegram_bot


def heic(seed: int) -> bytes:
    """A photo as phones send it in a file."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(shot(seed))) as picture:
        pillow_heif.from_pillow(picture).save(file, quality=80)
    return file.getvalue()


async def _send_album(seller: Seller) -> None:
    for seed in (11, 12, 13):
        await seller.send_photo(seed, album="a1")
    await seller.api.write(seller.chat, seller.user, document=(heic(14), "IMG_0815.HEIC"))
    await seller.api.write(seller.chat, seller.user, document=(b"%PDF-1.7 a price list", "list.pdf"))
    await seller.sees(r"^4 photos\.\n(.|\n)*One file isn't a photo")


async def _answer_questions(seller: Seller) -> None:
    await seller.press("go on")
    await seller.sees("What is it")
    await seller.type("Nordtisch mug, matte black, 39,90 €, dishwasher-safe")
    await seller.press("That's right")
    await seller.sees("Which language")
    await seller.press("Skip")
    await seller.sees("What should it feel like")
    await seller.type("cosy")
    await seller.sees("Who should speak")
    await seller.press("Skip")
    await seller.press("TikTok")
    await seller.press("Square feed")
    await seller.press("Done")
    await seller.sees("How long")
    await seller.type("6")
    await seller.sees("Here's the plan")


def _films(seller: Seller) -> list[Shown]:
    return [one for one in seller.shown(r"^(Reels|TikTok|Square feed).* · ") if one.kind == "video"]


async def test_from_an_album_to_a_finished_film_and_its_changes(frame: Installation, api: BotApi) -> None:
    seller = Seller(api)
    async with frame.worker():
        async with telegram_bot(api, frame.store, frame.client) as bot:
            await seller.type("/start")
            await seller.sees("^Hello!")
            await _send_album(seller)
            assert len(seller.shown(r"photos?\.")) == 1, "an album is counted in one message"
            await _answer_questions(seller)
            plan = (await seller.finds("Make my video")).text
            for said in ("Photos: 4", "Nordtisch mug", "39,90 €", "Tone: Warm", "TikTok", "Square feed", "6 seconds"):
                assert said in plan
            await seller.press("Make my video")
            await seller.finds("Two other ideas")
            await bot.courier.rest()
        assert [one.kind for one in seller.shown("opens with")] == ["video", "video"]
        async with telegram_bot(api, frame.store, frame.client) as bot:  # restarted while the seller thinks
            await seller.press("B")
            await seller.finds("🔄 A shot")
            await bot.courier.rest()
            first = _films(seller)
            assert [one.fields["supports_streaming"] for one in first] == ["true", "true"]
            assert len(seller.shown("^To post with it:")) == 1
            with_it = [one.kind for one in seller.shown() if one.number >= seller.shown("^To post with it:")[0].number]
            assert with_it == ["text", "document", "document", "text"], "words, subtitles, cover; then what can be done"
            assert max(one.number for one in first) < seller.shown("^To post with it:")[0].number

            done = len(frame.rig.ended())
            await seller.press("🔄 A shot")
            messages = len(seller.shown())
            await seller.press("Shot 2")
            offered = await seller.finds("Other takes")
            await bot.courier.rest()
            assert (offered.kind, len(seller.shown())) == ("photo", messages), "one message, the film's own"
            assert [label[0] for label in offered.labels[:3]] == ["B", "C", "D"]
            assert sorted(step.split()[0] for step in frame.rig.ended()[done:]) == ["proof", "shoot", "shoot", "shoot"]
        async with telegram_bot(api, frame.store, frame.client) as bot:  # and once more
            done = len(frame.rig.ended())
            await seller.type("the second")
            await seller.finds("↩ Undo")
            await bot.courier.rest()
            assert sorted(step.split()[0] for step in frame.rig.ended()[done:]) == ["cut", "cut"]
            retaken = _films(seller)[2:]
            assert {one.file_id for one in retaken}.isdisjoint(one.file_id for one in first)

            done = len(frame.rig.ended())
            await seller.press("↩ Undo")
            await api.until(lambda: len(_films(seller)) == 6)
            await bot.courier.rest()
            assert frame.rig.ended()[done:] == [], "what was made before is not made again"
            assert [one.file_id for one in _films(seller)[4:]] == [one.file_id for one in first], "nor uploaded again"
    _check_the_chat(seller)


def _check_the_chat(seller: Seller) -> None:
    """What holds for the whole story."""
    shown, refused = seller.shown(), [call for call in seller.api.calls if call.refused]
    assert refused == [], "Telegram takes every call"
    assert set(seller.presses) <= set(seller.api.answers), "every press is answered"
    assert len(seller.shown("^2 ideas for you:")) == 1, "the progress message became the result"
    assert len(seller.shown("^Your video is ready")) == 3, "one for each film: made, retaken, undone"
    assert not seller.shown("^Making"), "no progress message is left behind"
    with_buttons = [one for one in shown if any("callback_data" in key for row in one.buttons for key in row)]
    assert with_buttons == [shown[-1]], "only the newest card can be pressed"
    assert len(seller.shown("^To post with it:")) == 1, "the words to post with did not change, so they came once"
