"""Cards become messages: files, tokens, languages; what is shown once stays as it is."""

from __future__ import annotations

from bot.dialogue.cards import (
    Action,
    Button,
    Card,
    CopyButton,
    Document,
    LinkButton,
    Picture,
    Sound,
    Verb,
    Video,
    phrase,
)
from bot.outlet import CopyKey, Key, LinkKey
from storage.store import Store
from tests.bot.conftest import SELLER, Bot
from tests.bot.material import artifact


async def test_a_video_comes_with_all_that_chats_need_to_show_it(bot: Bot, store: Store) -> None:
    video = await store.blobs.put_bytes(b"film" * 100, "video/mp4")
    cover = await store.blobs.put_bytes(b"cover", "image/jpeg")
    medium = Video(video=video, cover=cover, width=1080, height=1920, seconds=15.2, name="mug-tall")
    card = Card(slot="v", topic="film", lines=(phrase("verbatim", text="TikTok"),), media=(medium,))
    await bot.presenter.show(SELLER.chat, card, locale="en")
    (shown,) = bot.screen.message("film").attachments
    assert (shown.kind, shown.name, shown.width, shown.height, shown.seconds) == (
        "video",
        "mug-tall.mp4",
        1080,
        1920,
        15.2,
    )
    assert shown.path.read_bytes() == b"film" * 100
    assert shown.cover is not None
    assert shown.cover.read_bytes() == b"cover"
    assert shown.size == 400
    assert shown.sha256 == video.sha256


async def test_pictures_sounds_and_documents_are_named(bot: Bot, store: Store) -> None:
    file = await store.blobs.put_bytes(b"x", "application/x-subrip")
    picture = Picture(image=await store.blobs.put_bytes(b"y", "image/jpeg"))
    sound = Sound(audio=await store.blobs.put_bytes(b"z", "audio/mpeg"), title=phrase("sample-title"))
    for medium in (Document(file=file, name="mug.srt"), picture, sound):
        await bot.presenter.show(SELLER.chat, Card(slot="", topic="t", lines=(), media=(medium,)), locale="de")
    names = [(one.kind, one.name, one.title) for message in bot.screen.messages.values() for one in message.attachments]
    assert names == [
        ("document", "mug.srt", ""),
        ("picture", "picture.jpg", ""),
        ("sound", "voice.mp3", "Deine erste Zeile"),
    ]


async def test_a_file_that_is_gone_is_told_and_nothing_breaks(bot: Bot) -> None:
    card = Card(slot="v", topic="board", lines=(phrase("board"),), media=(Picture(image=artifact("lost")),))
    await bot.presenter.show(SELLER.chat, card, locale="en")
    assert bot.screen.message("board").text == "The storyboard\n(The file is no longer there.)"


async def test_what_is_shown_once_is_neither_posted_nor_edited_again(bot: Bot) -> None:
    card = Card(slot="v", topic="film", lines=(phrase("board"),), once=True)
    await bot.presenter.show(SELLER.chat, card, locale="en")
    await bot.presenter.show(SELLER.chat, card, locale="en")
    assert bot.screen.calls == [("post", "film")]


async def test_the_same_slot_is_the_same_message_and_a_job_has_slots_of_its_own(bot: Bot) -> None:
    card = Card(slot="progress", topic="progress", lines=(phrase("starting"),))
    for job in ("", "", "j1", "j1", "j2"):
        await bot.presenter.show(SELLER.chat, card.model_copy(update={"job": job}), locale="en")
    assert [how for how, _ in bot.screen.calls] == ["post", "edit", "post", "edit", "post"]


async def test_buttons_carry_a_token_and_say_what_they_do(bot: Bot) -> None:
    row = (
        Button(label=phrase("make"), action=Action(verb=Verb.MAKE)),
        CopyButton(label=phrase("copy-title"), text="A mug, quietly"),
    )
    card = Card(slot="q", topic="review", lines=(), rows=(row,), turn=4, typing=phrase("review-typing"))
    await bot.presenter.show(SELLER.chat, card, locale="fr")
    key, copy = bot.screen.message("review").rows[0]
    assert isinstance(key, Key)
    assert isinstance(copy, CopyKey)
    assert (key.label, key.code) == ("🎬 Faire ma vidéo", "mk")
    assert (copy.label, copy.text) == ("Copier le titre", "A mug, quietly")
    assert bot.screen.message("review").typing == "« ok » pour commencer"


async def test_a_link_is_a_button_in_the_sellers_language(bot: Bot) -> None:
    link = LinkButton(label=phrase("open-post", place=phrase("platform-youtube")), address="https://youtu.be/1")
    await bot.presenter.show(SELLER.chat, Card(slot="q", topic="posted", lines=(), rows=((link,),)), locale="de")
    assert bot.screen.message("posted").rows == ((LinkKey("↗ Auf YouTube öffnen", "https://youtu.be/1"),),)


async def test_buttons_are_taken_off_the_message_of_a_slot(bot: Bot) -> None:
    await bot.presenter.show(SELLER.chat, Card(slot="q", topic="t", lines=(phrase("gap"),)), locale="en")
    await bot.presenter.retire(SELLER.chat, "q")
    await bot.presenter.retire(SELLER.chat, "never shown")
    assert bot.screen.retired == ["1"]


async def test_news_of_the_making_does_not_come_after_what_was_made(bot: Bot) -> None:
    bot.screen.edit_seconds = 0.6
    news = [
        Card(slot=slot, topic=slot, lines=(phrase("board"),), job=job, patient=True)
        for slot, job in (("progress", "j1"), ("board", "j1"), ("board", "j2"))
    ]
    for card in news:
        await bot.presenter.show(SELLER.chat, card, locale="en")
    done = Card(slot="progress", topic="done", lines=(phrase("film-menu"),), job="j1")
    await bot.presenter.show(SELLER.chat, done, locale="en")
    await bot.screen.until("board")
    assert bot.screen.calls == [("post", "progress"), ("edit", "done"), ("post", "board")], "only that of the other job"
