"""What networks change of the installation's logins outlives processes, and sellers."""

from __future__ import annotations

from storage.store import Store


async def test_the_newest_is_found(store: Store) -> None:
    assert await store.logins.find("tiktok") is None
    await store.logins.keep("tiktok", "sealed-1")
    await store.logins.keep("tiktok", "sealed-2")
    await store.logins.keep("another", "sealed-3")
    assert await store.logins.find("tiktok") == "sealed-2"


async def test_a_login_is_no_sellers_and_stays_when_they_go(store: Store) -> None:
    await store.logins.keep("tiktok", "sealed-1")
    await store.forget("telegram:u1")
    assert await store.logins.find("tiktok") == "sealed-1"
