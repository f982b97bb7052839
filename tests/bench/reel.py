"""The reel that is measured: five large photos, pushes and pans, transitions, captions word by word, an end card."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.scene import Layer, Picture, Scene, Track, Transition, TransitionKind
from pipeline.model import FPS, SAMPLE_RATE

SECONDS = 15
FRAMES = SECONDS * FPS
FORMATS = ((1080, 1920), (1080, 1350), (1080, 1080), (1920, 1080))
PHOTO = (3000, 4000)
_WORDS = ("MATTE", "BLACK", "STONEWARE", "39,90 €")
_ENTRANCES: tuple[TransitionKind, ...] = ("cut", "dissolve", "whip", "wipe", "circle")


@dataclass(frozen=True)
class Order:
    """What a reel is made of."""

    photos: tuple[Picture, ...]
    voice: Path


def write_order(folder: Path, *, photo: tuple[int, int] = PHOTO, seconds: float = SECONDS) -> None:
    """Write five JPEG photos and a WAV to a folder."""
    for number in range(5):
        cv2.imwrite(str(folder / f"{number}.jpg"), _photo(number, *photo)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
    moments = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    voice = np.sin(2 * np.pi * 180 * moments) * (np.sin(2 * np.pi * 2.3 * moments) > 0)
    music = np.sin(2 * np.pi * 440 * moments) + np.sin(2 * np.pi * 554 * moments)
    left = voice * 9_000 + music * 2_500
    with wave.open(str(folder / "voice.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.stack((left, left), axis=1).astype(np.int16).tobytes())


def read_order(folder: Path) -> Order:
    """Load what `write_order` wrote."""
    photos = []
    for path in sorted(folder.glob("?.jpg")):
        pixels = np.asarray(cv2.imread(str(path)), np.uint8)[..., ::-1]
        photos.append(Picture(f"photo {path.stem}", np.ascontiguousarray(pixels)))
    return Order(tuple(photos), folder / "voice.wav")


def reel(order: Order, width: int, height: int, *, frames: int = FRAMES, plain: bool = False) -> tuple[Scene, ...]:
    """Five shots of equal length; a plain one has nothing but its push."""
    each = frames // 5
    shots = []
    for number, photo in enumerate(order.photos):
        last = number == len(order.photos) - 1
        layers: tuple[Layer, ...] = (_moving(photo, width, height, number, each),)
        if not plain:
            layers += _card(photo, width, height, each) if last else ()
            layers += (_shade(width, height), *_captions(width, height, each))
        entrance = Transition() if plain else Transition(_ENTRANCES[number], min(12, each // 3))
        shots.append(Scene(width, height, frames - each * number if last else each, layers, (18, 18, 20), entrance))
    return tuple(shots)


def rerolled(shots: tuple[Scene, ...], number: int) -> tuple[Scene, ...]:
    """The reel with another take of one shot."""
    moving, *rest = shots[number].layers
    other = replace(moving, scale=Track(tuple(replace(key, value=key.value * 1.1) for key in moving.scale.keys)))
    return (*shots[:number], replace(shots[number], layers=(other, *rest)), *shots[number + 1 :])


def _photo(seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """Something with the spectrum of a photo: 1/f texture, a product with an edge and a highlight, sensor grain."""
    chance = np.random.default_rng(seed)
    rows, columns = height // 4, width // 4
    radius = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None])
    radius[0, 0] = 1
    layers = []
    for _ in range(3):
        spectrum = np.fft.rfft2(chance.normal(size=(rows, columns))) / radius**1.15
        texture = np.fft.irfft2(spectrum, s=(rows, columns))
        layers.append(128 + 34 * texture / texture.std())
    pixels = cv2.resize(
        np.clip(np.dstack(layers), 20, 235).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC
    )
    colour = tuple(int(level) for level in chance.integers(40, 220, 3))
    middle, size = (width // 2, round(height * 0.55)), (round(width * 0.3), round(height * 0.24))
    cv2.ellipse(pixels, middle, size, 0, 0, 360, colour, -1, cv2.LINE_AA)
    glint = (middle[0] - size[0] // 3, middle[1] - size[1] // 3)
    cv2.ellipse(pixels, glint, (size[0] // 6, size[1] // 4), 20, 0, 360, (244, 244, 240), -1, cv2.LINE_AA)
    grain = chance.normal(0, 3, (height // 2, width // 2)).astype(np.float32)
    grained = pixels + cv2.resize(grain, (width, height))[..., None]
    return np.asarray(np.clip(grained, 0, 255), np.uint8)


def _moving(photo: Picture, width: int, height: int, number: int, frames: int) -> Layer:
    fit = max(width / photo.width, height / photo.height)
    seconds = frames / FPS
    start, end = ((1.02, 1.14), (1.14, 1.02))[number % 2]
    drift = (0.0, 0.03, -0.03)[number % 3] * width
    return Layer(
        photo,
        Track.move(width / 2 - drift / 2, width / 2 + drift / 2, seconds=seconds),
        Track.still(height / 2),
        Track.move(fit * (start + 0.06), fit * (end + 0.06), seconds=seconds),
    )


def _shade(width: int, height: int) -> Layer:
    pixels = np.zeros((height, width, 4), np.uint8)
    fade = np.clip((np.arange(height) / height - 0.55) / 0.45, 0, 1)
    pixels[..., 3] = (150 * fade)[:, None]
    return Layer(Picture(f"shade {width}x{height}", pixels), Track.still(width / 2), Track.still(height / 2))


def _captions(width: int, height: int, frames: int) -> tuple[Layer, ...]:
    """One picture a word: all words, the spoken one marked."""
    seconds = frames / FPS
    share = seconds / len(_WORDS)
    return tuple(
        Layer(
            _words(width, spoken),
            Track.still(width / 2),
            Track.still(round(height * 0.7)),
            start=spoken * share if spoken else -9.0,
            end=(spoken + 1) * share if spoken + 1 < len(_WORDS) else 99.0,
        )
        for spoken in range(len(_WORDS))
    )


def _words(width: int, spoken: int) -> Picture:
    size = width / 600
    pixels = np.zeros((round(60 * size), 2 * (width // 2), 4), np.uint8)
    x = round(30 * size)
    for number, word in enumerate(_WORDS):
        text = word.replace("€", "EUR")
        (long, tall), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, size * 0.62, round(2 * size))
        colour = (255, 214, 60, 255) if number == spoken else (255, 255, 255, 255)
        place = (x, round(30 * size) + tall // 2)
        cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_DUPLEX, size * 0.62, colour, round(2 * size), cv2.LINE_AA)
        x += long + round(14 * size)
    return Picture(f"words {width} {spoken}", pixels)


def _card(photo: Picture, width: int, height: int, frames: int) -> tuple[Layer, ...]:
    """A ground, and the product cut out, growing and turning a little."""
    ground = np.empty((height, width, 3), np.uint8)
    ground[:] = np.linspace((236, 226, 210), (205, 190, 170), height)[:, None].astype(np.uint8)
    side = photo.width * 7 // 10
    top, left = round(photo.height * 0.55) - side // 2, (photo.width - side) // 2
    cut = np.dstack((photo.pixels[top : top + side, left : left + side], np.zeros((side, side), np.uint8)))
    alpha = np.ascontiguousarray(cut[..., 3])
    cv2.ellipse(alpha, (side // 2, side // 2), (side * 2 // 5, side * 2 // 5), 0, 0, 360, 255, -1, cv2.LINE_AA)
    cut[..., 3] = alpha
    fit = 0.8 * min(width, height) / side
    seconds = frames / FPS
    return (
        Layer(Picture(f"ground {width}x{height}", ground), Track.still(width / 2), Track.still(height / 2)),
        Layer(
            Picture(f"cut {photo.key}", cut),
            Track.still(width / 2),
            Track.still(height * 0.42),
            Track.move(fit * 0.94, fit, seconds=seconds, ease="cubic_out"),
            Track.move(-2.0, 2.0, seconds=seconds),
        ),
    )
