"""The buttons under previews and films, and the wish that each makes of the film's: only what differs is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogue import posts
from bot.dialogue.cards import Button, Card, Drawn, Phrase, Scope, Verb, Weight, phrase
from bot.dialogue.offers import filmed_anew, offer_menu, offer_picture, taken
from bot.dialogue.session import Menu, Project
from bot.dialogue.summary import platform_label, voice_name
from bot.dialogue.talk import button, in_rows
from pipeline import voices
from pipeline.model import AUTO_VOICE, NO_VOICE, Brief, Platform, Wish, WordEdit

_QUOTED = 60  # characters of a shot's words on its line


def film_card(film: Project, accounts: posts.Accounts) -> Card:
    """The card with a film's buttons, for a seller who may post to these accounts."""
    menu, (lines, rows) = _drawn(film, accounts)
    takes = menu is Menu.TAKES
    return Card(
        slot=film.slot,
        topic=_TOPICS[menu],
        lines=lines,
        media=offer_picture(film) if takes else (),
        rows=rows,
        turn=film.turn,
        below=takes,
    )


def _drawn(film: Project, accounts: posts.Accounts) -> tuple[Menu, Drawn]:
    """Which menu is shown and how it looks; posting is offered only as long as it can be done."""
    if film.menu is Menu.PUBLISH and posts.offered(film, accounts):
        return Menu.PUBLISH, posts.choice(film, accounts)
    if film.menu is Menu.CONFIRM and film.confirming is not None:
        post = posts.posting(film, film.confirming, accounts)
        if post is not None:
            return Menu.CONFIRM, posts.confirmation(film, post)
    menu = film.menu if film.menu in _MENUS else Menu.MAIN
    lines, rows = _MENUS[menu](film)
    return menu, (lines, (*rows, *posts.rows_under(film, accounts)) if menu is Menu.MAIN else rows)


def _ideas(film: Project) -> Drawn:
    marks = [
        _button(film, phrase("pick", letter="ABCDEFGHIJ"[idea]), Verb.PICK, idea, weight=Weight.MAIN)
        for idea in range(film.ideas)
    ]
    more = ((_button(film, "more-ideas", Verb.MORE_IDEAS),),) if film.ideas < 6 else ()
    return (phrase("choose-idea"),), (*in_rows(marks, 3), *more)


def _main(film: Project) -> Drawn:
    missing = set(Platform) - set(_shown(film).platforms)
    buttons = [
        _button(film, "change-shot", Verb.MENU, Menu.SHOTS),
        _button(film, "change-words", Verb.MENU, Menu.WORDS),
        _button(film, "change-voice", Verb.MENU, Menu.VOICE),
        _button(film, "change-music", Verb.MUSIC),
        _button(film, "other-idea", Verb.OTHER_IDEA),
    ]
    if missing:
        buttons.append(_button(film, "add-platform", Verb.MENU, Menu.PLATFORMS))
    rows = in_rows(buttons, 2)
    if film.undo:
        rows = (*rows, (_button(film, "undo", Verb.UNDO),))
    return (phrase("film-menu"), phrase("film-menu-more")), rows


def _shots(film: Project) -> Drawn:
    lines = [phrase("which-shot"), *_shot_lines(film)]
    buttons = [_button(film, phrase("shot", n=at + 1), Verb.RETAKE, at) for at in range(len(film.shots))]
    return tuple(lines), (*in_rows(buttons, 4), _back(film))


def _words(film: Project) -> Drawn:
    lines = [phrase("which-words"), *_shot_lines(film)]
    buttons = [_button(film, phrase("shot", n=at + 1), Verb.WORDS, at) for at in range(len(film.shots))]
    return tuple(lines), (*in_rows(buttons, 4), _back(film))


def _voice(film: Project) -> Drawn:
    brief = _shown(film)
    ids = [voice.id for voice in voices.offered(brief.language)]
    if voices.has_natural(brief.language):
        ids.insert(0, AUTO_VOICE)
    buttons = [
        _button(film, voice_name(one, brief.language), Verb.VOICE, one, picked=one == brief.voice)
        for one in (*ids, NO_VOICE)
    ]
    return (phrase("which-voice"),), (*in_rows(buttons, 2), _back(film))


def _platforms(film: Project) -> Drawn:
    missing = [one for one in Platform if one not in _shown(film).platforms]
    buttons = [_button(film, platform_label(one), Verb.ADD, one) for one in missing]
    return (phrase("which-platform"),), (*in_rows(buttons, 2), _back(film))


_MENUS: Mapping[Menu, Callable[[Project], Drawn]] = {
    Menu.IDEAS: _ideas,
    Menu.MAIN: _main,
    Menu.SHOTS: _shots,
    Menu.TAKES: offer_menu,
    Menu.WORDS: _words,
    Menu.VOICE: _voice,
    Menu.PLATFORMS: _platforms,
}
_TOPICS = {
    Menu.IDEAS: "choose",
    Menu.MAIN: "film-menu",
    Menu.SHOTS: "which-shot",
    Menu.TAKES: "takes",
    Menu.WORDS: "which-words",
    Menu.VOICE: "which-voice",
    Menu.PLATFORMS: "which-platform",
    Menu.PUBLISH: "where-to-post",
    Menu.CONFIRM: "confirm-post",
}


def _shown(film: Project) -> Brief:
    """What the buttons are about: the film that is shown, whatever else is under way."""
    return (film.shown or film.wish).brief


def _shot_lines(film: Project) -> list[Phrase]:
    lines = []
    for at, shot in enumerate(film.shots, start=1):
        text = shot.spoken or shot.shown
        text = text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"
        lines.append(phrase("shot-words", n=at, text=text) if text else phrase("shot-silent", n=at))
    return lines


def _button(
    film: Project,
    key: str | Phrase,
    verb: Verb,
    value: str | int = "",
    *,
    weight: Weight = Weight.PLAIN,
    picked: bool | None = None,
) -> Button:
    return button(key, verb, value, scope=Scope.FILM, number=film.number, weight=weight, picked=picked)


def _back(film: Project) -> tuple[Button, ...]:
    return (_button(film, "back", Verb.MENU, Menu.MAIN),)


# ── wishes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def changed(film: Project, verb: Verb, value: str) -> Wish | None:
    """The wish that a button makes of a film's; None when the button does not fit it."""
    wish, brief = film.wish, film.wish.brief
    match verb:
        case Verb.TAKE:
            return taken(film, value)
        case Verb.FILM_ANEW:
            return filmed_anew(film, value)
        case Verb.MUSIC:
            return wish.model_copy(update={"music": wish.music + 1})
        case Verb.OTHER_IDEA:
            ideas = max(2, film.ideas)
            return _idea(wish, (wish.idea + 1) % ideas)
        case Verb.PICK if value.isdecimal() and int(value) < film.ideas:
            return _idea(wish, int(value))
        case Verb.VOICE if value in {AUTO_VOICE, NO_VOICE, *(one.id for one in voices.offered(brief.language))}:
            return wish.model_copy(update={"brief": brief.model_copy(update={"voice": value})})
        case Verb.ADD if value in set(Platform) and value not in brief.platforms:
            platforms = (*brief.platforms, Platform(value))
            return wish.model_copy(update={"brief": brief.model_copy(update={"platforms": platforms})})
        case _:
            return None


def reworded(wish: Wish, edit: WordEdit) -> Wish:
    """The wish with a shot's words replaced; what the new wording leaves open stays as it was."""
    old = next((one for one in wish.edits if one.shot == edit.shot), WordEdit(shot=edit.shot))
    merged = WordEdit(
        shot=edit.shot,
        spoken=old.spoken if edit.spoken is None else edit.spoken,
        shown=old.shown if edit.shown is None else edit.shown,
    )
    others = (one for one in wish.edits if one.shot != edit.shot)
    return wish.model_copy(update={"edits": tuple(sorted((*others, merged), key=lambda one: one.shot))})


def _idea(wish: Wish, idea: int) -> Wish:
    """Another idea is another storyboard: takes and wordings of the old one do not fit it."""
    return wish.model_copy(update={"idea": idea, "takes": (), "composed": (), "edits": ()})
