"""Numbers after words that want another case of them, in languages where they have one."""

from __future__ import annotations

import re

from pipeline.spoken.lexicon import Governed, Lexicon
from pipeline.spoken.rule import Rule

_NEAR = 16  # letters before a number in which such a word stands


def in_case(rule: Rule, lexicon: Lexicon, governed: Governed) -> Rule:
    """A rule that says what it says in the genitive after "from", "to", "about"."""
    words = "|".join(re.escape(word) for word in governed.after)
    before = re.compile(rf"(?<!\w)(?:{words})[ \u00a0]$", re.IGNORECASE)
    forms = _forms(lexicon, governed)

    def say(match: re.Match[str]) -> str:
        said = rule.say(match)
        if not before.search(match.string, max(0, match.start() - _NEAR), match.start()):
            return said
        first, *rest = said.split(" ")
        return " ".join(
            (governed.first.get(first) or forms.get(first, first), *(forms.get(word, word) for word in rest))
        )

    return Rule(rule.pattern, say)


def _forms(lexicon: Lexicon, governed: Governed) -> dict[str, str]:
    """Words and their genitives: of a name's four forms the third is that of several, the fourth that of one."""
    names = [*lexicon.units.values()]
    for money in lexicon.currencies.values():
        names += [money.major, money.minor]
    inflected = [forms for forms in names if len(forms) == 4]
    return {forms[0]: forms[3] for forms in inflected} | {forms[1]: forms[2] for forms in inflected} | governed.numbers
