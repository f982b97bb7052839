"""What the product is: how it is asked, how it is understood, and how sellers put right what was understood."""

from __future__ import annotations

import re

from bot.dialogue import words
from bot.dialogue.answers import Answer, Asked, Unclear, Understood
from bot.dialogue.cards import Phrase, Verb, Weight, phrase
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.summary import product_lines
from bot.dialogue.talk import button
from pipeline.model import Price
from pipeline.reading import (
    NO_CURRENCY,
    clean,
    currency_named,
    language_of,
    likely_currency,
    numbers_in,
    price_from,
    price_in,
    understand,
    understand_more,
)

MAX_TEXT = 1500  # characters of a product text
MAX_NAME = 120


def ask_product(session: Session) -> Asked:
    """The question what it is."""
    return Asked((phrase("ask-product"), phrase("ask-product-more")), (), phrase("ask-product-typing"))


def hear_product(session: Session, text: str) -> Answer:
    """Name, price and selling points from a seller's own words; what was said before is added to, not lost."""
    draft = session.draft
    text = clean(text)
    if not text:
        return Unclear(phrase("no-words-in-that"))
    text, remark = _shortened(text, MAX_TEXT)
    language = draft.language or language_of(text) or session.locale
    afresh = session.step is Step.PRODUCT or not draft.name
    found = understand(text, language) if afresh else understand_more(text, language)
    price, description = found.price, found.description
    if alone := price_alone(session, text):
        price, description, found = alone, "", found.model_copy(update={"name": ""})
    elif not (found.name or price or description):
        return Unclear(phrase("no-words-in-that"))
    if draft.description and description and description not in draft.description:
        description = _with_more(draft.description, description)
    draft = draft.model_copy(
        update={
            "name": found.name[:MAX_NAME] or draft.name,
            "price": price or draft.price,
            "description": description or draft.description,
            "language": draft.language or (language if language != session.locale else ""),
            "captions": (),
        }
    )
    return Understood(draft, remark or lacking(price))


def ask_check(session: Session) -> Asked:
    """What was understood, to be looked over."""
    rows = (
        (button("that-is-right", Verb.NEXT, weight=Weight.MAIN),),
        (
            button("fix-name", Verb.FIX, Step.NAME),
            button("fix-price", Verb.FIX, Step.PRICE),
            button("fix-points", Verb.FIX, Step.POINTS),
        ),
    )
    return Asked(
        (phrase("ask-check"), *product_lines(session.draft, session.film_language)), rows, phrase("ask-check-typing")
    )


def hear_check(session: Session, text: str) -> Answer:
    """What is typed there: more of the product, the product anew, or content with it."""
    if words.agrees(text):
        return Understood(session.draft)
    draft = session.draft
    if words.declines(text):
        return Understood(draft.model_copy(update={"wrong": True}), phrase("check-wrong"), stays=True)
    alone = price_alone(session, text)
    price = alone or _price(text, session)
    if price is not None and (alone or len(words.bare(text).strip()) <= len(price.shown) + 4):
        return Understood(draft.model_copy(update={"price": price}), lacking(price), stays=True)
    said = clean(text)
    more = words.added(said)
    anew = not more and (draft.wrong or understand(said, session.film_language).price is not None)
    if draft.name and not anew and not (_names_again(draft.name, said) and not more):
        added = told_more(draft, more or said)
        seen = product_lines(added, session.film_language) != product_lines(draft, session.film_language)
        return Understood(added, phrase("points-added") if seen and not more else None, stays=True)
    afresh = draft.model_copy(update={"name": "", "description": "" if anew else draft.description, "wrong": False})
    answer = hear_product(session.model_copy(update={"draft": afresh}), said)
    return Understood(answer.draft, answer.remark, stays=True) if isinstance(answer, Understood) else answer


def told_more(draft: Draft, more: str) -> Draft:
    """The order with more about its product."""
    return draft.model_copy(update={"description": _with_more(draft.description, clean(more)), "captions": ()})


def _with_more(description: str, more: str) -> str:
    return words.shortened(f"{description}\n{more}".strip(), MAX_TEXT)


def _names_again(name: str, text: str) -> bool:
    """Whether a text has a word of the name: it says the name anew, not only more of the product."""
    known, said = (set(re.findall(r"\w{3,}", one.casefold())) for one in (name, text))
    return not known.isdisjoint(said)


def ask_name(session: Session) -> Asked:
    """The question what it is called."""
    now = (phrase("now", text=session.draft.name),) if session.draft.name else ()
    return Asked((phrase("ask-name"), *now), (), phrase("ask-name-typing"))


def hear_name(session: Session, text: str) -> Answer:
    """A name as it is typed."""
    if words.declines(text):
        return Understood(session.draft.model_copy(update={"name": ""}))
    name = " ".join(clean(text).split())
    if not name:
        return Unclear(phrase("no-words-in-that"))
    name, remark = _shortened(name, MAX_NAME)
    return Understood(session.draft.model_copy(update={"name": name}), remark)


def ask_price(session: Session) -> Asked:
    """The question what it costs."""
    price = session.draft.price
    now = (phrase("now", text=price.shown),) if price else ()
    rows = ((button("no-price", Verb.CHOOSE, "none"),),)
    return Asked((phrase("ask-price"), *now), rows, phrase("ask-price-typing"))


def choose_price(session: Session, value: str) -> Draft | None:
    """No price was pressed."""
    return session.draft.model_copy(update={"price": None}) if value == "none" else None


def hear_price(session: Session, text: str) -> Answer:
    """A price as it is typed."""
    price = _price(text, session)
    if price is None and not words.declines(text):
        return Unclear(phrase("price-unclear"))
    return Understood(session.draft.model_copy(update={"price": price}), lacking(price))


def lacking(price: Price | None) -> Phrase | None:
    """What a seller is told of a price whose currency nobody knows."""
    return phrase("currency-unknown", price=price.shown) if price and price.currency == NO_CURRENCY else None


def price_alone(session: Session, text: str) -> Price | None:
    """The price that a text without a currency gives, when it says no more than that: "39,90", "price is 25"."""
    said = words.bare(clean(text))
    return _price(said, session) if words.names_price(said) and len(numbers_in(said)) == 1 else None


def _price(text: str, session: Session) -> Price | None:
    language = session.film_language
    said = clean(text)
    found = price_in(said, language=language)
    if found is not None:
        return found.price
    before = session.draft.price
    if before is not None and before.currency == NO_CURRENCY:
        whole = f"{before.shown} {said}"  # "dollars", to the price that had none
        found = price_in(whole, language=language)
        if found is not None and found.price.shown == whole:
            return price_from(before.shown, currency=found.price.currency, language=language)
        before = None
    currency = currency_named(said) or (before.currency if before else likely_currency(language)) or NO_CURRENCY
    numbers = numbers_in(said) if words.names_price(said) else ()
    return price_from(numbers[0] if len(numbers) == 1 else said, currency=currency, language=language)


def ask_points(session: Session) -> Asked:
    """The question what is good about it."""
    now = (phrase("now", text=session.draft.description),) if session.draft.description else ()
    return Asked((phrase("ask-points"), *now), (), phrase("ask-points-typing"))


def hear_points(session: Session, text: str) -> Answer:
    """Selling points as they are typed."""
    if words.declines(text):
        return Understood(session.draft.model_copy(update={"description": ""}))
    description = clean(text)
    if not description:
        return Unclear(phrase("no-words-in-that"))
    description, remark = _shortened(description, MAX_TEXT)
    return Understood(session.draft.model_copy(update={"description": description}), remark)


def _shortened(text: str, most: int) -> tuple[str, Phrase | None]:
    """A text that may be kept, and what to tell the seller if it is not the whole."""
    kept = words.shortened(text, most)
    return kept, phrase("text-shortened", n=len(kept)) if kept != text else None
