"""The same reel by MoviePy 2, run by the Python of a virtual environment of its own: photos, captions, sound, out."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from moviepy import (  # type: ignore[import-not-found]  # in the bench's own environment only
    AudioFileClip,
    CompositeVideoClip,
    ImageClip,
    vfx,
)
from PIL import Image


def main(folder: Path, out: Path, options: list[str]) -> None:
    """Compose five zooming photos with cross-fades and captions, and encode them with the given ffmpeg options."""
    width, height, seconds, fade = 1080, 1920, 3.0, 0.4
    caption = ImageClip(np.asarray(Image.open(folder / "caption.png"))).with_position(("center", 0.68), relative=True)
    clips = []
    for number in range(5):
        photo = Image.open(folder / f"{number}.jpg").convert("RGB")
        fit = max(width / photo.width, height / photo.height) * 1.2
        small = photo.resize((round(photo.width * fit), round(photo.height * fit)), Image.Resampling.BOX)
        long = seconds + (fade if number else 0)
        zooming = ImageClip(np.asarray(small)).resized(lambda t, long=long: (1.08 + 0.12 * t / long) / 1.2)
        shot = CompositeVideoClip([zooming.with_position("center"), caption], size=(width, height)).with_duration(long)
        shot = shot.with_start(number * seconds - (fade if number else 0))
        clips.append(shot.with_effects([vfx.CrossFadeIn(fade)]) if number else shot)
    film = CompositeVideoClip(clips, size=(width, height)).with_duration(5 * seconds)
    film = film.with_audio(AudioFileClip(str(folder / "voice.wav")))
    film.write_videofile(
        str(out),
        fps=30,
        codec="libx264",
        audio_codec="aac",
        preset="veryfast",
        ffmpeg_params=options,
        logger=None,
        threads=2,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
