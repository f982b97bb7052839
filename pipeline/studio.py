"""The studio: which engine does which kind of step. Cloud first where there is a key, local always last."""

from __future__ import annotations

from pipeline.config import StudioSettings
from pipeline.engines.enhance.local import LocalEnhance
from pipeline.engines.music.local import LocalMusic
from pipeline.engines.shots.local import LocalCamera
from pipeline.engines.story.local import LocalWriter
from pipeline.engines.voice.espeak import RoboticVoice
from pipeline.engines.voice.local import KokoroVoice
from pipeline.engines.voice.silent import Captions
from pipeline.media.cut import CuttingRoom
from pipeline.media.mix import Mixer
from pipeline.media.sources import Sources
from pipeline.produce import Studio
from pipeline.steps import Fallback


def build(settings: StudioSettings) -> Studio:
    """The studio that these settings ask for. Nothing is loaded before it is used."""
    sources = Sources()  # opened photos, shared by whoever looks at them
    return Studio(
        enhance=Fallback((LocalEnhance(),)),
        write=Fallback((LocalWriter(),)),
        speak=Fallback((KokoroVoice(settings.models), RoboticVoice(), Captions())),
        shoot=Fallback((LocalCamera(sources),)),
        compose=Fallback((LocalMusic(),)),
        mix=Fallback((Mixer(),)),
        cut=Fallback((CuttingRoom(segments=settings.cache / "segments", sources=sources),)),
    )
