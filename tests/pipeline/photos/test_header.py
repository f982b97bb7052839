from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.darkroom.orientation import orientation
from pipeline.intake.header import Swollen, Unreadable, read_header
from tests.pipeline.photos.paint import encoded, gps_exif, quarters

STARTS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBP",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\1\0meta",
]
WHOLE = [encoded(quarters(), kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")]


@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_any_bytes_have_a_header_or_a_named_fault(start: bytes, rest: bytes) -> None:
    try:
        header = read_header(start + rest)
    except (Unreadable, Swollen):
        return
    assert header is None or (header.width > 0 and header.height > 0)


@given(st.sampled_from(WHOLE), st.data())
def test_a_flipped_byte_never_breaks_the_reading(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    broken[data.draw(st.integers(0, min(len(broken), 600) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        read_header(bytes(broken))
    except (Unreadable, Swollen):
        return


def test_sizes_are_read_without_decoding() -> None:
    for whole in WHOLE:
        header = read_header(whole)
        assert header is not None
        assert (header.width, header.height) == (600, 440)


@given(st.sampled_from([b"", b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]), st.binary(max_size=200))
def test_any_exif_gives_an_orientation(start: bytes, rest: bytes) -> None:
    assert 1 <= orientation(start + rest) <= 8


@given(st.integers(1, 8), st.data())
def test_exif_that_is_whole_gives_its_own_orientation(turn: int, data: st.DataObject) -> None:
    exif = gps_exif(turn)
    assert orientation(exif) == turn
    assert orientation(exif.removeprefix(b"Exif\0\0")) == turn
    assert 1 <= orientation(exif[: data.draw(st.integers(0, len(exif)))]) <= 8
