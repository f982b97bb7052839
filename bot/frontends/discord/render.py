"""A message of the conversation in Discord's terms: text with nothing left to read as markup, an embed, components."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import discord

from bot.dialogue.cards import Weight
from bot.outlet import CopyKey, Key, LinkKey, Message

TEXT = 2000  # characters that Discord takes
NOTES = 1000  # of these for our own lines
EMBED = 4096
LABEL = 80
OPTION = 100
PLACEHOLDER = 150
TITLE = 45
ROWS, BUTTONS, OPTIONS = 5, 5, 25
BAR = 12  # cells of a progress bar
MANY = 6  # choices above which a menu is easier than buttons
ACCENT = 0xE8A33D

FRAMED = frozenset({"review", "progress", "settings", "films", "help"})  # topics that are shown in an embed
UPLOADS = frozenset({"photos", "product", "logo"})  # topics that a photo answers as well

PRESS, PICK, WRITE = "k:", "m:", "w:"  # what a custom_id begins with; what follows a PRESS is the dialogue's token
PENCIL = "-# ✏️ "  # begins the line that says what may be typed

_STYLES = {
    Weight.MAIN: discord.ButtonStyle.primary,
    Weight.PLAIN: discord.ButtonStyle.secondary,
    Weight.DANGER: discord.ButtonStyle.danger,
}
_MARKUP = re.compile(r"([\\*_~`|<>\[\]])|(?<=\w)(:)(?=//)|(?<=^)([#\-+>])|(?<=^)(\d+)(\.)", re.MULTILINE)

Say = Callable[[str], str]
Buttons = tuple[Key | LinkKey | str, ...]  # a text is the button that lets the seller write about a topic


@dataclass(frozen=True)
class Choices:
    """A select menu."""

    name: str
    keys: tuple[Key, ...]
    several: bool = False
    hears: bool = False


@dataclass(frozen=True)
class Face:
    """A message as Discord shows it. Rows: menus alone, buttons up to five."""

    content: str
    embeds: tuple[discord.Embed, ...]
    rows: tuple[Choices | Buttons, ...]


def escape(text: str) -> str:
    """Text that Discord shows exactly as it is: no markup, no links, no mentions."""

    def escaped(found: re.Match[str]) -> str:
        plain, colon, mark, number, dot = found.groups()
        if number:
            return f"{number}\\{dot}"
        return f"\\{plain or colon or mark}"

    return _MARKUP.sub(escaped, text)


def unescape(text: str) -> str:
    """What a reader sees of an escaped text."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def shortened(text: str, limit: int) -> str:
    """Escaped, and at most `limit` characters long after that."""
    kept = limit
    while len(done := escape(shorten(text, kept))) > limit:
        kept -= max(1, len(done) - limit)
    return done


def face(message: Message, say: Say, *, notes: Sequence[str] = ()) -> Face:
    """How a message looks.

    Args:
        message: what to show.
        say: the front end's own phrases in the seller's language.
        notes: lines of the front end's own below the text; these may hold links.
    """
    text = _with_bar(message)
    pencil = f"{PENCIL}{shortened(message.typing, OPTION)}" if message.typing else ""
    said = "\n".join(notes)
    long = len(said) > NOTES  # signed links may take more than a message holds
    below = "\n".join(part for part in ("" if long else said, pencil) if part)
    room = TEXT - len(below) - 1
    rows = arranged(message, writes=bool(message.typing) or message.topic in UPLOADS)
    copies = tuple(_copy(key) for row in message.rows for key in row if isinstance(key, CopyKey))
    embeds = (*copies, discord.Embed(description=said, colour=ACCENT)) if long else copies
    if message.topic in FRAMED or len(escape(text)) > room:
        return Face(below, (_framed(message, text), *embeds), rows)
    return Face("\n".join(part for part in (shortened(text, room), below) if part), embeds, rows)


def _with_bar(message: Message) -> str:
    if message.fraction is None:
        return message.text
    full = round(max(0.0, min(1.0, message.fraction)) * BAR)
    return f"{message.text}\n{'▰' * full}{'▱' * (BAR - full)} {message.fraction:.0%}"


def _framed(message: Message, text: str) -> discord.Embed:
    head, _, rest = text.partition("\n")
    if not rest.strip() or len(head) > 200:
        return discord.Embed(description=shortened(text, EMBED), colour=ACCENT)
    return discord.Embed(title=shortened(head, 256), description=shortened(rest.strip("\n"), EMBED), colour=ACCENT)


def _copy(key: CopyKey) -> discord.Embed:
    """A text to copy: Discord puts a copy button on code blocks."""
    text = key.text.replace("```", "`\u200b`\u200b`")
    return discord.Embed(title=shortened(key.label, 256), description=f"```\n{shorten(text, EMBED - 10)}\n```")


# ── components ───────────────────────────────────────────────────────────────────────────────────────────────────────


def arranged(message: Message, *, writes: bool) -> tuple[Choices | Buttons, ...]:
    """The rows of a message: what is many becomes a menu, what is too wide is folded."""
    rows = [tuple(key for key in row if isinstance(key, Key)) for row in message.rows]
    menus = _menus(rows)
    in_menu = {key.token for menu in menus for key in menu.keys}
    left = [tuple(key for key in row if key.token not in in_menu) for row in rows]
    links = tuple(key for row in message.rows for key in row if isinstance(key, LinkKey))
    lines: list[Buttons] = [*left, links]
    buttons: list[Buttons] = [part for line in lines for part in _folded(line)]
    if writes:
        if buttons and len(buttons[-1]) < BUTTONS:
            buttons[-1] = (*buttons[-1], message.topic)
        else:
            buttons.append((message.topic,))
    if len(menus) + len(buttons) > ROWS:
        buttons = _folded([key for row in buttons for key in row])
    every: list[Choices | Buttons] = [*menus, *buttons]
    return tuple(every[:ROWS])


def _folded(keys: Sequence[Key | LinkKey | str]) -> list[Buttons]:
    return [tuple(keys[at : at + BUTTONS]) for at in range(0, len(keys), BUTTONS)]


def _menus(rows: Sequence[tuple[Key, ...]]) -> list[Choices]:
    """What is better chosen from a menu: several of many, one of many, a voice to hear."""
    keys = [key for row in rows for key in row]
    several = [key for key in keys if _verb(key) == "t"]
    hears = [_named(key, row) for row in rows for key in row if _verb(key) == "h"]
    menus = [Choices("t", tuple(several[:OPTIONS]), several=True)] if several else []
    for verb in ("c", "v", "rt", "w"):
        one = [key for key in keys if _verb(key) == verb]
        if len(one) > MANY or (verb == "c" and hears):
            menus.append(Choices(verb, tuple(one[:OPTIONS])))
    if hears:
        menus.append(Choices("h", tuple(hears[:OPTIONS]), hears=True))
    return menus


def _verb(key: Key) -> str:
    return re.split(r"[.=]", key.code, maxsplit=1)[0]


def _named(hear: Key, row: tuple[Key, ...]) -> Key:
    """A button that lets one hear a voice, with the name of the voice beside it."""
    return Key(label=f"{hear.label} {row[0].label}", token=hear.token, code=hear.code)


def view(shown: Face, say: Say) -> discord.ui.View:
    """The components of a message. Nobody waits for them: every press is handled by its custom_id."""
    made = discord.ui.View(timeout=None)
    for number, row in enumerate(shown.rows):
        if isinstance(row, Choices):
            made.add_item(_menu(row, say, number))
            continue
        for key in row:
            made.add_item(_button(key, say, number))
    made.stop()  # so that discord.py does not keep it
    return made


def _button(key: Key | LinkKey | str, say: Say, row: int) -> discord.ui.Button[discord.ui.View]:
    if isinstance(key, LinkKey):
        return discord.ui.Button(label=shorten(key.label, LABEL), url=key.address, row=row)
    if isinstance(key, str):
        return discord.ui.Button(label=say("write"), emoji="✏️", custom_id=f"{WRITE}{key}", row=row)
    return discord.ui.Button(
        label=shorten(_ticked(key), LABEL), custom_id=f"{PRESS}{key.token}", style=_STYLES[key.weight], row=row
    )


def _menu(menu: Choices, say: Say, row: int) -> discord.ui.Select[discord.ui.View]:
    options = [
        discord.SelectOption(
            label=shorten(key.label if menu.several else _ticked(key), OPTION),
            value=key.token,
            # a menu that answers at once ticks nothing: what is ticked could not be chosen again
            default=bool(key.picked) and menu.several,
        )
        for key in menu.keys
    ]
    ticked = next((key.label for key in menu.keys if key.picked and not menu.several), "")
    named = "choose-several" if menu.several else "choose-hear" if menu.hears else "choose"
    return discord.ui.Select(
        custom_id=f"{PICK}{menu.name}",
        placeholder=shorten(f"✓ {ticked}" if ticked else say(named), PLACEHOLDER),
        min_values=0 if menu.several else 1,
        max_values=len(options) if menu.several else 1,
        options=options,
        row=row,
    )


def _ticked(key: Key) -> str:
    return f"✓ {key.label}" if key.picked else key.label
