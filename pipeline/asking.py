"""Which of the amounts in a seller's text is what the product costs: not the old price, the postage or the saving."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from pipeline.cleaning import BREAK
from pipeline.model import Value
from pipeline.money import Found, prices_in


class Role(StrEnum):
    """What an amount is for."""

    ASKING = "asking"
    FORMER = "former"  # what it cost, or costs elsewhere
    OTHER = "other"  # shipping, a saving, a deposit, an amount from which something is free


class Priced(Value):
    """An amount in a text and what it is for; `start` is where the words that tell so begin."""

    found: Found
    role: Role
    start: int


_NEAR = 60  # letters before an amount in which the words that tell its role stand
_FORMER = re.compile(
    r"(?:\b(?:statt|(?:i )?paid|bought for|cost me|gekauft für|bezahlt|achetée?(?: à)?|payée?|me costó|comprad[oa] por"
    r"|pagat[oa]|comprat[oa] a|paguei|zapłacone|köpt för|was|were|instead of|before|rrp|uvp|msrp|list price"
    r"|originally|original price|regularly|reg\.|orig\."
    r"|retail(?: price)?|usually|down from|vorher|früher|neupreis|np|ladenpreis|originalpreis|normalpreis"
    r"|ursprünglich|antes|precio original|pvp|au lieu de|avant|prix (?:neuf|d['’]origine)|invece di|anziché|prima"
    r"|prezzo di listino|preço original|em vez de|zamiast|w miejsce|cena (?:regularna|katalogowa)|ipv|in plaats van"
    r"|adviesprijs|nieuwprijs|istället för|nypris|ord\.?(?: pris)?|ordinarie(?: pris)?|eski fiyat[ıi]?|замість"
    r"|стара ціна)|定価|通常価格|参考価格|元値|정가|원가|بدلا من|بدلاً من|كان)[\s:：.(+~-]{0,3}$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(r"^\s?(?:yerine|のところ|대신)", re.IGNORECASE)
_SHIPPING = (
    r"shipping|postage|p&p|delivery|versand(?:kosten(?:frei)?)?|portofrei|porto|lieferung|livraison"
    r"|frais de port|envíos?|envio|frete|spedizione|wysyłka|dostawa|verzending|verzendkosten"
    r"|frakt|kargo|доставка|送料|配送料|배송비|택배비|التوصيل|الشحن"
)
_INCLUDED = (
    "incl|inkl|inbegr|inclus|includ|compri|gratis|free|kostenlos|frei|offert|gratuit|wliczon|w cenie|bedava"
    "|ücretsiz|dahil"
    "|ingår|безкоштовн|込|포함|무료|مجان"
)
_OTHER = re.compile(
    rf"(?:(?<!free )(?<!kostenloser )(?:\b|(?<=[+&]))(?:{_SHIPPING})[\s:：.(+~-]{{0,3}}"
    rf"|\b(?:{_SHIPPING})\b[^.!?\n,{BREAK}]{{0,30}}\b(?:over|above|from|ab|über|a partir de|à partir de|dès|oltre|od"
    r"|vanaf|boven|över|від)\s?"
    r"|\b(?:save|you save|over|above|orders? of|worth|deposit|spare|sparen|ersparnis|gutschein|pfand|anzahlung|kaution"
    r"|im wert von|ahorra|ahorro|más de|valor de|économisez|économie|plus de|risparmi[ao]?|oltre|economize|mais de"
    r"|oszczędzasz|oszczędź|ponad|bespaar|korting|meer dan|spara|över|заощадь|понад)[\s:：]{0,2})$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    rf"^[ \t\u00a0(]{{0,2}}(?:(?:{_SHIPPING}|de livraison|de envío|de port)\b(?!\s?[:：]|[^)\n]{{0,6}}\d"
    rf"|\s?(?:{_INCLUDED}))"
    r"|(?:off|discount|cheaper|deposit|rabatt|nachlass|günstiger|gespart|anzahlung|pfand|kaution|de descuento"
    r"|de réduction|de remise|di sconto|de desconto|zniżki|taniej|rabatu|korting|indirim|знижки)\b"
    r"|オフ|引き|할인(?!중))",
    re.IGNORECASE,
)
_LIMITING = re.compile(r"^[^\W\d]+(?:\s[^\W\d]+)*\s")  # the words of a price that begins with a limit
_NOW = re.compile(
    rf"[\s{BREAK}(~]*(?:(?:now|today|only|just|to|for|our price|jetzt|nur|auf|für|noch|ahora|a|por|solo|sólo"
    r"|maintenant|à|pour|ora|adesso|agora|teraz|tylko|na|za|nu|voor|endast|till|şimdi|тепер|зараз|за|今なら"
    r"|現在)?[\s:：!]*"
    rf"|[-=–—]{{1,2}}>|[{BREAK}→➔➡»>⇒]+|[-–—])[\s{BREAK}]*",
    re.IGNORECASE,
)


def priced(text: str, language: str) -> tuple[Priced, ...]:
    """Every amount of a cleaned text in order, with what it is for; at most one has the asking price's role."""
    known = prices_in(text, language=language)
    roles = [_role(text, found) for found in known]
    for at, (found, after) in enumerate(pairwise(known)):
        between = text[found.end : after.start]
        lowered = after.price.amount < found.price.amount and after.price.currency == found.price.currency
        if lowered and roles[at] is roles[at + 1] is Role.ASKING and _NOW.fullmatch(between):
            roles[at] = Role.FORMER
    asking = next((at for at, role in enumerate(roles) if role is Role.ASKING), None)
    return tuple(
        Priced(
            found=found,
            role=Role.OTHER if role is Role.ASKING and at != asking else role,
            start=_said_from(text, found, role),
        )
        for at, (found, role) in enumerate(zip(known, roles, strict=True))
    )


def price_in(text: str, *, language: str = "en") -> Found | None:
    """The asking price in a text: the first amount that is neither an earlier price nor the cost of shipping or so."""
    return next((one.found for one in priced(text, language) if one.role is Role.ASKING), None)


def _role(text: str, found: Found) -> Role:
    limit = _LIMITING.match(found.price.shown)
    before = text[: found.start + (limit.end() if limit else 0)]
    after = text[found.end : found.end + 40]
    if _FORMER.search(text[max(0, found.start - _NEAR) : found.start]) or _FORMER_AFTER.match(after):
        return Role.FORMER
    if _OTHER.search(before[-_NEAR:]) or _OTHER_AFTER.match(after):
        return Role.OTHER
    return Role.ASKING


def _said_from(text: str, found: Found, role: Role) -> int:
    """Where the words begin that make an amount what it is: "was £35" begins at "was"."""
    told = {Role.FORMER: _FORMER, Role.OTHER: _OTHER}.get(role)
    near = max(0, found.start - _NEAR)
    match = told.search(text[near : found.start]) if told else None
    return near + match.start() if match else found.start
