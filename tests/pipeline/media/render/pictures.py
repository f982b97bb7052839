"""Pictures and scenes to render in tests: smooth, seeded, small."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.media.scene import Layer, Picture, Scene, Track, Transition


def smooth(seed: int, width: int, height: int, *, darkest: int = 30, lightest: int = 200) -> Picture:
    """An opaque picture of soft blotches."""
    chance = np.random.default_rng(seed)
    blotches = chance.integers(darkest, lightest, (5, 4, 3), dtype=np.uint8)
    pixels = np.asarray(cv2.resize(blotches, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return Picture(f"smooth-{seed}-{width}x{height}-{darkest}-{lightest}", pixels)


def disc(seed: int, size: int) -> Picture:
    """A coloured disc with a soft edge on nothing."""
    chance = np.random.default_rng(seed)
    pixels = np.empty((size, size, 4), np.uint8)
    pixels[..., :3] = chance.integers(40, 200, 3)
    y, x = np.mgrid[:size, :size] + 0.5 - size / 2
    pixels[..., 3] = np.clip((size * 0.45 - np.hypot(x, y)) * 40 + 128, 0, 255)
    return Picture(f"disc-{seed}-{size}", pixels)


def at(picture: Picture, x: float, y: float, scale: float = 1.0) -> Layer:
    """A layer that stays."""
    return Layer(picture, Track.still(x), Track.still(y), Track.still(scale))


def push(seed: int = 1, *, frames: int = 12, width: int = 96, height: int = 128) -> Scene:
    """A slow push into a photo that fills the frame, with a disc passing by."""
    photo = Layer(
        smooth(seed, 240, 320),
        Track.still(width / 2),
        Track.still(height / 2),
        Track.move(0.42, 0.5, seconds=frames / 30),
    )
    passing = Layer(disc(seed, 40), Track.move(20, 70, seconds=frames / 30), Track.still(50))
    return Scene(width, height, frames, (photo, passing))


def entering(scene: Scene, transition: Transition) -> Scene:
    """The scene with an entrance."""
    return Scene(scene.width, scene.height, scene.frames, scene.layers, scene.colour, transition)
