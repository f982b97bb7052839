from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines.enhance.local import MODEL, LocalEnhance
from pipeline.errors import BadPhoto
from pipeline.media.ground import lab
from pipeline.media.label import Reader
from pipeline.model import Plate
from pipeline.ports import WHOLE, Enhance
from pipeline.steps import Fallback, Steps
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.pipeline.cloud.enhancing import OnceEnhance
from tests.pipeline.photos.paint import encoded, packshot, packshot_mask

Pixels = NDArray[np.uint8]
SHARED = Path(__file__).resolve().parents[3] / "../shared/photos/orders"


class Studio:
    """The enhancer as produce.py uses it."""

    def __init__(self, folder: Path, engine: LocalEnhance) -> None:
        self.blobs = FolderBlobs(folder)
        self.scratch = folder / "scratch"
        self.engine = engine

    async def plate(self, photo: Image.Image) -> Plate:
        kind, media = ("PNG", "image/png") if photo.mode == "RGBA" else ("JPEG", "image/jpeg")
        options = {} if kind == "PNG" else {"quality": 95, "subsampling": 0}
        artifact = await self.blobs.put_bytes(encoded(photo, kind, **options), media)
        steps = Steps(MemoryLedger(), self.blobs, self.scratch)  # nothing remembered: the engine is asked each time
        return await steps.once(Fallback((self.engine,)), Enhance(photo=artifact))

    async def photo(self, plate: Plate) -> Pixels:
        with Image.open(await self.blobs.open(plate.photo)) as image:
            return np.asarray(image.convert("RGB"))

    async def cutout(self, plate: Plate) -> Pixels:
        assert plate.cutout is not None
        with Image.open(await self.blobs.open(plate.cutout)) as image:
            return np.asarray(image)


class Unlettered(Reader):
    """Reading takes a second a photo, and only one test is about it."""

    def read(self, rgb: Pixels) -> tuple[str, ...]:
        return ()


# Both load nothing until they are used, and are shared so that the networks are loaded once.
ENGINE = LocalEnhance()
UNLETTERED = LocalEnhance(ENGINE.segmenter, Unlettered())


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> LocalEnhance:
    """An engine for what is looked at from several sides: it finishes each photo once."""
    return OnceEnhance(ENGINE.segmenter, UNLETTERED.reader, folder=tmp_path_factory.mktemp("finished"))


@pytest.fixture
def studio(tmp_path: Path, once: LocalEnhance) -> Studio:
    return Studio(tmp_path, once)


def placed(cutout: Pixels, plate: Plate) -> NDArray[np.float32]:
    """A cut-out's alpha where it belongs in the photo."""
    alpha = np.zeros((plate.height, plate.width), np.float32)
    left, top = round(plate.product.x * plate.width), round(plate.product.y * plate.height)
    alpha[top : top + cutout.shape[0], left : left + cutout.shape[1]] = cutout[..., 3] / 255
    return alpha


async def test_a_packshot_is_cut_out_along_its_outline_and_without_its_shadow(studio: Studio) -> None:
    plate = await studio.plate(packshot())
    alpha = placed(await studio.cutout(plate), plate) > 0.5
    wanted = packshot_mask()
    assert (alpha & wanted).sum() / (alpha | wanted).sum() > 0.96
    assert not alpha[440, 640]  # inside the handle
    assert not alpha[700:, :].any()  # the shadow
    assert plate.plain_ground
    assert "no_cutout" not in plate.notes


@pytest.mark.parametrize("ground", [(240, 240, 238), (25, 26, 28), (205, 80, 60)], ids=["white", "black", "coral"])
async def test_no_ground_clings_to_the_edges(ground: tuple[int, int, int], studio: Studio) -> None:
    body = (60, 120, 130)
    plate = await studio.plate(packshot(ground=ground, body=body))
    cutout = await studio.cutout(plate)
    rim = (cutout[..., 3] > 60) & (cutout[..., 3] < 240)
    rim[:, 200:] = False  # the lit side: the other one is as dark as the dark ground
    assert rim.sum() > 400
    to_ground = np.linalg.norm(lab(cutout[..., :3])[rim] - lab(np.array([[ground]], np.uint8))[0, 0], axis=1)
    assert np.percentile(to_ground, 10) > 14


async def test_the_products_colour_stays_what_it_was(studio: Studio) -> None:
    for body in ((178, 30, 42), (30, 95, 105), (120, 60, 140), (226, 172, 62)):
        original = packshot(body=body, ground=(243, 236, 224))
        plate = await studio.plate(original)
        before, after = lab(np.asarray(original)), lab(await studio.photo(plate))
        inside = cv2.erode(packshot_mask().astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        moved = np.linalg.norm(before - after, axis=2)[inside]
        assert np.median(moved) < 5
        assert np.median(np.linalg.norm((before - after)[..., 1:], axis=2)[inside]) < 3


async def test_a_colour_cast_on_white_paper_is_reduced_but_coloured_paper_is_left_alone(studio: Studio) -> None:
    def chroma(pixels: Pixels) -> float:
        return float(np.hypot(*lab(pixels)[40, 40, 1:]))

    yellowish, coral = packshot(ground=(244, 238, 226)), packshot(ground=(205, 80, 60))
    after = await studio.photo(await studio.plate(yellowish))
    assert 0.4 * chroma(np.asarray(yellowish)) < chroma(after) < 0.85 * chroma(np.asarray(yellowish))
    after = await studio.photo(await studio.plate(coral))
    assert chroma(after) > 0.95 * chroma(np.asarray(coral))


async def test_the_same_photo_always_gives_the_same_plate(studio: Studio, tmp_path: Path) -> None:
    first = await studio.plate(packshot())
    studio.engine = UNLETTERED  # which works it out anew
    assert await studio.plate(packshot()) == first


async def test_palette_and_light_are_those_of_the_product(studio: Studio) -> None:
    plate = await studio.plate(packshot())
    wanted = lab(np.array([[(226, 172, 62)]], np.uint8))[0, 0]
    found = [lab(np.array([[tuple(bytes.fromhex(colour[1:]))]], np.uint8))[0, 0] for colour in plate.palette]
    assert min(np.linalg.norm(wanted - colour) for colour in found) < 8
    assert all(len(colour) == 7 for colour in plate.palette)
    assert plate.light > 95  # lit from the left
    mirrored = await studio.plate(packshot().transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert mirrored.light < 85


async def test_close_ups_show_the_product_and_are_large_enough(studio: Studio) -> None:
    plate = await studio.plate(packshot(size=1500))
    mask = packshot_mask(size=1500)
    assert plate.details
    for box in plate.details:
        left, top, right, bottom = (round(1500 * v) for v in (box.x, box.y, box.x + box.w, box.y + box.h))
        assert mask[top:bottom, left:right].mean() > 0.5
        assert 0.7 <= (right - left) / (bottom - top) <= 1.05
        assert right - left >= 395
    assert (await studio.plate(packshot())).details == ()  # there the whole product is 430 px tall


async def test_a_small_photo_is_doubled_and_said_to_be_small(studio: Studio) -> None:
    plate = await studio.plate(packshot(size=500))
    assert (plate.width, plate.height) == (1000, 1000)
    assert (await studio.photo(plate)).shape == (1000, 1000, 3)
    assert "low_resolution" in plate.notes


async def test_an_own_transparency_is_the_cut_out_less_its_painted_shadow(studio: Studio) -> None:
    pixels = np.zeros((900, 900, 4), np.uint8)
    pixels[..., :3] = np.asarray(packshot(body=(236, 236, 232)))
    pixels[..., 3] = packshot_mask() * np.uint8(255)
    y, x = np.mgrid[0:900, 0:900]
    shadow = 110 * np.exp(-(((x - 450) / 200) ** 2 + ((y - 800) / 20) ** 2))
    below = y > 740
    pixels[below] = np.stack([np.zeros_like(shadow)] * 3 + [shadow], axis=-1)[below].astype(np.uint8)
    plate = await studio.plate(Image.fromarray(pixels))
    alpha = placed(await studio.cutout(plate), plate)
    assert ((alpha > 0.5) == packshot_mask()).mean() > 0.999
    assert not (alpha[745:] > 0.02).any()
    flat = await studio.photo(plate)
    assert flat[850, 450].mean() > 180  # laid on paper, not on black
    assert np.abs(flat[300, 450].astype(int) - flat[20, 20]).max() > 12  # white still stands out from the paper


async def test_what_is_see_through_on_purpose_stays_see_through(studio: Studio) -> None:
    pixels = np.zeros((700, 700, 4), np.uint8)
    pixels[150:550, 200:500] = (180, 60, 90, 120)
    pixels[150:190, 200:500, 3] = 255
    plate = await studio.plate(Image.fromarray(pixels))
    cutout = await studio.cutout(plate)
    assert 100 < np.median(cutout[200:, :, 3]) < 140


def glass(size: int = 900) -> Image.Image:
    """A clear jar with a wooden lid, on white: only the lid stands out."""
    picture = Image.new("RGB", (size, size), (238, 238, 238))
    draw = ImageDraw.Draw(picture)
    for inset, shade in ((0, 205), (3, 226), (7, 214)):
        draw.rounded_rectangle((290 + inset, 330, 610 - inset, 740 - inset), 60, outline=(shade, shade, shade), width=2)
    draw.ellipse((300, 660, 600, 730), outline=(212, 212, 212), width=2)
    draw.ellipse((270, 250, 630, 370), fill=(168, 116, 64))
    grain = np.random.default_rng(5).normal(0, 1, (size, size, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


async def test_a_cut_out_that_would_leave_half_the_product_behind_is_not_made(studio: Studio) -> None:
    plate = await studio.plate(glass())
    assert plate.cutout is None
    assert "no_cutout" in plate.notes
    assert plate.product.y + plate.product.h > 0.78  # the jar's body belongs to the product all the same


async def test_white_on_white_is_not_cut_out(studio: Studio) -> None:
    plate = await studio.plate(packshot(ground=(245, 245, 245), body=(214, 214, 214)))
    assert (
        plate.cutout is None or (placed(await studio.cutout(plate), plate) > 0.5).mean() > 0.8 * packshot_mask().mean()
    )


async def test_a_picture_without_a_product_is_shown_whole(studio: Studio) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (90, 120, 3), np.uint8)
    plate = await studio.plate(Image.fromarray(noise).resize((1200, 900), Image.Resampling.BICUBIC))
    assert plate.cutout is None
    assert plate.product == WHOLE or plate.product.w * plate.product.h > 0.1
    assert plate.palette
    blank = await studio.plate(Image.new("RGB", (900, 900), (250, 250, 250)))
    assert blank.cutout is None
    assert blank.palette
    assert "blank" in blank.notes


async def test_a_product_that_the_frame_cuts_off_is_not_cut_out(studio: Studio) -> None:
    cropped = packshot().crop((330, 240, 580, 600)).resize((900, 1296), Image.Resampling.BICUBIC)
    assert (await studio.plate(cropped)).cutout is None


async def test_words_on_the_product_are_read(studio: Studio) -> None:
    studio.engine = ENGINE
    label = packshot(size=1200)
    draw = ImageDraw.Draw(label)
    draw.rectangle((430, 640, 770, 800), fill=(240, 236, 226))
    draw.text((600, 720), "NORDTISCH", fill=(20, 20, 20), font=ImageFont.load_default(56), anchor="mm")
    assert (await studio.plate(label)).label == ("NORDTISCH",)
    assert (await studio.plate(packshot())).label == ()


async def test_a_stored_file_that_is_no_picture_is_named_as_damaged(studio: Studio) -> None:
    artifact = await studio.blobs.put_bytes(b"not a picture", "image/jpeg")
    steps = Steps(MemoryLedger(), studio.blobs, studio.scratch)
    with pytest.raises(BadPhoto, match="not a picture"):
        await steps.once(Fallback((studio.engine,)), Enhance(photo=artifact))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared photos are not here")
@pytest.mark.parametrize(
    ("file", "cut"),
    [
        ("s1-kueche/01.jpg", True),
        ("s1-kueche/02.jpg", False),  # clear acrylic on white
        ("s1-kueche/03.jpg", False),  # clear glass on white
        ("s3-czapki/02.jpg", False),  # a head and shoulders
        ("s3-czapki/04.jpg", True),
        ("s4-secador/01.jpg", True),
        ("s6-montre/01.jpg", True),
    ],
)
async def test_shared_photos_are_cut_out_where_that_can_be_trusted(file: str, cut: bool, studio: Studio) -> None:
    photo = await asyncio.to_thread(lambda: Image.open(SHARED / file).convert("RGB"))
    assert ((await studio.plate(photo)).cutout is not None) == cut


def test_the_network_is_the_one_that_was_measured() -> None:
    digest = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert digest in (MODEL.parent / "README.md").read_text()
