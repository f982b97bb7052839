"""Draws a chat in a terminal: bubbles, buttons with numbers, a live bar for what is being made."""

from __future__ import annotations

from collections.abc import Sequence

from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from bot.dialogue.cards import Weight
from bot.outlet import Key, LinkKey, Message

BOT, SELLER, QUIET = "#e4572e", "#2e86ab", "grey58"
WIDTH = 84
FRAMELESS = 60  # columns below which bubbles lose their frames


class Screen:
    """A terminal that shows one chat."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._live: Live | None = None

    def message(self, message: Message, *, numbers: Sequence[Key], files: Sequence[str] = ()) -> None:
        """Show a message of the bot; `numbers` are its buttons in the order of the numbers they are pressed by."""
        parts: list[RenderableType] = []
        if message.text:
            parts.append(Text(message.text))
        parts += [Text(f"⤓ {file}", style=f"bold {SELLER}") for file in files]
        links = [key for row in message.rows for key in row if isinstance(key, LinkKey)]
        parts += [Text(f"↗ {key.label}: {key.address}", style=f"bold {SELLER}") for key in links]
        buttons = self._buttons(message, numbers)
        if buttons is not None:
            parts.append(buttons)
        if message.typing and message.rows and message.topic != "photos":  # which says so itself
            parts.append(Text(f"✎ {message.typing}", style=f"italic {QUIET}"))
        if parts:
            self._bubble(Group(*parts), title="FRAME", colour=BOT, left=True)

    def said(self, text: str) -> None:
        """Show what the seller typed or pressed."""
        self._bubble(Text(text), title="You", colour=SELLER, left=False)

    def hint(self, text: str) -> None:
        """Show a short hint."""
        self.console.print(Padding(Text(text, style=f"italic {QUIET}"), (0, 2)))

    def note(self, text: str) -> None:
        """Show a line that is not part of the chat."""
        self.console.print(Text(text, style=QUIET))

    def progress(self, message: Message) -> None:
        """Show how far a job is, in a line of its own that is drawn over."""
        first, *rest = message.text.splitlines() or [""]
        bar = Table.grid(padding=(0, 1))
        bar.add_row(
            Text(first, style="bold"),
            ProgressBar(total=1.0, completed=message.fraction or 0.0, width=24, complete_style=BOT),
            Text(f"{round(100 * (message.fraction or 0.0)):3d} %", style=BOT),
            Text(" · ".join(rest), style=QUIET),
        )
        if not self.console.is_terminal:
            return
        if self._live is None:
            self._live = Live(console=self.console, transient=True, auto_refresh=False)
            self._live.start()
        self._live.update(Padding(bar, (0, 2)), refresh=True)

    def settle(self) -> None:
        """Take the line of progress away."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _bubble(self, body: RenderableType, *, title: str, colour: str, left: bool) -> None:
        width = min(WIDTH, self.console.width)
        if width < FRAMELESS:
            self.console.print(Text(f"{title}: ", style=f"bold {colour}"), body)
            return
        panel = Panel(
            body,
            title=Text(title, style=f"bold {colour}"),
            title_align="left" if left else "right",
            border_style=colour if left else QUIET,
            padding=(0, 1),
            expand=False,
        )
        self.console.print(panel if left else Align.right(panel), width=width)

    def _buttons(self, message: Message, numbers: Sequence[Key]) -> Table | None:
        if not message.rows:
            return None
        places = {id(key): at for at, key in enumerate(numbers, start=1)}
        table = Table.grid(padding=(0, 2))
        for row in message.rows:
            keys = [key for key in row if isinstance(key, Key)]
            if keys:
                table.add_row(*(_label(key, places.get(id(key))) for key in keys))
        return table if table.row_count else None


def _label(key: Key, number: int | None) -> Text:
    tick = {None: "", True: "✓ ", False: ""}[key.picked]
    text = Text()
    text.append(f"{number} " if number else "· ", style=f"bold {BOT}")
    text.append(f"{tick}{key.label}", style="bold" if key.weight is Weight.MAIN or key.picked else "")
    return text
