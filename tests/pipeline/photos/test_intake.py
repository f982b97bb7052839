from __future__ import annotations

import asyncio
import json
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageFilter

from pipeline import intake
from pipeline.errors import BadPhoto
from pipeline.intake import MAX_BYTES, Photo, resembles, take_in
from tests.pipeline.photos.paint import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    corners,
    encoded,
    gps_exif,
    near,
    packshot,
    png_chunk,
    png_claiming,
    quarters,
)

SHARED = Path(__file__).resolve().parents[3] / "../shared/photos"
Taken = Callable[[bytes], Awaitable[tuple[Photo, Image.Image]]]


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    async def take(data: bytes) -> tuple[Photo, Image.Image]:
        photo = await take_in(data, scratch=tmp_path)
        with Image.open(photo.path) as image:
            image.load()
        assert image.size == (photo.width, photo.height)
        return photo, image

    return take


def leftovers(scratch: Path) -> list[Path]:
    return [path for path in scratch.iterdir() if path.name.startswith("developing-")]


async def refusal(data: bytes | Path, scratch: Path) -> str:
    with pytest.raises(BadPhoto) as caught:
        await take_in(data, scratch=scratch)
    assert not leftovers(scratch)
    return caught.value.reason


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 90}),
        ("JPEG", {"quality": 90, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 90}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 85}),
        ("HEIF", {"quality": 85}),
        ("GIF", {}),
    ],
)
async def test_every_kind_of_photo_becomes_a_plain_jpeg_of_the_same_picture(
    kind: str, options: dict[str, object], taken: Taken
) -> None:
    pillow_heif.register_heif_opener()
    photo, image = await taken(encoded(quarters(), kind, **options))
    assert (photo.media_type, image.format, image.mode) == ("image/jpeg", "JPEG", "RGB")
    assert image.size == (600, 440)
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))
    assert photo.notes == ("low_resolution",)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_comes_out_upright(kind: str, orientation: int, taken: Taken) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that stores it so
    stored = quarters()
    if orientation in undo:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    _, image = await taken(encoded(stored, kind, exif=gps_exif(orientation)))
    assert image.size == (600, 440)
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
async def test_a_phone_photo_comes_out_upright(kind: str, taken: Taken) -> None:
    pillow_heif.register_heif_opener()
    stored = quarters().transpose(Image.Transpose.ROTATE_90)
    _, image = await taken(encoded(stored, kind, quality=85, exif=gps_exif(6)))
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
async def test_nothing_tells_where_a_photo_was_taken(kind: str, taken: Taken) -> None:
    pillow_heif.register_heif_opener()
    data = encoded(quarters(), kind, exif=gps_exif())
    assert b"Telltale" in data
    photo, image = await taken(data)
    assert b"Telltale" not in photo.path.read_bytes()
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


async def test_broken_exif_does_not_matter(taken: Taken) -> None:
    data = encoded(quarters(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xa5" * 40)
    assert b"\xa5" * 40 in data
    _, image = await taken(data)
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))


async def test_an_own_transparency_is_kept(taken: Taken) -> None:
    whole = quarters().convert("RGBA")
    alpha = Image.new("L", whole.size, 0)
    alpha.paste(255, (100, 100, 500, 340))
    whole.putalpha(alpha)
    photo, image = await taken(encoded(whole, "PNG"))
    assert (photo.media_type, image.mode) == ("image/png", "RGBA")
    assert image.getchannel("A").tobytes() == alpha.tobytes()
    assert "alpha" in photo.notes


async def test_an_alpha_channel_that_hides_nothing_is_dropped(taken: Taken) -> None:
    photo, _ = await taken(encoded(quarters().convert("RGBA"), "PNG"))
    assert photo.media_type == "image/jpeg"


async def test_palette_transparency_and_grey_are_understood(taken: Taken) -> None:
    palette = quarters().quantize(16)
    photo, image = await taken(encoded(palette, "PNG"))
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))
    corner = palette.getpixel((10, 10))
    photo, image = await taken(encoded(palette, "PNG", transparency=corner))
    assert photo.media_type == "image/png"
    assert np.asarray(image)[20, 20, 3] == 0
    _, image = await taken(encoded(quarters().convert("L"), "PNG"))
    assert image.mode == "RGB"


async def test_sixteen_bits_keep_their_tones(taken: Taken) -> None:
    ramp = np.tile(np.linspace(0, 65535, 600).astype(np.uint16), (440, 1))
    _, image = await taken(encoded(Image.fromarray(ramp), "PNG"))
    shades = np.asarray(image.convert("L"))[200].astype(int)
    assert abs(shades - np.linspace(0, 255, 600)).max() < 4


async def test_cmyk_is_printed_colour_not_a_negative(taken: Taken) -> None:
    inks = np.zeros((440, 600, 4), np.uint8)
    inks[:, 100:200, 0] = inks[:, 200:300, 1] = inks[:, 300:400, 2] = inks[:, 400:500, 3] = 255
    inks[:, 500:] = (128, 128, 128, 0)
    _, image = await taken(encoded(Image.fromarray(inks, "CMYK"), "JPEG", quality=95))
    white, cyan, magenta, yellow, black, grey = np.asarray(image).astype(int)[220, 50::100]
    assert white.min() > 250
    assert cyan[2] > cyan[1] > 100 > cyan[0]
    assert magenta[0] > 180 > 140 > magenta[2] > magenta[1]
    assert yellow[0] > 230 > 200 > 60 > yellow[2]
    assert black.max() < 60
    assert np.ptp(grey) < 6


async def test_an_embedded_profile_is_converted(taken: Taken) -> None:
    # A profile whose red and blue primaries are swapped: only a reader that converts shows the right picture.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    _, image = await taken(encoded(quarters(), "JPEG", quality=95, icc_profile=bytes(profile)))
    swapped = tuple(colour[::-1] for colour in (RED, GREEN, BLUE, YELLOW))
    assert near(corners(image), swapped, within=16)
    _, image = await taken(encoded(quarters(), "JPEG", quality=95, icc_profile=b"no profile at all"))
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
async def test_an_animation_gives_its_first_frame(kind: str, taken: Taken) -> None:
    second = quarters().transpose(Image.Transpose.ROTATE_180)
    data = encoded(quarters(), kind, save_all=True, append_images=[second], duration=100)
    photo, image = await taken(data)
    assert "first_frame" in photo.notes
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW), within=20)


async def test_a_large_photo_is_reduced(taken: Taken) -> None:
    _, image = await taken(encoded(quarters(4800, 3600), "JPEG"))
    assert image.size == (4000, 3000)
    assert near(corners(image), (RED, GREEN, BLUE, YELLOW))


async def test_the_same_file_gives_the_same_photo_and_a_copy_resembles_it(taken: Taken) -> None:
    cup = packshot()
    first, _ = await taken(encoded(cup, "JPEG", quality=92))
    again, _ = await taken(encoded(cup, "JPEG", quality=92))
    assert first == again
    resent, _ = await taken(encoded(cup.resize((640, 640)), "JPEG", quality=70))
    assert resent.sha256 != first.sha256
    assert resembles(first.look, resent.look)
    other, _ = await taken(encoded(packshot(body=(150, 40, 40)), "JPEG"))
    assert not resembles(first.look, other.look)
    mirrored, _ = await taken(encoded(cup.transpose(Image.Transpose.FLIP_LEFT_RIGHT), "JPEG"))
    assert not resembles(first.look, mirrored.look)


@pytest.mark.parametrize(
    ("picture", "notes"),
    [
        (packshot(), ()),
        (packshot(size=500), ("low_resolution",)),
        (packshot().filter(ImageFilter.GaussianBlur(5)), ("blurred",)),
        (packshot().point(lambda v: v // 5), ("dark",)),
        (Image.new("RGB", (900, 900), (250, 250, 250)), ("blank",)),
        (Image.new("RGB", (900, 900), (0, 0, 0)), ("blank",)),
        (Image.new("RGBA", (900, 900), (90, 10, 10, 0)), ("alpha", "blank")),
    ],
    ids=["good", "small", "blurred", "dark", "white", "black", "invisible"],
)
async def test_what_a_seller_should_know_is_noted(picture: Image.Image, notes: tuple[str, ...], taken: Taken) -> None:
    photo, _ = await taken(encoded(picture, "PNG"))
    assert photo.notes == notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"just a line of text", "not_a_photo"),
        (b"%PDF-1.7\n1 0 obj", "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_photo"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "not_a_photo"),
        (b"8BPS\0\1" + b"\0" * 40, "not_a_photo"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd", "not_a_photo"),
        (b"ffconcat version 1.0\nfile /etc/passwd", "not_a_photo"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "not_a_photo"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0", "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "damaged"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 200, "damaged"),
        (encoded(Image.new("RGB", (2, 2)), "PNG"), "too_small"),
        (encoded(Image.new("RGB", (399, 300)), "JPEG"), "too_small"),
        (encoded(Image.new("RGB", (40, 12000)), "PNG"), "too_narrow"),
        (encoded(Image.new("1", (9000, 9000)), "PNG"), "too_large"),
        (png_claiming(65536, 65536), "too_large"),
        (png_claiming(12001, 2000), "too_large"),
        (png_claiming(3000, 3000), "damaged"),
        (b"\xff\xd8\xff" + b"\0" * MAX_BYTES, "too_large"),
    ],
)
async def test_what_is_no_use_is_refused_with_its_reason(data: bytes, reason: str, tmp_path: Path) -> None:
    assert await refusal(data, tmp_path) == reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
async def test_a_photo_that_was_cut_off_is_damaged(kind: str, tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    data = encoded(packshot(size=500), kind)
    assert await refusal(data[: len(data) * 6 // 10], tmp_path) == "damaged"


async def test_a_text_that_unfolds_to_300_mb_is_refused_without_unfolding(tmp_path: Path) -> None:
    plain = encoded(quarters(), "PNG")
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 2**20) for _ in range(300)) + packer.flush()
    bomb = plain[:33] + png_chunk(b"zTXt", b"Comment\0\0" + packed) + plain[33:]
    tracemalloc.start()
    assert await refusal(bomb, tmp_path) == "too_large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 2**20


async def test_a_header_that_lies_meets_the_decoders_own_limits(tmp_path: Path) -> None:
    # The container says 600x440; the picture inside is larger than any photo that is taken.
    honest = bytearray(encoded(Image.new("L", (9000, 9000)), "WEBP", lossless=True, exif=gps_exif()))
    assert honest[12:16] == b"VP8X"
    honest[24:30] = (599).to_bytes(3, "little") + (439).to_bytes(3, "little")
    assert await refusal(bytes(honest), tmp_path) in ("damaged", "too_large")


async def test_a_polyglot_leaves_only_its_pixels(taken: Taken) -> None:
    data = encoded(quarters(), "JPEG", comment=b"<script>alert(1)</script>") + b"PK\3\4 and a zip"
    photo, _ = await taken(data)
    kept = photo.path.read_bytes()
    assert b"script" not in kept
    assert b"PK\3\4" not in kept


async def test_photos_are_taken_from_paths_and_side_by_side(tmp_path: Path) -> None:
    files = []
    for index in range(4):
        files.append(tmp_path / f"{index}.jpg")
        files[-1].write_bytes(encoded(quarters(600 + index, 440), "JPEG"))
    photos = await asyncio.gather(*(take_in(file, scratch=tmp_path) for file in files))
    assert [photo.width for photo in photos] == [600, 601, 602, 603]
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(b"\xff\xd8\xff" + b"\0" * MAX_BYTES)
    assert await refusal(huge, tmp_path) == "too_large"


async def test_a_photo_that_waits_for_its_turn_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Semaphore(0)  # others are being read
    monkeypatch.setitem(intake._gates, asyncio.get_running_loop(), gate)
    monkeypatch.setattr(intake, "_PATIENCE", 0.02)
    taking = asyncio.create_task(take_in(encoded(quarters(), "JPEG"), scratch=tmp_path))
    assert not (await asyncio.wait({taking}, timeout=0.3))[0]
    monkeypatch.undo()
    gate.release()
    assert (await taking).media_type == "image/jpeg"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared photos are not here")
async def test_every_shared_photo_is_taken_and_every_odd_file_gets_its_answer(tmp_path: Path) -> None:
    manifest = json.loads((SHARED / "manifest.json").read_text())
    answers: dict[str, str] = {}
    for entry in manifest["files"]:
        try:
            photo = await take_in(SHARED / entry["file"], scratch=tmp_path)
        except BadPhoto as refused:
            answers[entry["file"]] = refused.reason
        else:
            answers[entry["file"]] = "taken"
            assert b"GPS" not in photo.path.read_bytes()
    expected = {entry["file"]: "taken" for entry in manifest["files"] if entry["kind"] == "product-photo"}
    expected |= {
        "odd/01_orientation6.jpg": "taken",
        "odd/02_truncated.jpg": "damaged",
        "odd/03_text.jpg": "not_a_photo",
        "odd/04_pdf.jpg": "not_a_photo",
        "odd/05_empty.jpg": "empty",
        "odd/06_bomb_1bit_40000x40000.png": "too_large",
        "odd/07_cmyk.jpg": "taken",
        "odd/08_animated.gif": "too_small",
        "odd/09_one_pixel.png": "too_small",
        "odd/10_script_xxe.svg": "not_a_photo",
        "odd/11_corrupt.heic": "damaged",
        "odd/12_200MP.heic": "too_large",
    }
    assert answers == expected
