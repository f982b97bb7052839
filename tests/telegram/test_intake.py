"""What people do in Telegram reaches the conversation once, and every press is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx
import pytest
import structlog
from aiohttp import web

from bot.dialogue.events import Command, Commanded, Edited, OtherSent, PhotoRefused, TextSent
from bot.dialogue.phrases import Phrases
from bot.inlet import Reply, Verdict
from bot.outlet import Key, Message
from storage.inbox import Update
from storage.store import Store
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import AnswerLost
from tests.fakes.notebook import Notebook
from tests.telegram.chatting import serving

RETRYING = httpx.AsyncHTTPTransport(retries=6)  # the server is up a moment after Telegram was told


async def test_text_and_commands_arrive_with_who_and_where(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, language="de", text="/start invite-1")
        await api.write(-5, 70, text="a mug", topic=3)
        await api.write(7, 70, text="/unknown thing")
        assert sorted(map(str, await desk.until(3))) == sorted(
            map(
                str,
                [
                    Commanded(command=Command.START, argument="invite-1"),
                    TextSent(text="a mug", overheard=True),
                    TextSent(text="/unknown thing"),
                ],
            )
        )
    senders = {(sender.chat, sender.seller, sender.locale) for sender, _ in desk.heard}
    assert senders == {
        ("telegram:7", "telegram:u70", "de"),
        ("telegram:-5:3", "telegram:u70", "en"),
        ("telegram:7", "telegram:u70", "en"),
    }


async def test_photos_and_files_are_fetched_with_their_captions(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, photo=b"as photo", caption="mug, 39 €")
        await api.write(7, 70, document=(b"as file", "IMG.HEIC"))
        whose = {"type": "hidden_user", "sender_user_name": "Kim", "date": 1_790_000_000}
        await api.write(7, 70, photo=b"forwarded", caption="a cup", forward_origin=whose)
        assert set(await desk.until(3)) == {
            (b"as photo", "mug, 39 €"),
            (b"as file", ""),
            (b"forwarded", "a cup"),
        }


async def test_a_chat_shows_that_a_photo_is_being_read(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        await api.write(-5, 70, photo=b"mug", topic=3)
        await desk.until(1)
    done = [call for call in api.calls if call.method in ("sendChatAction", "getFile")]
    assert [call.method for call in done] == ["sendChatAction", "getFile"]
    said = done[0].fields
    assert (said["action"], str(said["chat_id"]), str(said["message_thread_id"])) == ("typing", "-5", "3")


async def test_a_file_over_the_limit_is_explained_without_fetching_it(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, document=(b"x", "huge.tif", 2_100_000_000), caption="mug")
        assert await desk.until(1) == [PhotoRefused(reason="too_large", caption="mug")]
    assert api.count("getFile") == 0


async def test_a_file_that_turns_out_to_be_over_the_limit_is_not_loaded(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, document=(bytes(21 * 2**20), "huge.tif", 1))
        assert await desk.until(1) == [PhotoRefused(reason="too_large")]
    assert api.count("getFile") == 1


async def test_other_things_arrive_as_such_and_service_messages_do_not(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        await api.write(-5, 70, new_chat_title="Shop")
        await api.write(7, 70, location={"latitude": 1.0, "longitude": 2.0})
        assert await desk.until(1) == [OtherSent()]


async def test_an_animation_and_a_film_sent_as_a_file_are_no_photos_and_not_fetched(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        film = {"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1, "duration": 1}
        await api.write(7, 70, animation=film, document=(b"mp4", "mug.gif.mp4"), caption="a mug, 39 €")
        assert await desk.until(1) == [OtherSent(caption="a mug, 39 €")]
        await api.write(7, 70, document={**film, "mime_type": "video/quicktime"})
        assert (await desk.until(2))[1:] == [OtherSent()]
    assert api.count("getFile") == 0


async def test_a_mended_message_arrives_as_that(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        mended = _text_update("35 €")["message"]
        assert isinstance(mended, dict)
        await api.push({"edited_message": {**mended, "edit_date": 1_790_000_001}})
        assert await desk.until(1) == [Edited()]


async def test_what_is_written_after_a_photo_arrives_after_it_however_long_that_takes_to_fetch(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    fetched = asyncio.Event()
    serve_file = api._serve_file

    async def slowly(request: web.Request) -> web.Response:
        await fetched.wait()
        return await serve_file(request)

    api._serve_file = slowly  # type: ignore[method-assign]
    async with serving(api, store, desk):
        photo = await api.write(7, 70, photo=b"front")
        await api.write(7, 70, text="a mug")
        await api.write(8, 80, text="somebody else")
        assert await desk.until(1) == [TextSent(text="somebody else")], "others do not wait"
        fetched.set()
        assert (await desk.until(3))[1:] == [(b"front", ""), TextSent(text="a mug")]
    assert [sender.place for sender, what in desk.heard if what == (b"front", "")] == [photo]


async def test_every_press_is_answered_with_its_hint(api: BotApi, store: Store, desk: Notebook) -> None:
    desk.reply = Reply(Verdict.DONE, ("I'm already on that.",))
    async with serving(api, store, desk) as front:
        await front.post("telegram:7", _question())
        press = await api.press(api.shown(7)[0], "Calm", 71)
        answer = await api.until(lambda: api.answers.get(press))
    assert answer["text"] == "I'm already on that."
    assert answer.get("show_alert") != "true"


async def test_a_press_on_a_message_too_old_for_telegram_to_show_counts(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        person = {"id": 70, "is_bot": False, "first_name": "Sam", "language_code": "en"}
        old = {"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}
        query = {"id": "weeks later", "chat_instance": "1", "from": person, "data": "token-c", "message": old}
        await api.push({"callback_query": query})
        assert await desk.until(1) == ["token-c"]
        await api.until(lambda: "weeks later" in api.answers)
    assert desk.heard[0][0].chat == "telegram:7"


async def test_a_press_is_answered_even_while_its_work_goes_on(api: BotApi, store: Store, desk: Notebook) -> None:
    answered = asyncio.Event()
    desk.before = answered.wait
    async with serving(api, store, desk) as front:
        await front.post("telegram:7", _question())
        press = await api.press(api.shown(7)[0], "Calm", 70)
        await api.until(lambda: press in api.answers)
        assert desk.heard == []
        answered.set()
        assert await desk.until(1) == ["token-c"]


async def test_an_update_sent_twice_is_handled_once(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, text="once")
        await desk.until(1)
        await store.inbox.done("telegram:4242", "1")
        api._updates.append({**_text_update("once"), "update_id": 1})
        await api.write(7, 70, text="after")
        assert await desk.until(2) == [TextSent(text="once"), TextSent(text="after")]


async def test_what_was_not_handled_when_the_bot_died_is_handled_at_the_next_start(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    forever = asyncio.Event()
    reached = asyncio.Event()

    async def hang() -> None:
        reached.set()
        await forever.wait()

    desk.before = hang
    async with serving(api, store, desk):
        await api.write(7, 70, text="do not lose me")
        await asyncio.wait_for(reached.wait(), 20)
        assert [one.update_id for one in await store.inbox.pending("telegram:4242")] == ["1"]
        again = Notebook()
        async with serving(api, store, again):
            assert await again.until(1) == [TextSent(text="do not lose me")]
        forever.set()


LONGEST = {"commands": 100, "description": 512, "short_description": 120}  # what Telegram takes


def by_command(api: BotApi) -> list[dict[str, str]]:
    return next(call.fields["commands"] for call in api.calls if call.method == "setMyCommands")


async def test_commands_and_descriptions_are_set_in_every_language(api: BotApi, store: Store, desk: Notebook) -> None:
    async with serving(api, store, desk):
        await api.write(7, 70, text="hi")
        await desk.until(1)
    told = {
        "setMyCommands": "commands",
        "setMyDescription": "description",
        "setMyShortDescription": "short_description",
    }
    for method, field in told.items():
        by_language = {c.fields.get("language_code"): c.fields[field] for c in api.calls if c.method == method}
        assert set(by_language) == {None, *Phrases().locales}
        assert by_language[None] == by_language["en"], "who speaks none of them is told in English"
        assert len({str(said) for said in by_language.values()}) == len(Phrases().locales), "each in its own words"
        assert max(len(said) for said in by_language.values()) <= LONGEST[field]
    assert {str(one["command"]) for one in by_command(api)} == set(Command)
    [menu] = [call.fields["menu_button"] for call in api.calls if call.method == "setChatMenuButton"]
    assert menu == {"type": "commands"}
    assert all(not call.refused for call in api.calls)


async def test_the_webhook_takes_updates_only_with_its_secret(
    api: BotApi, store: Store, desk: Notebook, unused_tcp_port: int
) -> None:
    where = {"webhook_url": "https://shop.example/hook", "webhook_port": unused_tcp_port}
    async with serving(api, store, desk, **where), httpx.AsyncClient(transport=RETRYING) as client:
        await api.until(lambda: api.webhook)
        path = str(api.webhook["url"]).rsplit("/", 1)[1]
        here = f"http://127.0.0.1:{unused_tcp_port}/{path}"
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(api.webhook["secret_token"])}
        update = {**_text_update("by webhook"), "update_id": 9}
        assert (
            await client.post(here, json=update, headers={**headers, "X-Telegram-Bot-Api-Secret-Token": "no"})
        ).status_code == 403
        assert (await client.post(here, json=update, headers=headers)).status_code == 200
        assert await desk.until(1) == [TextSent(text="by webhook")]
    assert len(path) >= 32


async def test_an_update_that_cannot_be_read_is_passed_over_and_the_others_go_on(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    with structlog.testing.capture_logs() as logs:
        async with serving(api, store, desk):
            await api.push({"message": {"message_id": "no number", "chat": "nor a chat", "text": "a secret wish"}})
            await api.write(7, 70, text="a mug")
            assert await desk.until(1) == [TextSent(text="a mug")]
            await api.until(lambda: api.waiting() == 0)
        async with serving(api, store, desk):  # nor does it stand in the way of the next start
            await api.write(7, 70, text="a cup")
            assert await desk.until(2) == [TextSent(text="a mug"), TextSent(text="a cup")]
    [left_out] = [one for one in logs if "could not be read" in one["event"]]
    assert (left_out["update"], left_out["holds"]) == ("1", ["message", "update_id"])
    assert left_out["reference"]
    assert "secret" not in str(logs)
    assert await store.inbox.pending("telegram:4242") == ()


async def test_a_webhook_call_that_cannot_be_read_is_confirmed(
    api: BotApi, store: Store, desk: Notebook, unused_tcp_port: int
) -> None:
    where = {"webhook_url": "https://shop.example/hook", "webhook_port": unused_tcp_port}
    async with serving(api, store, desk, **where), httpx.AsyncClient(transport=RETRYING) as client:
        await api.until(lambda: api.webhook)
        here = f"http://127.0.0.1:{unused_tcp_port}/{str(api.webhook['url']).rsplit('/', 1)[1]}"
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(api.webhook["secret_token"])}
        odd = await client.post(here, json={"update_id": 8, "message": ["not", "a", "message"]}, headers=headers)
        nothing = await client.post(here, content=b"no JSON", headers=headers)
        assert (odd.status_code, nothing.status_code) == (200, 400)
        await client.post(here, json={**_text_update("a mug"), "update_id": 9}, headers=headers)
        assert await desk.until(1) == [TextSent(text="a mug")]


async def test_updates_that_come_together_are_written_down_by_one_commit(
    api: BotApi, store: Store, desk: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    put_all = store.inbox.put_all

    async def count(source: str, updates: Sequence[Update]) -> tuple[Update, ...]:
        together.append(len(updates))
        return await put_all(source, updates)

    monkeypatch.setattr(type(store.inbox), "put_all", staticmethod(count))
    for at in range(30):
        await api.write(7, 70, text=f"text {at}")
    async with serving(api, store, desk):
        assert len(await desk.until(30)) == 30
    assert together[0] == 30


async def test_an_answer_lost_on_the_way_to_a_press_breaks_nothing(api: BotApi, store: Store, desk: Notebook) -> None:
    api.trouble = lambda method, fields: AnswerLost() if method == "answerCallbackQuery" else None
    async with serving(api, store, desk) as front:
        await front.post("telegram:7", _question())
        await api.press(api.shown(7)[0], "Calm", 70)
        await api.write(7, 70, text="still there?")
        assert TextSent(text="still there?") in await desk.until(2)


def _question() -> Message:
    return Message(topic="tone", text="Which tone?", rows=((Key("Calm", "token-c", "c=calm"),),))


def _text_update(text: str) -> dict[str, object]:
    person = {"id": 70, "is_bot": False, "first_name": "Sam", "language_code": "en"}
    chat = {"id": 7, "type": "private", "first_name": "Sam"}
    return {"message": {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": person, "text": text}}


async def test_the_rest_of_a_text_that_telegram_cut_in_two_is_no_answer_to_the_next_question(
    api: BotApi, store: Store, desk: Notebook
) -> None:
    async with serving(api, store, desk):
        for text in ("a mug " * 680, "and so on " * 50, "that is all"):
            await api.write(7, 70, text=text)
        assert await desk.until(2) == [TextSent(text="a mug " * 680), TextSent(text="that is all")]
