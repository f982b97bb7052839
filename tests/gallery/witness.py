"""A second witness: ffmpeg's own decoder, loudness meter and frame count, told what to do through ffmpeg-python.

The studio checks its films with PyAV and with a loudness meter of its own. A fault that both the making and the
checking had would go unseen; this program shares neither code nor build with them.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from pipeline.model import FPS, Check, Reel

_PATIENCE = 120.0  # seconds for one film
_NEAR = 0.2  # LU or dB by which two meters may differ
_LOUDNESS, _TOLERANCE, _PEAK = -14.0, 0.5, -1.5

_FRAMES = re.compile(r"^frame=\s*(\d+)$", re.MULTILINE)
_LUFS = re.compile(r"^\s+I:\s+(-?[\d.]+) LUFS", re.MULTILINE)
_TRUE_PEAK = re.compile(r"^\s+Peak:\s+(-?[\d.]+) dBFS", re.MULTILINE)


@dataclass(frozen=True)
class Testimony:
    """What ffmpeg says of a film.

    Attributes:
        frames: decoded.
        lufs: integrated loudness, EBU R128.
        true_peak: dBTP.
        trouble: what it complained about while decoding; empty when nothing was wrong.
    """

    frames: int
    lufs: float
    true_peak: float
    trouble: str


def hear(film: Path) -> Testimony:
    """Decode a film with ffmpeg, count its frames and measure its sound.

    Raises:
        subprocess.SubprocessError: ffmpeg gave up, or took too long.
    """
    source = ffmpeg.input(str(film))
    meter = source.audio.filter("ebur128", peak="true", framelog="quiet")
    counted = ffmpeg.output(source.video, meter, "-", format="null", fps_mode="passthrough")
    done = _run(counted.global_args("-progress", "pipe:1", "-nostats", "-hide_banner"))
    said = done.stderr.decode()
    summary = said[said.rindex("Summary:") :]
    return Testimony(
        frames=int(_FRAMES.findall(done.stdout.decode())[-1]),
        lufs=float(_LUFS.findall(summary)[-1]),
        true_peak=float(_TRUE_PEAK.findall(summary)[-1]),
        trouble="; ".join(line for line in said.splitlines() if "error" in line.lower() or "corrupt" in line.lower()),
    )


def stills(film: Path, size: tuple[int, int], *, every: float, width: int) -> list[NDArray[np.uint8]]:
    """One decoded frame every so many seconds, RGB.

    Args:
        film: the file.
        size: of its frames.
        every: seconds; a whole number of frames.
        width: pixels across of what is handed back.

    Raises:
        subprocess.SubprocessError: ffmpeg gave up, or took too long.
    """
    height = 2 * round(width * size[1] / size[0] / 2)
    shown = (
        ffmpeg.input(str(film))
        .video.filter("select", f"not(mod(n,{round(every * FPS)}))")
        .filter("scale", width, height, flags="area", in_color_matrix="bt709")
        .output("pipe:", format="rawvideo", pix_fmt="rgb24", fps_mode="passthrough")
    )
    pixels = np.frombuffer(_run(shown.global_args("-v", "error")).stdout, np.uint8)
    return list(pixels.reshape(-1, height, width, 3))


def cross_checks(film: Path, reel: Reel) -> tuple[Check, ...]:
    """What ffmpeg says, against the wanted and against what the studio's own checks said."""
    heard = hear(film)
    own = {check.name: check.measured for check in reel.checks}
    lufs, peak = _figure(own.get("loudness")), _figure(own.get("true peak"))
    return (
        Check(
            name="ffmpeg: frames",
            passed=heard.frames == reel.frames and not heard.trouble,
            measured=heard.trouble or str(heard.frames),
            wanted=str(reel.frames),
        ),
        Check(
            name="ffmpeg: loudness",
            passed=abs(heard.lufs - _LOUDNESS) <= _TOLERANCE and abs(heard.lufs - lufs) <= _NEAR,
            measured=f"{heard.lufs:.1f} LUFS",
            wanted=f"{_LOUDNESS:g} ± {_TOLERANCE:g}, and {lufs:g} ± {_NEAR:g} as measured by the studio",
        ),
        Check(
            name="ffmpeg: true peak",
            passed=heard.true_peak <= _PEAK and abs(heard.true_peak - peak) <= _NEAR,
            measured=f"{heard.true_peak:.1f} dBTP",
            wanted=f"{_PEAK:g} or less, and {peak:g} ± {_NEAR:g} as measured by the studio",
        ),
    )


def _figure(measured: str | None) -> float:
    """The number that a check's wording begins with."""
    return float(measured.split()[0]) if measured else float("nan")


def _run(stream: Any) -> subprocess.CompletedProcess[bytes]:  # ffmpeg-python has no types
    command = stream.compile(cmd=imageio_ffmpeg.get_ffmpeg_exe())
    return subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE, stdin=subprocess.DEVNULL)
