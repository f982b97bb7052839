"""What an examination finds, and the table that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text


class State(StrEnum):
    """How a part of the installation is."""

    WELL = "ok"
    ABSENT = "–"  # not there, and not needed
    ILL = "missing"


_STYLES = {State.WELL: "green", State.ABSENT: "dim", State.ILL: "bold red"}


@dataclass(frozen=True)
class Finding:
    """One part of the installation. `advice` says what to do when something is to be done."""

    part: str
    state: State
    what: str
    advice: str = ""


def well(findings: Sequence[Finding]) -> bool:
    """Whether everything that is needed is there."""
    return all(finding.state is not State.ILL for finding in findings)


def show(findings: Sequence[Finding], console: Console) -> None:
    """Print the findings as a table, and in one sentence what follows."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for finding in findings:
        mark = Text(finding.state.value, style=_STYLES[finding.state])
        said = Text(finding.what)
        if finding.advice:
            said.append(f"\n→ {finding.advice}", style="yellow")
        table.add_row(Text(finding.part, style="bold"), mark, said)
    console.print(table)
    ill = [finding.part for finding in findings if finding.state is State.ILL]
    console.print(Text(f"\nTo be put right: {', '.join(ill)}." if ill else "\nEverything that is needed works."))
