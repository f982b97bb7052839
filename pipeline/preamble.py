"""What sellers call out before they name their product: "NEW!", "Free shipping over $50!", "【送料無料】"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.asking import Priced, Role
from pipeline.clauses import sentences
from pipeline.cleaning import BREAK

_CALLED = {
    "en": "(?:brand |as )?new(?: in| arrival| with tags)?|(?:on )?sale|(?:special )?offer|hot|reduced|bargain"
    "|clearance|last one|handmade|"
    "free (?:shipping|delivery)",
    "de": "neu(?:ware| im shop)?|nagelneu|(?:sonder)?angebot|reduziert|handgemacht",
    "es": "nuev[oa]|oferta|novedad|hecho a mano|envío gratis",
    "fr": "neuf|neuve|nouveau|nouveauté|promo(?:tion)?|soldes|fait main",
    "it": "nuov[oa]|novità|offerta|fatto a mano",
    "pt": "nov[oa]|novidade|promoção|feito à mão|frete grátis",
    "pl": "nowość|now[eya]|promocja|okazja",
    "nl": "nieuw|aanbieding|handgemaakt",
    "sv": "ny(?:het)?|rea",
    "tr": "yeni|indirim|kampanya|fırsat",
    "uk": "новинка|акція|знижка|нов(?:ий|е|а)",
    "ja": "新品|未使用|未開封|美品|中古|送料無料|新作|新商品|セール|人気|限定|再入荷",
    "ko": "새상품|신상품?|세일|특가|할인|무료 ?배송",
    "ar": "جديد|عرض خاص|تخفيضات",
}
_CALL = re.compile(rf"(?:[\s\W_]*(?:{'|'.join(_CALLED.values())}))+[\s\W_]*", re.IGNORECASE)
_BRACKET = re.compile(r"[【［][^】］\n]{1,24}[】］]")
_LEADING_WORDS = 1  # before "shipping over $50" that still belong to it: "Free", "Now"


def without_preamble(text: str, priced: Sequence[Priced], language: str) -> str:
    """A cleaned text of the same length in which what cannot name the product is made of `BREAK`."""
    blank = [match.span() for match in _BRACKET.finditer(text)]
    for start, end in sentences(text):
        if _CALL.fullmatch(text, start, end):
            blank.append((start, end))
        blank += [(start, one.found.end) for one in priced if one.role is Role.OTHER and _leads(text, start, one, end)]
    for start, end in blank:
        text = text[:start] + BREAK * (end - start) + text[end:]
    return text


def _leads(text: str, start: int, one: Priced, end: int) -> bool:
    """Whether a sentence begins with an amount that is not the price: "Save $20!"."""
    inside = start <= one.start and one.found.end <= end
    return inside and len(text[start : one.start].split()) <= _LEADING_WORDS
