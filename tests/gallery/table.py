"""The table of checks, over orders x tones x formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Check


@dataclass(frozen=True)
class Row:
    """One film of the gallery and what was measured on it."""

    film: str
    templates: tuple[str, ...]  # one a shot
    checks: tuple[Check, ...]

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if not check.passed)

    def line(self) -> str:
        """The film in one line: its shots, and what is wrong with it."""
        told = "; ".join(f"{check.name}: {check.measured}, wanted {check.wanted}" for check in self.faults)
        return f"{self.film}: {', '.join(self.templates)}" + (f"  !! {told}" if told else "")


def table(rows: Sequence[Row]) -> str:
    """All checks as Markdown: the failed ones in words, then every figure, failed ones in bold."""
    failed = [row for row in rows if row.faults]
    figures = sum(len(row.checks) for row in rows)
    lines = [f"{len(rows)} films, {figures} checks, {sum(len(row.faults) for row in failed)} failed.", ""]
    lines += [f"- {row.line()}" for row in failed]
    lines += [""] if failed else []
    names = list(dict.fromkeys(check.name for row in rows for check in row.checks))
    lines += ["| film | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for row in rows:
        found = {check.name: check for check in row.checks}
        lines.append(f"| {row.film} | " + " | ".join(_cell(found.get(name)) for name in names) + " |")
    return "\n".join(lines) + "\n"


def _cell(check: Check | None) -> str:
    if check is None:
        return ""
    measured = check.measured.replace("|", "/")
    return measured if check.passed else f"**{measured}**"
