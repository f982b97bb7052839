"""Having things made: runs and what is heard of them; previews to choose from, films, voice samples."""

from __future__ import annotations

from typing import assert_never

from bot.dialogue import posts
from bot.dialogue.cards import Card, Phrase, Picture, Scope, Sound, Verb, Weight, phrase
from bot.dialogue.changing import film_card
from bot.dialogue.effects import Cancel, Haste, Keep, Produce
from bot.dialogue.events import Accepted, Declined, Told
from bot.dialogue.offering import offered, withdraw
from bot.dialogue.results import film_cards, postable, preview_cards, shot_words
from bot.dialogue.session import Menu, Project, Run, Sent
from bot.dialogue.summary import about, style_of, voice_name, wish_of
from bot.dialogue.talk import Talk, button
from pipeline.errors import REFUSALS
from pipeline.model import (
    Cancelled,
    Failed,
    Film,
    Finished,
    Goal,
    JobEvent,
    Network,
    Order,
    Progress,
    Progressed,
    Queued,
    Retake,
    Stage,
    Wish,
)

_QUIET = (Goal.VOICE, Goal.TAKES)  # done in a moment: their progress is not worth a message
IDEAS_AT_ONCE = 2
MOST_IDEAS = 6
MOST_UNDONE = 12
MOST_POSTS = 6  # of a film, remembered here; the studio remembers them all
MOST_RUNS = 6  # open in one chat
_UPLOADED = 90  # percent of a post from which on the network is at work

# ── beginning ────────────────────────────────────────────────────────────────────────────────────────────────────────


def begin_previews(talk: Talk) -> None:
    """Have the first ideas for the order made, and remember its style for the next one."""
    wish = wish_of(talk.session)
    profile = talk.session.profile.model_copy(update={"style": style_of(wish.brief)})
    talk.change(profile=profile)
    talk.do(Keep(profile=profile))
    film = Project(number=talk.number(), wish=wish, title=wish.brief.name)
    talk.keep_film(film)
    run(talk, Goal.PREVIEWS, wish, film=film.number, haste=Haste.NORMAL, ideas=IDEAS_AT_ONCE)


def run(
    talk: Talk, goal: Goal, wish: Wish, *, film: int, haste: Haste, ideas: int = 1, retake: Retake | None = None
) -> int:
    """Have something made; `ideas` counts all previews up to now, those that are there already cost nothing.

    Returns:
        the number of the run.
    """
    number = talk.number()
    talk.keep_run(Run(number=number, turn=number, goal=goal, wish=wish, film=film))
    talk.do(Produce(run=number, order=Order(goal=goal, wish=wish, variants=ideas, retake=retake), haste=haste))
    return number


def preview_voice(talk: Talk, voice: str) -> None:
    """Let a voice speak the seller's own first line."""
    wish = wish_of(talk.session)
    wish = wish.model_copy(update={"brief": wish.brief.model_copy(update={"voice": voice})})
    waiting = any(one.goal is Goal.VOICE and one.wish.brief.voice == voice for one in talk.session.runs)
    if not talk.session.draft.described:
        talk.hint(phrase("hear-needs-words"))
        return
    talk.hint(phrase("hear-soon"))
    if not waiting and not too_busy(talk):
        run(talk, Goal.VOICE, wish, film=0, haste=Haste.FAST)


def too_busy(talk: Talk) -> bool:
    """Whether this chat has as many jobs open as one may."""
    return len(talk.session.runs) >= MOST_RUNS


def accepted(talk: Talk, event: Accepted) -> None:
    """The job is written down; from now on it is reported on."""
    one = talk.session.run(event.run)
    if one is None:
        return
    one = one.model_copy(update={"job": event.job})
    talk.keep_run(one)
    if one.goal not in _QUIET:
        talk.show(_progress_card(one, (_queued(event.position),), fraction=0.0))


def declined(talk: Talk, event: Declined) -> None:
    """The job was not taken."""
    one = talk.session.run(event.run)
    if one is None:
        return
    _drop(talk, one)
    when = (phrase("limit-resets", time=about(event.resets_in)),) if event.resets_in is not None else ()
    talk.say(phrase(event.phrase), *when, topic="declined")


def stop(talk: Talk, one: Run) -> None:
    """Stop a run."""
    if not one.job or one.stopping:
        talk.hint(phrase("stopping"))
        return
    one = one.model_copy(update={"stopping": True})
    talk.keep_run(one)
    talk.do(Cancel(job=one.job))
    if one.goal not in _QUIET:
        talk.show(_progress_card(one, (phrase("stopping"),)))


# ── hearing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def told(talk: Talk, event: Told) -> None:
    """News of a job. An end that is told again shows the same cards again: they edit what is there, or fill a gap."""
    one = talk.session.run_of(event.job)
    news: JobEvent = event.event
    match news:
        case Queued():
            if one is not None and one.goal not in _QUIET and not one.stopping:
                talk.show(_progress_card(one, (_queued(news.position),), fraction=0.0, patient=True))
        case Progressed():
            if one is not None and one.goal not in _QUIET and not one.stopping:
                _progressed(talk, one, news)
        case Finished():
            _finished(talk, one, event.job, news)
        case Failed():
            _ended(talk, one, event.job, _failure_lines(news))
        case Cancelled():
            _ended(talk, one, event.job, (phrase("cancelled"),))
        case _:
            assert_never(news)


def _queued(position: int) -> Phrase:
    return phrase("queued", n=position) if position > 1 else phrase("starting")


_FAILURES = frozenset(
    f"failed-{why}"
    for why in ("disk-full", "refused", "engine", "photo", "media", "storage", "too-long", "crashed", "bug")
)
_NOT_POSTED = frozenset(
    (
        *(f"failed-login-{network}" for network in Network),
        *(f"failed-rejected-{reason}" for reason in REFUSALS),
        "failed-post-limit",
        "failed-post-away",
        "failed-post-file",
    )
)
_PERHAPS_POSTED = frozenset({"failed-post-processing", "failed-post-unknown"})


def _failure_lines(news: Failed) -> tuple[Phrase, ...]:
    """What went wrong, and when it may be tried again."""
    key = news.phrase.replace("_", "-")
    reference = phrase("ref", id=news.reference)
    if key in _PERHAPS_POSTED:
        return phrase(key), reference
    if key in _NOT_POSTED:
        when = () if news.retry_in is None else (phrase("limit-lifted", time=_until(news.retry_in)),)
        return phrase("not-posted"), phrase(key), *when, reference
    return phrase("failed"), phrase(key if key in _FAILURES else "failed-bug"), reference


def _until(seconds: float) -> Phrase:
    """A time to wait, as people say it."""
    return about(seconds) if seconds < 5400 else phrase("about-hours", n=round(seconds / 3600))


def _progressed(talk: Talk, one: Run, news: Progressed) -> None:
    at = news.progress
    lines = [_stage(at)]
    if news.seconds_left is not None:
        lines.append(phrase("time-left", time=about(news.seconds_left)))
    talk.show(_progress_card(one, tuple(lines), fraction=at.fraction, patient=True))
    if at.picture is not None and not _has_board(talk, one):
        slot = "board" if at.variant is None else f"board-{at.variant}"
        line = phrase("board") if at.variant is None else phrase("board-idea", letter=letter(at.variant))
        picture = Picture(image=at.picture)
        talk.show(Card(slot=slot, topic="board", lines=(line,), media=(picture,), job=one.job, patient=True))


def _has_board(talk: Talk, one: Run) -> bool:
    """Whether the film is shown already, so that a change of it brings no new storyboard."""
    film = talk.session.film(one.film)
    return one.goal is Goal.FILM and film is not None and film.shown is not None and film.shown.idea == one.wish.idea


def _stage(at: Progress) -> Phrase:
    counted = at.stage in (Stage.ENHANCE, Stage.SHOOT, Stage.CUT) and at.total > 1
    if at.stage is Stage.PUBLISH:
        return phrase("stage-publish" if at.done < _UPLOADED else "stage-publish-waiting")
    words = phrase(f"stage-{at.stage}-of", done=min(at.done + 1, at.total), total=at.total)
    words = words if counted else phrase(f"stage-{at.stage}")
    return words if at.variant is None else phrase("idea-stage", letter=letter(at.variant), stage=words)


def _progress_card(
    one: Run, lines: tuple[Phrase, ...], *, fraction: float | None = None, patient: bool = False
) -> Card:
    heading = _heading(one)
    cancel = button("cancel", Verb.STOP, scope=Scope.RUN, number=one.number, weight=Weight.DANGER)
    return Card(
        slot="progress",
        topic="progress",
        lines=(heading, *lines),
        rows=() if one.stopping else ((cancel,),),
        turn=one.turn,
        fraction=fraction,
        job=one.job,
        patient=patient,
    )


def _heading(one: Run) -> Phrase:
    if one.post is not None:
        return phrase("posting-to", place=phrase(f"platform-{one.post.platform}"))
    making, name = "making-previews" if one.goal is Goal.PREVIEWS else "making-film", one.wish.brief.name
    return phrase(f"{making}-of", name=name) if name else phrase(making)


def _ended(talk: Talk, one: Run | None, job: str, lines: tuple[Phrase, ...]) -> None:
    """The job ended without a result. A voice sample that fails says so as well: it was asked for."""
    if one is not None:
        _drop(talk, one)
    talk.show(Card(slot="progress", topic="ended", lines=lines, job=job))


def _drop(talk: Talk, one: Run) -> None:
    """End a run that brought nothing: the film's wish is again what the chat shows, unless more is under way for it."""
    talk.end_run(one)
    film = talk.session.film(one.film)
    if one.goal is Goal.TAKES:
        withdraw(talk, film, one)
        return
    if film is None or any(other.film == film.number and other.goal not in _QUIET for other in talk.session.runs):
        return
    talk.keep_film(film.model_copy(update={"wish": film.shown or film.wish, "pressed": ()}))


def _finished(talk: Talk, one: Run | None, job: str, news: Finished) -> None:
    if news.takes is not None:
        offered(talk, one, job, news.takes)
        return
    if news.posted is not None and news.post is not None:
        _posted(talk, one, job, Sent(post=news.post, posted=news.posted))
        return
    if not news.films:
        _sampled(talk, one, job, news)
        return
    film = talk.session.film(one.film) if one is not None else _film_of(talk, job)
    if one is not None:
        talk.end_run(one)
    if film is None:  # its buttons have fallen out of this conversation: it is shown all the same
        film = Project(number=talk.number(), wish=news.films[0].wish, title=news.films[0].wish.brief.name)
    goal = one.goal if one is not None else film.goal
    if goal is Goal.PREVIEWS and len(news.films) > 1:
        _previews_ready(talk, film, job, news.films)
    else:
        film_ready(talk, film, job, news.films[0])


def _posted(talk: Talk, one: Run | None, job: str, sent: Sent) -> None:
    """A film was posted: its card has the link from now on."""
    talk.show(posts.posted_card(sent.post, sent.posted, job=job))
    if one is None:
        return
    talk.end_run(one)
    film = talk.session.film(one.film)
    if film is not None:
        others = tuple(other for other in film.posts if other.post != sent.post)
        film = film.model_copy(update={"posts": (*others, sent)[-MOST_POSTS:]})
        talk.keep_film(film)
        talk.ask(film_card(film, talk.session.accounts))


def _film_of(talk: Talk, job: str) -> Project | None:
    return next((film for film in talk.session.films if film.job == job), None)


def _sampled(talk: Talk, one: Run | None, job: str, news: Finished) -> None:
    if one is not None:
        talk.end_run(one)
    if news.sample is None:
        talk.show(Card(slot="sample", topic="sample", lines=(phrase("no-sample"),), job=job))
        return
    title = phrase("sample-title")
    name = voice_name(one.wish.brief.voice, one.wish.brief.language) if one is not None else None
    title = title if name is None else phrase("sample-by", voice=name)
    sound = Sound(audio=news.sample, title=title)
    talk.show(Card(slot="sample", topic="sample", lines=(title,), media=(sound,), job=job, once=True))


def _previews_ready(talk: Talk, film: Project, job: str, films: tuple[Film, ...]) -> None:
    again = film.job == job
    first = film.ideas - IDEAS_AT_ONCE if again else film.ideas
    first = max(0, min(first, len(films) - 1))
    talk.show(_done_card(phrase("previews-ready", n=len(films) - first), job))
    for card in preview_cards(films[first:], first=first, job=job):
        talk.show(card)
    if not again:
        film = film.model_copy(update={"ideas": len(films), "job": job, "goal": Goal.PREVIEWS, "menu": Menu.IDEAS})
    _show_buttons(talk, film, renewed=not again)


def film_ready(talk: Talk, film: Project, job: str, made: Film) -> None:
    """A film is there: its files, its words to post, its buttons."""
    again = film.job == job
    talk.show(_done_card(phrase("film-ready", n=len(made.reels)), job))
    if not again and made.storyboard.post != film.post:
        film = film.model_copy(update={"post": made.storyboard.post, "post_job": job})
    for card in film_cards(made, job=job, with_post=film.post_job == job):
        talk.show(card)
    _show_buttons(talk, film if again else _holding(film, job, made), renewed=not again)


def show_again(talk: Talk, film: Project, job: str, made: Film) -> None:
    """Show a film of the history in new messages, with its buttons."""
    place = talk.number()
    for card in film_cards(made, job="", with_post=True):
        talk.show(card.model_copy(update={"slot": f"again-{place}-{card.slot}"}))
    _show_buttons(talk, _holding(film, job, made), renewed=True)


def _holding(film: Project, job: str, made: Film) -> Project:
    """A film's project when the chat shows what a job made."""
    undo, undo_jobs = _undo(film, made.wish)
    return film.model_copy(
        update={
            "job": job,
            "goal": Goal.FILM,
            "shown": made.wish,
            "undo": undo,
            "undo_jobs": undo_jobs,
            "menu": Menu.MAIN,
            "offer": film.offer if film.offer is not None and film.offer.waiting else None,
            "title": made.storyboard.post.title,
            "shots": shot_words(made),
            "words": made.storyboard.post,
            "reels": postable(made),
            "synthetic": made.synthetic,
            "confirming": None,
            "ideas": max(film.ideas, made.wish.idea + 1),
        }
    )


def _undo(film: Project, now: Wish) -> tuple[tuple[Wish, ...], tuple[str, ...]]:
    """The wishes to go back to, and the jobs that made them, now that another is shown.

    One of them itself takes those after it away.
    """
    if now in film.undo:
        place = film.undo.index(now)
        return film.undo[:place], film.undo_jobs[:place]
    if film.shown is None or film.shown == now:
        return film.undo, film.undo_jobs
    return (*film.undo, film.shown)[-MOST_UNDONE:], (*film.undo_jobs, film.job)[-MOST_UNDONE:]


def _show_buttons(talk: Talk, film: Project, *, renewed: bool) -> None:
    """Show a film's buttons; renewed ones come in a new message, and those above it lose theirs."""
    if renewed:
        if film.slot:
            talk.retire(film.slot)
        turn = talk.number()
        film = film.model_copy(update={"turn": turn, "slot": f"film-{film.number}-{turn}", "pressed": ()})
        talk.keep_film(film)  # last, as the newest; one that is told again keeps its place
    talk.ask(film_card(film, talk.session.accounts))


def _done_card(line: Phrase, job: str) -> Card:
    return Card(slot="progress", topic="done", lines=(line,), job=job)


def letter(idea: int) -> str:
    """The letter of an idea: A is the first."""
    return "ABCDEFGHIJ"[idea] if idea < 10 else str(idea + 1)
