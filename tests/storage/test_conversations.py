"""Sessions, slots, deliveries and the inbox: what lets a bot die in the middle of anything."""

from __future__ import annotations

import asyncio

import pytest

from storage.config import StorageSettings
from storage.database import Database
from storage.inbox import Update
from storage.sessions import Sessions
from storage.store import Store


async def test_a_session_is_what_was_saved_last(store: Store) -> None:
    assert await store.sessions.load("telegram:1") is None
    await store.sessions.save("telegram:1", '{"turn": 1}', seller="telegram:u1")
    await store.sessions.save("telegram:1", '{"turn": 2}', seller="telegram:u1")
    await store.sessions.save("discord:1", '{"turn": 9}')
    assert await store.sessions.load("telegram:1") == '{"turn": 2}'
    await store.sessions.drop("telegram:1")
    assert await store.sessions.load("telegram:1") is None
    assert await store.sessions.load("discord:1") == '{"turn": 9}'


async def test_a_dropped_session_names_the_files_that_nobody_needs_now(store: Store) -> None:
    photo = await store.blobs.put_bytes(b"photo", "image/jpeg")
    shared = await store.blobs.put_bytes(b"shared", "image/jpeg")
    both = f"[{photo.model_dump_json()}, {shared.model_dump_json()}]"
    await store.sessions.save("a", both, seller="a")
    await store.sessions.save("b", shared.model_dump_json(), seller="b")
    assert await store.sessions.drop("a") == (photo.sha256,)
    assert await store.sessions.drop("b") == (shared.sha256,)


async def test_one_chats_events_are_taken_one_by_one(store: Store) -> None:
    inside = 0
    most: dict[str, int] = {"same": 0, "other": 0}

    async def event(chat: str, kind: str, sessions: Sessions) -> None:
        nonlocal inside
        async with sessions.lock(chat):
            inside += 1
            most[kind] = max(most[kind], inside)
            await asyncio.sleep(0)
            await sessions.save(chat, "{}")
            inside -= 1

    await asyncio.gather(*(event("chat", "same", store.sessions) for _ in range(12)))
    assert most["same"] == 1
    await asyncio.gather(*(event(f"chat {at}", "other", store.sessions) for at in range(12)))
    assert most["other"] > 1


async def test_with_postgresql_another_process_waits_for_a_chats_lock(settings: StorageSettings, store: Store) -> None:
    if store.database.sqlite:
        pytest.skip("one process serves a chat there")
    other = Database(settings.database, pool=2)
    entered = asyncio.Event()

    async def elsewhere() -> None:
        async with Sessions(other).lock("chat"):
            entered.set()

    async with store.sessions.lock("chat"):
        task = asyncio.create_task(elsewhere())
        for _ in range(5):
            await store.sessions.load("chat")
        assert not entered.is_set()
    await asyncio.wait_for(task, 10)
    await other.close()


async def test_a_slot_is_in_the_message_noted_last(store: Store) -> None:
    assert await store.slots.find("chat", "photos") is None
    await store.slots.note("chat", "photos", "10")
    await store.slots.note("chat", "photos", "11")
    await store.slots.note("chat", "review", "12")
    await store.slots.note("other", "photos", "13")
    assert await store.slots.find("chat", "photos") == "11"
    await store.slots.clear("chat")
    assert await store.slots.find("chat", "review") is None
    assert await store.slots.find("other", "photos") == "13"


async def test_a_delivery_is_found_again(store: Store) -> None:
    assert await store.deliveries.find("job", "tiktok") is None
    await store.deliveries.note("job", "tiktok", "5")
    await store.deliveries.note("job", "tiktok", "6")
    assert await store.deliveries.find("job", "tiktok") == "6"
    assert await store.deliveries.settled("a job that was deleted")


async def test_an_update_is_taken_once_and_handled_in_order(store: Store) -> None:
    assert await store.inbox.put("telegram", 7, "first")
    assert await store.inbox.put("telegram", 6, "second")
    assert not await store.inbox.put("telegram", 7, "first again")
    assert await store.inbox.put("discord", 7, "elsewhere")
    assert await store.inbox.pending("telegram") == (
        Update(update_id="7", payload="first"),
        Update(update_id="6", payload="second"),
    )
    await store.inbox.done("telegram", 7)
    assert [update.update_id for update in await store.inbox.pending("telegram")] == ["6"]
    assert not await store.inbox.put("telegram", 7, "replayed")
    assert len(await store.inbox.pending("telegram")) == 1


async def test_replayed_updates_at_once_are_taken_once(store: Store) -> None:
    taken = await asyncio.gather(*(store.inbox.put("telegram", 1, "x") for _ in range(20)))
    assert taken.count(True) == 1


async def test_pruning_keeps_what_was_not_handled(store: Store) -> None:
    await store.inbox.put("telegram", 1, "handled")
    await store.inbox.put("telegram", 2, "waits")
    await store.inbox.done("telegram", 1)
    await store.inbox.prune(days=-1)
    assert [update.update_id for update in await store.inbox.pending("telegram")] == ["2"]
    assert await store.inbox.put("telegram", 1, "forgotten by now")
