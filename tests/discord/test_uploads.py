"""Files in Discord fit the place that they are shown in; what does not is explained, and linked to where it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import av
import httpx
import pytest

from bot.frontends.discord.client import DiscordFrontEnd
from bot.frontends.discord.limits import DEFAULT_UPLOAD, ENVELOPE, LEAST_UPLOAD, MEBIBYTE
from bot.frontends.discord.render import NOTES, TEXT
from bot.frontends.links import for_everybody, links_of
from bot.outlet import Attachment, Message
from storage.blobs import FileStore, open_blobs
from storage.store import Store
from tests.discord.conftest import serving
from tests.discord.films import attachment
from tests.fakes.discord_people import Person, lines
from tests.fakes.discord_values import Refused
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.films import FRAMES, noisy_film
from tests.fakes.logs import logged
from tests.fakes.notebook import Notebook
from tests.fakes.s3 import bucket, service

CHAT, DM = "discord:70000", 70000
LINK = re.compile(r"-# \[Full quality \(the link works for 7 days\)\]\(<(\S+)>\)")


def message(text: str, *attachments: Attachment) -> Message:
    return Message(topic="film", text=text, key=text, attachments=attachments)


@pytest.fixture(autouse=True)
def seller(sam: Person) -> Person:
    return sam


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with service() as address:
        yield address


@pytest.fixture
def film(tmp_path: Path) -> Attachment:
    noisy_film(tmp_path / "film.mp4")
    return attachment(tmp_path / "film.mp4", size=(tmp_path / "film.mp4").stat().st_size)


@pytest.fixture
def files(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A file store in S3."""
    return open_blobs(bucket(s3, tmp_path / "home", monkeypatch))


async def test_a_film_over_the_limit_comes_as_a_smaller_copy_that_plays(
    wire: DiscordWire, front: DiscordFrontEnd, film: Attachment
) -> None:
    limit = film.size // 2
    front.sizes.note(DM, limit + ENVELOPE)
    await front.post(CHAT, message("Your film", film))
    [shown] = wire.shown(DM)
    data = next(data for name, data in wire.uploads.items() if name.endswith("film.mp4"))
    assert 0.3 * limit < len(data) <= limit
    film.path.with_name("copy.mp4").write_bytes(data)
    with av.open(str(film.path.with_name("copy.mp4"))) as copy:
        assert sum(1 for _ in copy.decode(video=0)) == FRAMES
    sizes = f"{len(data) / 1e6:.1f} MB instead of {film.size / 1e6:.1f} MB"
    assert shown["content"] == f"Your film\n-# This copy is smaller so that it fits in here: {sizes}."


async def test_where_files_are_in_s3_a_link_downloads_the_whole_film_and_no_log_knows_it(
    wire: DiscordWire, store: Store, desk: Notebook, film: Attachment, files: FileStore
) -> None:
    await files.put(film.path, film.media_type)
    with logged() as said:
        async with serving(wire, store, desk, link=links_of(files, reached=lambda address: True)) as front:
            front.sizes.note(DM, film.size // 2 + ENVELOPE)
            left = [Refused(500, 0, "again"), Refused(429, 0, "slow", retry_after=0.05, **{"global": False})]
            wire.trouble = lambda call: left.pop() if left and call.path.endswith("/messages") else None
            await front.post(CHAT, message("Your film", film))
            wire.trouble = lambda call: Refused(400, 50035, "Invalid Form Body") if "/messages" in call.path else None
            with pytest.raises(Exception, match="50035"):
                await front.post(CHAT, message("Your other film", film))
    found = LINK.search(wire.shown(DM)[0]["content"])
    assert found is not None
    async with httpx.AsyncClient() as client:
        answer = await client.get(found[1])
    assert answer.content == film.path.read_bytes()
    assert answer.headers["content-disposition"] == 'attachment; filename="film.mp4"'
    assert "a film was made smaller" in said.getvalue()
    assert "X-Amz" not in said.getvalue()


async def test_a_film_whose_link_cannot_be_made_is_shown_all_the_same(
    wire: DiscordWire, store: Store, desk: Notebook, film: Attachment, files: FileStore
) -> None:
    """The film was never stored there."""
    async with serving(wire, store, desk, link=links_of(files, reached=lambda address: True)) as front:
        front.sizes.note(DM, film.size // 2 + ENVELOPE)
        await front.post(CHAT, message("Your film", film))
    [shown] = wire.shown(DM)
    assert len(shown["attachments"]) == 1
    assert "Full quality" not in shown["content"]


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("https://films.s3.eu-central-1.amazonaws.com/ab/abcd?X-Amz-Signature=1", True),
        ("https://8.8.8.8:9000/films/ab", True),
        ("http://minio:9000/films/ab", False),
        ("http://127.0.0.1:9000/films/ab", False),
        ("http://10.0.0.7/films/ab", False),
        ("http://[::1]/films/ab", False),
        ("http://store.internal/films/ab", False),
        ("", False),
    ],
)
def test_only_addresses_that_sellers_reach_are_handed_out(address: str, reached: bool) -> None:
    assert for_everybody(address) is reached


async def test_a_link_that_is_too_long_for_a_message_stands_below_it(
    wire: DiscordWire, store: Store, desk: Notebook, film: Attachment
) -> None:
    """Links signed with passing credentials hold a token of a thousand characters and more."""

    async def link(one: Attachment) -> str:
        return f"https://films.example/{'x' * TEXT}"

    async with serving(wire, store, desk, link=link) as front:
        front.sizes.note(DM, film.size // 2 + ENVELOPE)
        await front.post(CHAT, message("Your film", film))
    [shown] = wire.shown(DM)
    assert shown["content"] == "Your film"
    assert len(shown["embeds"][0]["description"]) > NOTES
    found = LINK.search(shown["embeds"][0]["description"])
    assert found is not None
    assert len(found[1]) > TEXT


@pytest.mark.parametrize("kind", ["picture", "document", "sound"])
async def test_what_cannot_be_made_smaller_stays_away_with_a_line_and_the_rest_is_shown(
    wire: DiscordWire, front: DiscordFrontEnd, tmp_path: Path, kind: str
) -> None:
    front.sizes.note(DM, 100_000 + ENVELOPE)
    (tmp_path / "board_1.jpg").write_bytes(b"0" * 120_000)
    (tmp_path / "words.srt").write_bytes(b"1")
    big, small = attachment(tmp_path / "board_1.jpg", kind), attachment(tmp_path / "words.srt", "document")
    await front.post(CHAT, message("To post with it", big, small))
    [shown] = wire.shown(DM)
    assert [one["filename"] for one in shown["attachments"]] == ["words.srt"]
    assert shown["content"] == "To post with it\n-# board\\_1.jpg is too large to be shown here (0.1 MB)."


async def test_a_film_that_cannot_be_made_smaller_stays_away_with_a_line(
    wire: DiscordWire, front: DiscordFrontEnd, tmp_path: Path
) -> None:
    front.sizes.note(DM, 1_000_000 + ENVELOPE)
    (tmp_path / "film.mp4").write_bytes(b"not a film" * 200_000)
    await front.post(CHAT, message("Your film", attachment(tmp_path / "film.mp4")))
    [shown] = wire.shown(DM)
    assert shown["attachments"] == []
    assert shown["content"] == "Your film\n-# film.mp4 is too large to be shown here (2 MB)."


@pytest.mark.parametrize(("takes", "shown_files", "known"), [(10, 1, DEFAULT_UPLOAD), (1, 0, LEAST_UPLOAD)])
async def test_a_place_that_takes_less_than_it_said_gets_less(
    wire: DiscordWire, front: DiscordFrontEnd, tmp_path: Path, takes: int, shown_files: int, known: int
) -> None:
    wire.places[DM].limit = takes * MEBIBYTE
    front.sizes.note(DM, 50 * MEBIBYTE)
    (tmp_path / "sheet.jpg").write_bytes(b"0" * (11 * MEBIBYTE))
    (tmp_path / "cover.jpg").write_bytes(b"0" * (2 * MEBIBYTE))
    files = [attachment(tmp_path / name, "picture") for name in ("sheet.jpg", "cover.jpg")]
    await front.post(CHAT, message("Sheet", *files))
    assert len(wire.shown(DM)[0]["attachments"]) == shown_files
    assert "sheet.jpg is too large" in wire.shown(DM)[0]["content"]
    assert front.sizes.of(DM, None) == known


async def test_an_edit_that_brings_too_large_a_file_says_so_in_place(
    wire: DiscordWire, front: DiscordFrontEnd, tmp_path: Path
) -> None:
    number = await front.post(CHAT, message("Making"))
    front.sizes.note(DM, 1000 + ENVELOPE)
    (tmp_path / "board.jpg").write_bytes(b"0" * 2000)
    assert (
        await front.edit(CHAT, number, message("The storyboard", attachment(tmp_path / "board.jpg", "picture")))
        == number
    )
    assert lines(wire.shown(DM)[0]) == ["The storyboard"]
    assert "board.jpg is too large" in wire.shown(DM)[0]["content"]


async def test_the_limit_is_that_of_the_newest_interaction(
    wire: DiscordWire, front: DiscordFrontEnd, sam: Person, desk: Notebook
) -> None:
    sam.limit = 25 * MEBIBYTE
    await sam.slash(sam.dm, "new")
    await desk.until(1)
    assert front.sizes.of(DM, None) == 25 * MEBIBYTE
