"""One rule of normalisation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What to look for, and what to say for a match."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]
