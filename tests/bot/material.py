"""Photos, films and jobs as the conversation hears of them, without any file behind them."""

from __future__ import annotations

import hashlib

from bot.dialogue.events import PhotoSent
from pipeline.model import (
    Artifact,
    Film,
    Finished,
    Format,
    Intent,
    PostPack,
    Progress,
    Progressed,
    Reel,
    Score,
    Shot,
    Slot,
    Soundtrack,
    Speech,
    SpokenLine,
    Stage,
    Storyboard,
    Take,
    Timeline,
    Wish,
)

LINES = (
    "Quiet mornings start here.",
    "Matte black, warm inside.",
    "Into the dishwasher it goes.",
    "Yours for 39,90 €.",
)
IDEAS = ("question", "contrast", "number", "sensory", "occasion", "reveal")


def artifact(name: str, media_type: str = "image/jpeg") -> Artifact:
    return Artifact(sha256=hashlib.sha256(name.encode()).hexdigest(), media_type=media_type)


def photo(name: str, *notes: str, caption: str = "", place: int = 0) -> PhotoSent:
    look = hashlib.sha256(name.encode()).hexdigest()
    return PhotoSent(photo=artifact(name), notes=notes, look=look, caption=caption, place=place)


def film(wish: Wish, *, preview: bool = False, note: str = "") -> Film:
    """A film of four shots, as a production would report it."""
    formats = dict.fromkeys(platform.aspect for platform in wish.brief.platforms)
    shots = tuple(
        Shot(intent=Intent.HOOK if at == 0 else Intent.POINT, photo=0, spoken=line) for at, line in enumerate(LINES)
    )
    board = Storyboard(
        idea=IDEAS[wish.idea % len(IDEAS)],
        language=wish.brief.language,
        shots=shots,
        call_to_action="",
        post=PostPack(title=wish.brief.name or "A film", caption="Every morning.", hashtags=("mug",)),
        facts=(),
    ).edited(wish.edits)
    return Film(
        wish=wish,
        storyboard=board,
        takes=tuple(Take(template="hero", seed=wish.take(at)) for at in range(len(shots))),
        speech=Speech(lines=tuple(SpokenLine(words=(), seconds=1.0) for _ in shots), voice="af_heart", note=note),
        score=Score(
            audio=artifact("music", "audio/wav"),
            bpm=100,
            beats=(),
            bars=(),
            seconds=30,
            title="Slow morning",
            licence="CC0",
            provenance="own",
        ),
        timeline=Timeline(
            slots=tuple(Slot(start=at * 30, end=at * 30 + 30, speech_at=at) for at in range(4)), frames=120, beats=()
        ),
        soundtrack=Soundtrack(audio=artifact("mix", "audio/wav"), lufs=-14.0, true_peak=-1.6),
        reels=tuple(_reel(wish, form, preview=preview) for form in formats),
        steps=(),
    )


def _reel(wish: Wish, form: Format, *, preview: bool) -> Reel:
    width, height = form.size
    scale = 3 if preview else 1
    return Reel(
        format=form,
        video=artifact(f"{wish.model_dump_json()}{form}{preview}", "video/mp4"),
        cover=artifact("cover"),
        srt=artifact("srt", "application/x-subrip"),
        vtt=artifact("vtt", "text/vtt"),
        width=width // scale,
        height=height // scale,
        frames=450,
        size=5_000_000,
        boxes=(),
        checks=(),
    )


def previews(wish: Wish, count: int) -> Finished:
    wishes = (wish.model_copy(update={"idea": idea}) for idea in range(count))
    return Finished(films=tuple(film(one, preview=True) for one in wishes))


def progressed(fraction: float, *, stage: Stage = Stage.SHOOT, variant: int | None = None) -> Progressed:
    at = Progress(stage=stage, done=2, total=6, fraction=fraction, picture=artifact("board"), variant=variant)
    return Progressed(progress=at, seconds_left=42.0)
