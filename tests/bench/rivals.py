"""Other ways to make the same film: MoviePy 2, and ffmpeg's zoompan filter."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np

from pipeline.media.scene import Layer, Scene, Track
from tests.bench.measure import SETTINGS, THREADS
from tests.bench.reel import FORMATS, Order, reel
from tests.pipeline.media.render.films import pictures
from tests.pipeline.media.render.jitter import dotted, tremble

_ENVIRONMENT = Path(".cache/bench-moviepy")
_MOVIEPY = "moviepy==2.2.1"
_ENCODER = ["-pix_fmt", "yuv420p", "-crf", f"{SETTINGS.crf:g}", "-x264-params", f"keyint=300:subme={SETTINGS.subme}"]


def moviepy_python() -> Path | None:
    """The Python of an environment with MoviePy, made on the first call; None when it cannot be had."""
    python = _ENVIRONMENT / "bin" / "python"
    ready = _ENVIRONMENT / "ready"
    if not ready.exists():
        venv.create(_ENVIRONMENT, with_pip=True, clear=True)
        installed = subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", _MOVIEPY], check=False, timeout=600
        )
        if installed.returncode:
            return None
        ready.touch()
    return python


def write_caption(order: Order, folder: Path) -> None:
    """The reel's caption as a PNG, for MoviePy."""
    caption = reel(order, *FORMATS[0])[0].layers[-1].picture.pixels
    cv2.imwrite(str(folder / "caption.png"), cv2.cvtColor(caption, cv2.COLOR_RGBA2BGRA))


def moviepy_film(python: Path, folder: Path, out: Path) -> None:
    """Render the reel with MoviePy."""
    script = Path(__file__).with_name("moviepy_reel.py")
    subprocess.run([python, script, folder, out, *_ENCODER], check=True, timeout=1800)


def zoompan_film(folder: Path, out: Path) -> None:
    """Render the reel with zoompan and xfade: photos and sound, no captions."""
    inputs, chains = [], []
    for number in range(5):
        inputs += ["-i", str(folder / f"{number}.jpg")]
        frames = 90 if number == 0 else 102
        chains.append(
            f"[{number}:v]scale=1440:2560:force_original_aspect_ratio=increase:flags=area,crop=1440:2560,"
            f"zoompan=z='1.02+0.12*on/{frames}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d={frames}:s=1080x1920:fps=30[v{number}]"
        )
    joined = "v0"
    for number in range(1, 5):
        chains.append(f"[{joined}][v{number}]xfade=transition=fade:duration=0.4:offset={3 * number - 0.4:g}[x{number}]")
        joined = f"x{number}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *inputs, "-i", str(folder / "voice.wav")]
    command += ["-filter_complex", ";".join(chains), "-map", f"[{joined}]", "-map", "5:a", "-threads", str(THREADS)]
    command += ["-c:v", "libx264", "-preset", SETTINGS.preset, *_ENCODER, "-c:a", "aac", "-t", "15", str(out)]
    subprocess.run(command, check=True, timeout=600)


def zoompan_tremble(folder: Path) -> float:
    """How much zoompan trembles in a slow push, decoded, in pixels rms."""
    width, height = FORMATS[0]
    photo = dotted(width * 5 // 2, height * 5 // 2)
    cv2.imwrite(str(folder / "dots.png"), np.ascontiguousarray(photo.pixels[..., ::-1]))
    out = folder / "dots.mp4"
    zoom = f"zoompan=z='1.05+0.05*on/45':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=45:s={width}x{height}:fps=30"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(folder / "dots.png"), "-vf", zoom]
    command += ["-c:v", "libx264", "-preset", SETTINGS.preset, *_ENCODER, str(out)]
    subprocess.run(command, check=True, timeout=300)
    scale = Track.move(1.05 * 0.4, 1.10 * 0.4, seconds=1.5, ease="linear")
    layer = Layer(photo, Track.still(width / 2), Track.still(height / 2), scale)
    return tremble(Scene(width, height, 45, (layer,)), [frame[:height] for frame in pictures(out)])


def x264_of_moviepy() -> str:
    """Which ffmpeg MoviePy and zoompan encode with: not the one of PyAV."""
    said = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-version"], check=True, capture_output=True, text=True, timeout=30
    )
    return said.stdout.splitlines()[0].split(" Copyright")[0]
