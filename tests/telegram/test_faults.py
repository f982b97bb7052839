"""What goes wrong in Telegram, and what a seller sees of it: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import random
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from bot.dialogue.events import Told
from bot.inlet import Sender
from jobs.logs import set_up_logs
from pipeline.model import Progress, Progressed, Stage
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_values import AnswerLost, Refused
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation
from tests.telegram.chatting import Seller, telegram_bot

ROOT = Path(__file__).resolve().parents[2]
ODD = ROOT.parent / "shared/photos/odd"
PATIENCE = 90.0  # seconds for a bot process of its own to start

BROKEN = "I couldn't"

REPLIES = {
    "01_orientation6.jpg": r"^1 photo\.",
    "02_truncated.jpg": "arrived damaged",
    "03_text.jpg": "isn't a photo I can read",
    "04_pdf.jpg": "isn't a photo I can read",
    "05_empty.jpg": "file is empty",
    "06_bomb_1bit_40000x40000.png": "too large",
    "07_cmyk.jpg": r"^1 photo\.",
    "08_animated.gif": "too small",
    "09_one_pixel.png": "too small",
    "10_script_xxe.svg": "isn't a photo I can read",
    "11_corrupt.heic": "arrived damaged",
    "12_200MP.heic": "too large",
}


@asynccontextmanager
async def bot_process(api: BotApi, home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python run_bot.py` in a process of its own; killed at the end of the block, without a word."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "FRAME_HOME": str(home)}
    with (home / "bot-process.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "run_bot.py", cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _handled(api: BotApi, photos: int) -> bool:
    return sum(call.method == "getFile" for call in api.calls) >= photos


async def test_an_album_survives_a_bot_that_is_killed_twice_in_the_middle(frame: Installation, api: BotApi) -> None:
    seller = Seller(api)
    for seed in range(10):
        await seller.send_photo(seed, album="a1")
    for killed_at in (3, 6):
        async with bot_process(api, frame.home):
            await api.until(partial(_handled, api, killed_at), PATIENCE)
    async with bot_process(api, frame.home):
        await api.until(lambda: seller.shown(r"^10 photos\."), PATIENCE)
        await seller.press("go on")
        await seller.sees("What is it")
    assert len(seller.shown(r"photos?\.")) == 1, seller.transcript()


async def test_a_post_that_was_on_its_way_when_the_bot_was_killed_is_seen_once(
    frame: Installation, api: BotApi
) -> None:
    seller = Seller(api)
    async with bot_process(api, frame.home) as process:
        await seller.type("/help")
        await api.until(lambda: seller.shown("instead of pressing"), PATIENCE)

        def kill(method: str, fields: dict[str, Any]) -> Exception | None:
            if method == "sendMessage":
                process.kill()
                return AnswerLost()
            return None

        api.trouble = kill
        await seller.type("/cancel")
        await asyncio.wait_for(process.wait(), PATIENCE)
        assert len(seller.shown("nothing going on")) == 1, "it had arrived when the bot died"
    api.trouble = lambda method, fields: None
    async with bot_process(api, frame.home):
        await seller.type("/films")
        await api.until(lambda: seller.shown("haven't made a video"), PATIENCE)
    assert len(seller.shown("nothing going on")) == 1, seller.transcript()


async def test_a_fifth_of_all_send_answers_lost_shows_nothing_twice_and_misses_nothing(
    frame: Installation, api: BotApi
) -> None:
    chance, lost = random.Random(4), []

    def lose(method: str, fields: dict[str, Any]) -> Exception | None:
        if str(fields.get("chat_id")) == "7" and method.startswith("send") and chance.random() < 0.2:
            lost.append(method)
            return AnswerLost()
        return None

    unlucky, lucky = Seller(api, chat=7, user=70), Seller(api, chat=8, user=80)
    api.trouble = lose
    async with frame.worker(), telegram_bot(api, frame.store, frame.client) as bot:
        for seller in (lucky, unlucky):
            await seller.type("/start")
            await seller.sees("^Hello!")
            await seller.order()
            await seller.press("A")
            await seller.finds("🔄 A shot")
        await bot.courier.rest()
    assert len(lost) >= 3

    def seen(seller: Seller) -> Counter[tuple[str, str]]:
        """All but the passing storyboards, and without what depends on the hour."""
        lasting = [one for one in seller.shown() if not one.text.startswith("The storyboard")]
        return Counter((one.kind, re.sub("Two previews will take .*\n", "", one.text)) for one in lasting)

    assert seen(unlucky) == seen(lucky), unlucky.transcript()
    boards = Counter(one.text for one in unlucky.shown("^The storyboard"))
    assert all(times == 1 for times in boards.values())


async def test_a_press_that_changes_a_card_takes_three_transactions(
    frame: Installation, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes: list[Any] = []
    seller, database = Seller(api), frame.store.database
    change, write = database.change, database.write

    async def counted(work: Any) -> Any:
        changes.append(work)
        return await change(work)

    def counted_too() -> Any:
        changes.append(write)
        return write()

    async def all_handled() -> bool:
        return await frame.store.inbox.pending("telegram:4242") == ()

    async with telegram_bot(api, frame.store, frame.client):
        await seller.send_photo(1)
        await seller.press("go on")
        await seller.type("Nordtisch mug, matte black, 39,90 €")
        await seller.press("That's right")
        await seller.sees("Which language")
        await until(all_handled)
        monkeypatch.setattr(database, "change", counted)
        monkeypatch.setattr(database, "write", counted_too)
        await seller.press("Skip")
        await seller.sees("What should it feel like")
        await until(all_handled)
    assert len(changes) == 3, "it arrived; what follows from it; that this was shown, and that it was handled"


async def test_a_chat_that_has_to_wait_holds_up_no_other(frame: Installation, api: BotApi) -> None:
    slow, quick = Seller(api, chat=7, user=70), Seller(api, chat=8, user=80)

    def flood(method: str, fields: dict[str, Any]) -> Exception | None:
        if str(fields.get("chat_id")) == "7" and not quick.shown("What is it"):
            return Refused(429, "Too Many Requests: retry after 2", retry_after=2)
        return None

    api.trouble = flood
    async with telegram_bot(api, frame.store, frame.client):
        await slow.type("/help")
        await api.until(lambda: any(call.refused for call in api.calls))
        await quick.send_photo(1)
        await quick.press("go on")
        await quick.sees("What is it")
        assert not slow.shown()
        await slow.sees("instead of pressing")
    assert len(slow.shown()) == 1


async def test_a_hundred_bits_of_news_are_a_few_edits_and_the_last_word_is_shown(
    frame: Installation, api: BotApi
) -> None:
    seller, sender = Seller(api), Sender(chat="telegram:7", seller="telegram:u70")
    async with telegram_bot(api, frame.store, frame.client) as bot:
        await seller.order()
        making = await seller.sees("^Making ideas")
        before = making.edits
        [job] = await frame.client.unfinished()
        for done in range(100):
            progress = Progress(stage=Stage.SHOOT, done=done, total=100, fraction=done / 100)
            await bot.concierge.handle(
                sender, Told(job=job.job, event=Progressed(progress=progress, seconds_left=None))
            )
        await seller.press("Cancel")
        stopped = await seller.sees(r"^Stopped\.")
        await bot.courier.rest()
    assert stopped.number == making.number
    assert stopped.edits - before <= 8
    assert stopped.buttons == []


async def test_a_film_waits_for_a_seller_who_blocked_the_bot(frame: Installation, api: BotApi) -> None:
    seller, held = Seller(api), frame.rig.hold("cut")
    async with frame.worker(), telegram_bot(api, frame.store, frame.client) as bot:
        await seller.order()
        await seller.sees("^Making ideas")
        [job] = await frame.client.unfinished()
        blocked = len(api.calls)
        api.trouble = lambda method, fields: (
            Refused(403, "Forbidden: bot was blocked by the user") if "chat_id" in fields else None
        )
        held.unlink()
        await frame.end(job.job)
        await bot.courier.rest()
        tried = [call.method for call in api.calls[blocked:] if call.refused]
        assert tried, "the bot tried to show it"
        api.trouble = lambda method, fields: None
        await seller.type("/start")
        await seller.finds("Two other ideas")
        await bot.courier.rest()
    assert len(seller.shown("opens with")) == 2, seller.transcript()
    assert await frame.client.unfinished() == ()


async def test_a_deleted_progress_message_is_one_new_post(frame: Installation, api: BotApi) -> None:
    seller, held = Seller(api), frame.rig.hold("cut")
    async with frame.worker(), telegram_bot(api, frame.store, frame.client) as bot:
        await seller.order()
        making = await seller.sees("^Making ideas")
        del api.messages[7, making.number]
        held.unlink()
        await seller.finds("Two other ideas")
        await bot.courier.rest()
    assert len(seller.shown("^2 ideas for you")) == 1
    assert not seller.shown("^Making"), seller.transcript()


async def test_somebody_elses_press_is_a_private_alert_and_nothing_else(frame: Installation, api: BotApi) -> None:
    owner, other = Seller(api, chat=-5, user=70), Seller(api, chat=-5, user=71)
    async with telegram_bot(api, frame.store, frame.client):
        await owner.send_photo(1)
        await owner.finds("go on")
        await owner.press("go on")
        await owner.sees("What is it")
        before = owner.transcript()
        await other.press("Skip")
        await api.press_data(owner.shown("What is it")[0], "forged-by-somebody", 71)
        forged = await api.until(lambda: [one for one in api.answers.values() if "don't know" in one.get("text", "")])
        assert owner.transcript() == before
    [alert] = [api.answers[press] for press in other.presses]
    assert "belongs to somebody else" in alert["text"]
    assert alert["show_alert"] == "true"
    assert len(forged) == 1


@pytest.mark.skipif(not ODD.exists(), reason="the odd photos are not at hand")
async def test_every_odd_file_gets_its_reply(frame: Installation, api: BotApi) -> None:
    names = sorted(path.name for path in ODD.iterdir())
    assert set(names) == set(REPLIES)
    with structlog.testing.capture_logs() as logs:
        async with telegram_bot(api, frame.store, frame.client):
            for chat, name in enumerate(names, start=100):
                seller = Seller(api, chat=chat, user=chat)
                data = (ODD / name).read_bytes()
                await api.write(chat, chat, document=(data, name, len(data)))
            for chat, name in enumerate(names, start=100):
                await Seller(api, chat=chat, user=chat).sees(REPLIES[name])
    assert [one for one in logs if one["log_level"] in ("error", "critical")] == []
    assert seller.shown(BROKEN) == []


@pytest.fixture
def everything_logged() -> Iterator[tuple[io.StringIO, list[str]]]:
    """What the bot's log says, and every record as it was before anything was taken out of it."""
    root, out, raw = logging.getLogger(), io.StringIO(), []
    before, level = root.handlers[:], root.level
    root.handlers = []
    set_up_logs(level="DEBUG", secrets=(SecretStr(TOKEN),), stream=out)

    class Unredacted(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raw.append(logging.Formatter().format(record))

    root.addHandler(Unredacted())
    yield out, raw
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


async def test_no_log_ever_has_the_token(
    frame: Installation, api: BotApi, everything_logged: tuple[io.StringIO, list[str]]
) -> None:
    out, raw = everything_logged
    seller, secret = Seller(api), TOKEN.partition(":")[2]
    refused = iter([Refused(500, "Internal Server Error"), AnswerLost(), Refused(400, "Bad Request: whatever it is")])

    def spoil(method: str, fields: dict[str, Any]) -> Exception | None:
        return next(refused, None) if method in ("sendMessage", "getFile") else None

    api.trouble = spoil
    async with telegram_bot(api, frame.store, frame.client):
        await seller.type("/help")
        await seller.send_photo(1)
        await seller.type("/films")
        await seller.sees("haven't made a video")
        await seller.type("/cancel")
        await until(lambda: bool(seller.shown("photo")))
        logging.getLogger("telegram.ext").warning("a library that says %s", f"https://host/bot{TOKEN}/getMe")
    assert secret not in out.getvalue()
    assert [line for line in raw if secret in line and "a library that says" not in line] == []
    assert "telegram is listening" in out.getvalue()
