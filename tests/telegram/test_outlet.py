"""Messages in Telegram: shown once, edited in place, within its limits, whatever the network does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot.dialogue.cards import Weight
from bot.errors import ChatClosed, ChatError
from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.frontends.telegram.render import Place, keyboard, shorten, units, words
from bot.outlet import Attachment, CopyKey, Key, Message
from storage.store import Store
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import AnswerLost, Refused
from tests.fakes.films import FRAMES, noisy_film
from tests.pipeline.media.render.films import pictures
from tests.telegram.conftest import Waits

CHAT = "telegram:7"


def message(text: str, **more: Any) -> Message:
    return Message(topic="test", text=text, **more)


@pytest.fixture
def video(tmp_path: Path) -> Attachment:
    (tmp_path / "film.mp4").write_bytes(b"film")
    (tmp_path / "cover.jpg").write_bytes(b"cover")
    return Attachment(
        kind="video",
        path=tmp_path / "film.mp4",
        media_type="video/mp4",
        name="mug.mp4",
        sha256="f" * 64,
        width=1080,
        height=1920,
        seconds=15.0,
        cover=tmp_path / "cover.jpg",
    )


@pytest.fixture
def picture(tmp_path: Path) -> Attachment:
    (tmp_path / "sheet.jpg").write_bytes(b"sheet")
    return Attachment(
        kind="picture", path=tmp_path / "sheet.jpg", media_type="image/jpeg", name="sheet.jpg", sha256="a" * 64
    )


def once(*methods: str, trouble: Exception) -> Callable[[str, dict[str, Any]], Exception | None]:
    """Spoils the first call of each of these methods."""
    left = list(methods)

    def spoil(method: str, fields: dict[str, Any]) -> Exception | None:
        if method in left:
            left.remove(method)
            return trouble
        return None

    return spoil


async def test_a_message_is_posted_with_its_buttons(api: BotApi, outlet: TelegramOutlet) -> None:
    rows = (
        (Key("Calm", "t1", "c", picked=True), Key("Stop", "t2", "st", weight=Weight.DANGER)),
        (CopyKey("Copy", "x"),),
    )
    await outlet.post(CHAT, message("Which tone?", rows=rows))
    [shown] = api.shown(7)
    assert shown.text == "Which tone?"
    assert shown.labels == ["✓ Calm", "Stop", "Copy"]
    assert shown.button("Stop")["style"] == "danger"
    assert shown.button("Copy")["copy_text"] == {"text": "x"}


async def test_text_that_looks_like_markup_appears_as_it_is(api: BotApi, outlet: TelegramOutlet) -> None:
    hostile = "<b>50% off</b> *_[it's](a:b)` {\\p1} @everyone"
    await outlet.post(CHAT, message(hostile))
    assert api.shown(7)[0].text == hostile
    assert "parse_mode" not in api.shown(7)[0].fields


async def test_an_edit_changes_the_same_message(api: BotApi, outlet: TelegramOutlet) -> None:
    number = await outlet.post(CHAT, message("1 photo"))
    assert await outlet.edit(CHAT, number, message("2 photos")) == number
    assert [one.text for one in api.shown(7)] == ["2 photos"]


async def test_an_edit_that_changes_nothing_is_not_sent(api: BotApi, outlet: TelegramOutlet) -> None:
    number = await outlet.post(CHAT, message("1 photo"))
    assert await outlet.edit(CHAT, number, message("1 photo")) == number
    assert api.count("editMessageText") == 0


async def test_an_edit_that_changes_nothing_is_fine_after_a_restart(
    bot: Bot, store: Store, api: BotApi, calls: Calls, outlet: TelegramOutlet
) -> None:
    number = await outlet.post(CHAT, message("1 photo"))
    assert await TelegramOutlet(bot, store.slots, calls).edit(CHAT, number, message("1 photo")) == number
    assert [one.text for one in api.shown(7)] == ["1 photo"]


async def test_progress_that_looks_the_same_is_not_sent_again(api: BotApi, outlet: TelegramOutlet) -> None:
    number = await outlet.post(CHAT, message("Cutting", fraction=0.501))
    await outlet.edit(CHAT, number, message("Cutting", fraction=0.504))
    assert api.count("editMessageText") == 0
    await outlet.edit(CHAT, number, message("Cutting", fraction=0.511))
    assert api.shown(7)[0].text.endswith("51%")
    assert not [call for call in api.calls if call.refused]


async def test_text_becomes_a_video_in_the_same_message(api: BotApi, outlet: TelegramOutlet, video: Attachment) -> None:
    number = await outlet.post(CHAT, message("Rendering", fraction=0.5))
    after = await outlet.edit(CHAT, number, message("Here it is", attachments=(video,)))
    [shown] = api.shown(7)
    assert (shown.kind, shown.text) == ("video", "Here it is")
    assert after == number.replace("t", "m")


async def test_a_video_becomes_text_in_a_new_message_and_the_old_one_goes(
    api: BotApi, outlet: TelegramOutlet, video: Attachment
) -> None:
    number = await outlet.post(CHAT, message("Preview", attachments=(video,)))
    await outlet.edit(CHAT, number, message("Cancelled"))
    assert [one.text for one in api.shown(7)] == ["Cancelled"]


async def test_a_video_comes_with_what_players_need(api: BotApi, outlet: TelegramOutlet, video: Attachment) -> None:
    await outlet.post(CHAT, message("Here", attachments=(video,)))
    fields = api.shown(7)[0].fields
    assert (int(fields["width"]), int(fields["height"]), int(fields["duration"])) == (1080, 1920, 15)
    assert fields["supports_streaming"] == "true"
    assert "thumbnail" in fields
    assert "cover" in fields
    [said] = [call.fields for call in api.calls if call.method == "sendChatAction"]
    assert said["action"] == "upload_video"


async def test_a_voice_is_an_audio_that_plays_and_is_uploaded_once(
    api: BotApi, outlet: TelegramOutlet, tmp_path: Path
) -> None:
    (tmp_path / "voice.mp3").write_bytes(b"spoken")
    voice = Attachment("sound", tmp_path / "voice.mp3", "audio/mpeg", "voice.mp3", "d" * 64, title="Your first line")
    for chat in (CHAT, "telegram:8"):
        await outlet.post(chat, message("Your first line", attachments=(voice,)))
    first, second = api.shown(7)[0], api.shown(8)[0]
    assert (first.kind, first.fields["title"], api.files[first.file_id]) == ("audio", "Your first line", b"spoken")
    assert second.fields["audio"] == first.file_id


async def test_a_film_over_the_limit_comes_as_a_smaller_copy_that_plays(
    bot: Bot, store: Store, api: BotApi, calls: Calls, tmp_path: Path
) -> None:
    noisy_film(tmp_path / "film.mp4")
    large = (tmp_path / "film.mp4").stat().st_size
    film = Attachment("video", tmp_path / "film.mp4", "video/mp4", "mug.mp4", "f" * 64, width=360, height=640)

    async def link(one: Attachment) -> str:
        return f"https://films.example/{one.sha256[:4]}"

    outlet = TelegramOutlet(bot, store.slots, calls, upload_limit=large // 3, link=link)
    try:
        await outlet.post(CHAT, message("Here it is", attachments=(film,)))
    finally:
        outlet.close()
    [shown] = api.shown(7)
    sent = api.files[shown.file_id]
    sizes = f"{len(sent) / 1e6:.1f} MB instead of {large / 1e6:.1f} MB"
    assert shown.text == f"Here it is\nThis copy is smaller so that it fits in here: {sizes}."
    assert shown.buttons == [[{"text": "⤓ Full quality (for 7 days)", "url": "https://films.example/ffff"}]]
    assert len(sent) <= large // 3
    (tmp_path / "sent.mp4").write_bytes(sent)
    assert len(pictures(tmp_path / "sent.mp4")) == FRAMES


async def test_a_film_that_is_refused_for_its_size_comes_smaller(
    bot: Bot, store: Store, api: BotApi, calls: Calls, tmp_path: Path
) -> None:
    noisy_film(tmp_path / "film.mp4")
    large = (tmp_path / "film.mp4").stat().st_size
    film = Attachment("video", tmp_path / "film.mp4", "video/mp4", "mug.mp4", "f" * 64, width=360, height=640)

    def small_door(method: str, fields: dict[str, Any]) -> Exception | None:
        wide = all(len(value) <= large // 2 for value in fields.values() if isinstance(value, bytes))
        return None if wide else Refused(413, "Request Entity Too Large")

    api.trouble = small_door
    outlet = TelegramOutlet(bot, store.slots, calls)
    try:
        await outlet.post(CHAT, message("Here it is", attachments=(film,)))
        await outlet.post(CHAT, message("And again", attachments=(replace(film, sha256="e" * 64),)))
    finally:
        outlet.close()
    first, second = api.shown(7)
    assert "This copy is smaller so that it fits in here" in first.text
    assert len(api.files[first.file_id]) <= large // 3
    assert "This copy is smaller" in second.text
    assert [call.refused for call in api.calls if call.method == "sendVideo"] == ["Request Entity Too Large", "", ""]


async def test_a_film_that_cannot_be_made_to_fit_is_named_and_linked(
    bot: Bot, store: Store, api: BotApi, calls: Calls, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(b"this is no film" * 10_000)
    film = Attachment("video", tmp_path / "film.mp4", "video/mp4", "mug.mp4", "f" * 64, width=360, height=640)

    async def link(one: Attachment) -> str:
        return f"https://films.example/{one.sha256[:4]}"

    outlet = TelegramOutlet(bot, store.slots, calls, upload_limit=100_000, link=link)
    try:
        await outlet.post(CHAT, message("Here it is", attachments=(film,)))
    finally:
        outlet.close()
    [shown] = api.shown(7)
    assert (shown.kind, shown.text) == ("text", "Here it is\nmug.mp4 is too large to be shown here (0.1 MB).")
    assert shown.buttons == [[{"text": "⤓ Full quality (for 7 days)", "url": "https://films.example/ffff"}]]


async def test_a_file_is_uploaded_once_and_then_known_by_its_id(
    api: BotApi, outlet: TelegramOutlet, video: Attachment
) -> None:
    await outlet.post(CHAT, message("one", attachments=(video,)))
    await outlet.post("telegram:8", message("two", attachments=(video,)))
    first, second = api.shown(7)[0], api.shown(8)[0]
    assert second.fields["video"] == first.file_id


async def test_a_file_that_telegram_forgot_is_uploaded_again(
    api: BotApi, outlet: TelegramOutlet, video: Attachment
) -> None:
    await outlet.post(CHAT, message("one", attachments=(video,)))
    api.files.clear()
    await outlet.post(CHAT, message("two", attachments=(video,)))
    assert len(api.shown(7)) == 2


async def test_a_deleted_message_is_posted_anew(api: BotApi, outlet: TelegramOutlet) -> None:
    number = await outlet.post(CHAT, message("Rendering"))
    api.messages.clear()
    after = await outlet.edit(CHAT, number, message("Done"))
    assert after != number
    assert [one.text for one in api.shown(7)] == ["Done"]


async def test_a_card_that_belongs_below_what_the_seller_sent_is_moved_there(
    api: BotApi, outlet: TelegramOutlet
) -> None:
    card = message("One photo.", below=True)
    shown = await outlet.post("telegram:7", card)
    photo = await api.write(7, 70, photo=b"a")
    outlet.wrote("telegram:7", photo)
    moved = await outlet.edit("telegram:7", shown, card)
    assert [one.number for one in api.shown(7)] == [int(moved[1:])]
    assert int(moved[1:]) > photo
    assert await outlet.edit("telegram:7", moved, message("Two photos.", below=True)) == moved
    assert await outlet.edit("telegram:7", moved, message("Three photos.")) == moved
    outlet.wrote("telegram:7", await api.write(7, 70, photo=b"b"))
    assert await outlet.edit("telegram:7", moved, message("Four photos.")) == moved, "others stay where they are"


async def test_documents_go_as_an_album(api: BotApi, outlet: TelegramOutlet, tmp_path: Path) -> None:
    files = []
    for name in ("film.srt", "film.vtt"):
        (tmp_path / name).write_text(name)
        files.append(Attachment(kind="document", path=tmp_path / name, media_type="text/plain", name=name, sha256=name))
    await outlet.post(CHAT, message("", attachments=tuple(files)))
    assert [one.kind for one in api.shown(7)] == ["document", "document"]


async def test_words_that_announce_files_stand_above_them_and_come_once(
    api: BotApi, outlet: TelegramOutlet, tmp_path: Path
) -> None:
    files = []
    for name in ("film.srt", "cover.jpg"):
        (tmp_path / name).write_text(name)
        files.append(Attachment(kind="document", path=tmp_path / name, media_type="text/plain", name=name, sha256=name))
    pack = message("To post with it", attachments=tuple(files), key="telegram:7/job/post")
    api.trouble = lambda method, fields: Refused(400, "Bad Request: oops") if method == "sendMediaGroup" else None
    with pytest.raises(ChatError):
        await outlet.post(CHAT, pack)
    assert api.shown(7) == [], "not half of it"
    api.trouble = lambda method, fields: None
    await outlet.post(CHAT, pack)
    assert [one.kind for one in api.shown(7)] == ["text", "document", "document"]


async def test_a_post_whose_answer_was_lost_is_seen_once(api: BotApi, outlet: TelegramOutlet, calls: Calls) -> None:
    calls.saw(7, await api.write(7, 7, text="hi"))
    api.trouble = once("sendMessage", "sendMessage", trouble=AnswerLost())
    number = await outlet.post(CHAT, message("Your film"))
    [shown] = api.shown(7)
    assert number == f"t{shown.number}"


async def test_looking_for_a_lost_post_touches_nobody_elses_message(
    api: BotApi, outlet: TelegramOutlet, calls: Calls
) -> None:
    calls.saw(7, await api.write(7, 7, text="hi"))

    def spoil(method: str, fields: dict[str, Any]) -> Exception | None:
        if method == "sendMessage" and not theirs:
            theirs.append(True)
            return AnswerLost()
        return None

    theirs: list[bool] = []
    api.trouble = spoil
    await outlet.post(CHAT, message("Your film"))
    assert [one.text for one in api.messages.values() if not one.by_bot] == ["hi"]


async def test_a_wait_that_telegram_asks_for_is_kept(api: BotApi, outlet: TelegramOutlet, waits: Waits) -> None:
    api.trouble = once("sendMessage", trouble=Refused(429, "Too Many Requests: retry after 7", retry_after=7))
    await outlet.post(CHAT, message("hello"))
    assert waits.seconds == [pytest.approx(7.1)]
    assert len(api.shown(7)) == 1


async def test_a_blocked_bot_is_a_closed_chat(api: BotApi, outlet: TelegramOutlet) -> None:
    api.trouble = once("sendMessage", trouble=Refused(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(ChatClosed):
        await outlet.post(CHAT, message("hello"))


async def test_a_network_that_stays_away_is_an_error_of_the_chat(api: BotApi, outlet: TelegramOutlet) -> None:
    api.trouble = lambda method, fields: Refused(502, "Bad Gateway")
    with pytest.raises(ChatError):
        await outlet.post(CHAT, message("hello"))


async def test_a_group_that_moved_is_followed_and_known_by_its_old_number(api: BotApi, outlet: TelegramOutlet) -> None:
    moved = Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)
    api.trouble = lambda method, fields: moved if str(fields.get("chat_id")) == "-9" else None
    await outlet.post("telegram:-9", message("one"))
    await outlet.post("telegram:-9", message("two"))
    assert [one.text for one in api.shown(-1009)] == ["one", "two"]
    assert await outlet.known_as(-1009) == -9


async def test_a_topic_keeps_its_messages(api: BotApi, outlet: TelegramOutlet) -> None:
    await outlet.post("telegram:-100:5", message("in the topic"))
    assert api.shown(-100)[0].topic == 5


async def test_retiring_takes_the_buttons_off_and_a_gone_message_is_fine(api: BotApi, outlet: TelegramOutlet) -> None:
    number = await outlet.post(CHAT, message("Which?", rows=((Key("Calm", "t", "c"),),)))
    await outlet.retire(CHAT, number)
    await outlet.retire(CHAT, number)
    assert api.shown(7)[0].buttons == []
    api.messages.clear()
    await outlet.retire(CHAT, number)


def test_groups_are_edited_less_often(outlet: TelegramOutlet) -> None:
    assert outlet.limits("telegram:7").edit_seconds == 1.5
    assert outlet.limits("telegram:-7").edit_seconds == 4.0


@given(st.text(max_size=6000), st.integers(2, 4096))
def test_any_text_is_cut_to_the_limit_between_characters(text: str, limit: int) -> None:
    text = text.encode("utf-8", "ignore").decode()  # Telegram carries no lone surrogates
    cut = shorten(text, limit)
    assert units(cut) <= limit
    cut.encode()
    assert cut == text or cut.endswith("…")


def test_a_text_too_long_to_copy_is_shown_instead() -> None:
    caption = "word " * 100
    long = message("Post this", rows=((CopyKey("Caption", caption),),))
    assert keyboard(long) is None
    assert caption.strip() in words(long, 4096)


@pytest.mark.parametrize("key", ["telegram:123", "telegram:-100123", "telegram:-100123:7"])
def test_a_place_and_its_key_are_the_same_thing(key: str) -> None:
    assert Place.parse(key).key == key
