"""The studio: which engine does which kind of step. Cloud first where there is a key, local always last."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.config import StudioSettings
from pipeline.model import Plate, Reel, Score, Soundtrack, Speech, Storyboard, Take
from pipeline.ports import Compose, Cut, Enhance, Mix, Shoot, Speak, Write
from pipeline.steps import Fallback


@dataclass(frozen=True)
class Studio:
    """One chain of engines for each kind of step."""

    enhance: Fallback[Enhance, Plate]
    write: Fallback[Write, Storyboard]
    speak: Fallback[Speak, Speech]
    shoot: Fallback[Shoot, Take]
    compose: Fallback[Compose, Score]
    mix: Fallback[Mix, Soundtrack]
    cut: Fallback[Cut, Reel]
