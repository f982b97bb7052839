"""Every text survives Discord's markup, and fits."""

from __future__ import annotations

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.discord.limits import IN_THREADS, may_fetch, missing
from bot.frontends.discord.render import escape, face, shorten, shortened, unescape, view
from bot.outlet import Key, LinkKey, Message

TEXTS = st.text(st.sampled_from("ab1 .*_~`|<>[]()#-+>:/@\\\n"), max_size=60) | st.text(max_size=60)


@given(TEXTS)
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(TEXTS)
def test_no_markup_is_left(text: str) -> None:
    left = escape(text).replace("\\\\", "")
    assert not any(mark in left.replace(f"\\{mark}", "") for mark in "*_~`|<>[]")
    assert "http://" not in left


@given(TEXTS, st.integers(2, 80))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, limit: int) -> None:
    done = shortened(text, limit)
    assert len(done) <= limit
    assert text.startswith(unescape(done).removesuffix("…").rstrip())


def test_shortening_says_that_something_is_missing() -> None:
    assert shorten("a mug from Porto", 6) == "a mug…"


def test_permissions_are_named_as_discord_names_them() -> None:
    from discord import Permissions

    assert missing(Permissions.none(), IN_THREADS) == (
        "View Channel",
        "Embed Links",
        "Attach Files",
        "Read Message History",
        "Send Messages in Threads",
    )
    assert missing(Permissions(administrator=True), IN_THREADS) == ()


def test_attachments_are_fetched_only_from_discord() -> None:
    hosts = frozenset({"cdn.discordapp.com"})
    assert may_fetch("https://cdn.discordapp.com/attachments/1/2/a.jpg?ex=1", hosts)
    for url in (
        "http://cdn.discordapp.com/a.jpg",
        "https://cdn.discordapp.com.evil.example/a.jpg",
        "https://cdn.discordapp.com@evil.example/a.jpg",
        "https://user@cdn.discordapp.com/a.jpg",
        "https://cdn.discordapp.com:8443/a.jpg",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ):
        assert not may_fetch(url, hosts), url


async def test_a_link_is_a_button_that_opens_it() -> None:
    rows = ((Key("Publish", "token-p", "m.f1=publish"),), (LinkKey("Open on YouTube", "https://youtu.be/1"),))
    shown = view(face(Message(topic="film-menu", text="Happy?", rows=rows), lambda key: key), lambda key: key)
    assert [(item.label, item.url) for item in shown.children if isinstance(item, discord.ui.Button)] == [
        ("Publish", None),
        ("Open on YouTube", "https://youtu.be/1"),
    ]
