"""Previews and films as messages: videos, the words to post with them, what there is to know of their making."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogue.cards import Card, CopyButton, Document, Phrase, Video, phrase
from bot.dialogue.session import Postable, ShotWords
from bot.dialogue.summary import platform_names
from bot.dialogue.talk import GAP
from pipeline.errors import NOT_MEANT
from pipeline.model import NO_VOICE, Film, Reel

_IDEAS = frozenset({"question", "contrast", "number", "sensory", "occasion", "reveal"})
_VOICE_NOTES = frozenset({"no_voice_for_language", "robotic_voice", "voice_unavailable"})


def preview_cards(films: tuple[Film, ...], *, first: int, job: str) -> tuple[Card, ...]:
    """One card for each idea."""
    cards = []
    for idea, film in enumerate(films, start=first):
        mark = "ABCDEFGHIJ"[idea]
        board = film.storyboard
        hook = next((text for shot in board.shots for text in (shot.spoken, shot.shown) if text), "")
        kind = phrase(f"idea-{board.idea}") if board.idea in _IDEAS else phrase("idea-reveal")
        lines = (phrase("preview", letter=mark, kind=kind), *((phrase("preview-hook", text=hook),) if hook else ()))
        video = _video(film, film.reels[0], f"preview-{mark.lower()}")
        cards.append(Card(slot=f"preview-{idea}", topic="preview", lines=lines, media=(video,), job=job, once=True))
    return tuple(cards)


def film_cards(film: Film, *, job: str, with_post: bool) -> tuple[Card, ...]:
    """One card for each format, and one with what to post along with them."""
    cards = []
    for reel in film.reels:
        platforms = [one for one in film.wish.brief.platforms if one.aspect is reel.format]
        line = phrase(
            "film-format", platforms=platform_names(platforms), aspect=reel.format.value, seconds=round(reel.seconds)
        )
        shape = reel.format.name.lower()
        video = _video(film, reel, f"{_file_name(film)}-{shape}")
        cards.append(Card(slot=f"film-{shape}", topic="film", lines=(line,), media=(video,), job=job, once=True))
    if with_post:
        cards.append(_post_card(film, job))
    return tuple(cards)


def shot_words(film: Film) -> tuple[ShotWords, ...]:
    """What each shot says and shows."""
    return tuple(ShotWords(spoken=shot.spoken, shown=shot.shown) for shot in film.storyboard.shots)


def postable(film: Film) -> tuple[Postable, ...]:
    """A film in each of its shapes, as it could be posted."""
    return tuple(Postable(format=reel.format, video=reel.video, cover=reel.cover) for reel in film.reels)


def _post_card(film: Film, job: str) -> Card:
    post = film.storyboard.post
    hashtags = " ".join(f"#{tag.removeprefix('#')}" for tag in post.hashtags)
    words = [phrase("verbatim", text=text) for text in (post.title, post.caption, hashtags) if text]
    lines = [phrase("post-pack"), GAP, *words, GAP, phrase("post-pack-files")]
    lines += _notes(film)
    reel = film.reels[0]
    name = _file_name(film)
    files = (Document(file=reel.srt, name=f"{name}.srt"), Document(file=reel.cover, name=f"{name}-cover.jpg"))
    whole = "\n\n".join(text for text in (post.caption, hashtags) if text)
    copies = (
        CopyButton(label=phrase("copy-title"), text=post.title),
        CopyButton(label=phrase("copy-caption"), text=whole),
    )
    return Card(slot="post", topic="post", lines=tuple(lines), media=files, rows=(copies,), job=job, once=True)


def _notes(film: Film) -> list[Phrase]:
    """What a seller should know of the making."""
    notes = []
    wanted = film.wish.brief.voice
    if film.speech.note:
        known = film.speech.note if film.speech.note in _VOICE_NOTES else "voice_unavailable"
        notes.append(phrase(f"note-{known.replace('_', '-')}"))
    elif film.speech.voice == NO_VOICE and wanted != NO_VOICE:
        notes.append(phrase("note-no-voice-for-language"))
    notes += _stand_ins(film)
    if any(not check.passed for reel in film.reels for check in reel.checks):
        notes.append(phrase("note-check-failed"))
    notes.append(phrase("note-music", title=film.score.title, licence=film.score.licence))
    return notes


def _stand_ins(film: Film) -> list[Phrase]:
    """Why the built-in engines did what others were asked for first."""
    reasons = {(step.stage, note.rpartition(": ")[2]) for step in film.steps for note in step.notes}
    notes = []
    if ("shoot", "product_changed") in reasons:
        notes.append(phrase("note-product-changed-shoot"))
    if ("enhance", "product_changed") in reasons:
        notes.append(phrase("note-product-changed-enhance"))
    if {reason for _, reason in reasons} - NOT_MEANT - {"product_changed"}:
        notes.append(phrase("note-built-in-engine"))
    return notes


def _video(film: Film, reel: Reel, name: str) -> Video:
    return Video(
        video=reel.video,
        cover=reel.cover,
        width=reel.width,
        height=reel.height,
        seconds=reel.seconds,
        name=name,
    )


def _file_name(film: Film) -> str:
    """A plain file name from the product's name."""
    letters = unicodedata.normalize("NFKD", film.wish.brief.name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "film"
