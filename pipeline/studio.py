"""The studio: which engine does which kind of step. Cloud first where there is a key, local always last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.accounts import connected
from pipeline.config import StudioSettings
from pipeline.engines.enhance.local import LocalEnhance
from pipeline.engines.music.local import LocalMusic
from pipeline.engines.shots.local import LocalCamera, choose
from pipeline.engines.shots.proof import ProofRoom
from pipeline.engines.story.local import LocalWriter
from pipeline.engines.voice.espeak import RoboticVoice
from pipeline.engines.voice.local import KokoroVoice
from pipeline.engines.voice.silent import Captions
from pipeline.media.cut import CuttingRoom
from pipeline.media.mix import Mixer
from pipeline.media.sources import Sources
from pipeline.model import Network, Plate, Posted, Speech, Storyboard
from pipeline.ports import Engine, Enhance, Publish, Speak, Write
from pipeline.produce import Studio
from pipeline.steps import Fallback, Patience

if TYPE_CHECKING:
    from pipeline.engines.shots.runway import RunwayCamera


def build(settings: StudioSettings) -> Studio:
    """The studio that these settings ask for. Nothing is loaded before it is used."""
    sources = Sources()  # opened photos, shared by whoever looks at them
    enhancer = LocalEnhance()
    camera, cloud = LocalCamera(sources), _camera(settings, sources)
    return Studio(
        enhance=Fallback((*_retouchers(settings, enhancer), enhancer)),
        write=Fallback((*_writers(settings), LocalWriter())),
        speak=Fallback((*_voices(settings), KokoroVoice(settings.models), RoboticVoice(), Captions())),
        shoot=Fallback((camera,)),
        proof=Fallback((ProofRoom(sources),)),
        foresee=choose,
        film=Fallback((cloud, camera)) if cloud else None,
        quote=cloud.quote if cloud else lambda shot: None,
        compose=Fallback((LocalMusic(),)),
        mix=Fallback((Mixer(with_accents=settings.sound_accents),)),
        cut=Fallback((CuttingRoom(segments=settings.cache / "segments", sources=sources),)),
        publish=_publishers(settings),
    )


def _publishers(settings: StudioSettings) -> dict[Network, Fallback[Publish, Posted]]:
    """A publisher for each network that is connected. Nobody stands in for it; it is asked again the more patiently."""
    if not connected(settings):
        return {}
    from pipeline.engines.publish.connecting import publishers  # only who has an account needs them

    patience = Patience(tries=6, base=1.0, cap=30.0)
    return {network: Fallback((one,), patience) for network, one in publishers(settings).items()}


def _camera(settings: StudioSettings, sources: Sources) -> RunwayCamera | None:
    """The cloud camera, if there is a key for it."""
    if not settings.runwayml_api_secret:
        return None
    from pipeline.engines.shots.runway import RunwayCamera  # only who has a key needs it

    key, model, address = settings.runwayml_api_secret, settings.runway_model, settings.runway_base_url
    return RunwayCamera(key, model=model, sources=sources, address=address, price=settings.runway_price)


def _retouchers(settings: StudioSettings, local: LocalEnhance) -> tuple[Engine[Enhance, Plate], ...]:
    """The retouchers that there is a key for."""
    if not settings.gemini_api_key:
        return ()
    from pipeline.engines.enhance.gemini import GeminiRetoucher  # only who has a key needs it

    key, model, address = settings.gemini_api_key, settings.gemini_model, settings.gemini_base_url
    return (GeminiRetoucher(key, model=model, local=local, address=address),)


def _writers(settings: StudioSettings) -> tuple[Engine[Write, Storyboard], ...]:
    """The writers that there is a key for."""
    if not settings.openai_api_key:
        return ()
    from pipeline.engines.story.openai import OpenAIWriter  # its SDK takes a second to load

    key, model, address = settings.openai_api_key, settings.openai_model, settings.openai_base_url
    return (OpenAIWriter(key, model=model, address=address),)


def _voices(settings: StudioSettings) -> tuple[Engine[Speak, Speech], ...]:
    """The voices that there is a key for."""
    if not settings.elevenlabs_api_key:
        return ()
    from pipeline.engines.voice.elevenlabs import ElevenLabsVoice  # only who has a key loads its SDK

    engine = ElevenLabsVoice(
        settings.elevenlabs_api_key,
        model=settings.elevenlabs_model,
        voice=settings.elevenlabs_voice,
        voices=settings.elevenlabs_voices,
        address=settings.elevenlabs_base_url,
    )
    return (engine,)
