"""Of all amounts in a seller's text, the one that the product costs is taken, with what limits it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.reading import price_in
from pipeline.reading.asking import Role, priced


def _asked(text: str, language: str) -> str | None:
    found = price_in(text, language=language)
    return found.price.shown if found else None


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "was £35 now £24.50!", "£24.50"),
        ("en", "RRP £199 - our price £49.99", "£49.99"),
        ("en", "$32 instead of $40", "$32"),
        ("en", "£40 £30", "£30"),
        ("de", "statt 149,00 € nur 99,00 €!!!", "99,00 €"),
        ("es", "ANTES 120 € AHORA 79 €", "79 €"),
        ("fr", "69 € au lieu de 99 €", "69 €"),
        ("it", "da 99 € a 69 €", "69 €"),
        ("pt-BR", "De R$ 59,90 por R$ 39,90", "R$ 39,90"),
        ("pl", "129 zł zamiast 179 zł", "129 zł"),
        ("nl", "van €25 voor €19,95", "€19,95"),
        ("tr", "299,90 TL yerine 199,90 TL", "199,90 TL"),
        ("sv", "ord. pris 499 kr, nu 399 kr", "399 kr"),
        ("ja", "定価3,900円→2,500円", "2,500円"),
        ("ja", "3,900円→2,500円", "2,500円"),
        ("ko", "6,900원 → 4,900원 할인중", "4,900원"),
        ("ar", "85 ر.س بدلا من 120 ر.س", "85 ر.س"),
    ],
)
def test_of_an_old_and_a_new_price_the_new_one_is_asked(language: str, text: str, shown: str) -> None:
    assert _asked(text, language) == shown


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "Save $20! Yoga mat, $39", "$39"),
        ("en", "$10 off today, was $49, now $39", "$39"),
        ("en", "Free shipping on orders over $50! Silk scarf, $42", "$42"),
        ("en", "Wedding topper ($10 deposit), $35", "$35"),
        ("en", "Price: $59\nShipping: $4.99", "$59"),
        ("en", "£14.99 + £3.50 P&P", "£14.99"),
        ("en", "Delivery £4, mug £12", "£12"),
        ("en", "FREE DELIVERY £19.99", "£19.99"),
        ("es", "Envío gratis a partir de 30 €. Jabón 5,50 €", "5,50 €"),
        ("de", "Versandkostenfrei ab 50 €. 39,90 €", "39,90 €"),
        ("ko", "39,000원 (택배비 3,000원 별도)", "39,000원"),
        ("en", "Save $20!", None),
    ],
)
def test_a_saving_a_threshold_and_the_postage_are_not_the_price(language: str, text: str, shown: str | None) -> None:
    assert _asked(text, language) == shown


@pytest.mark.parametrize(
    ("language", "text", "shown", "amount"),
    [
        ("en", "collars £12-£18. Sizes XS–XL", "£12-£18", "12"),
        ("en", "blankets from £19 to £49", "from £19 to £49", "19"),
        ("en", "mugs 19-49 €", "19-49 €", "19"),
        ("de", "Kissen von 12 bis 25 €", "von 12 bis 25 €", "12"),
        ("fr", "bagues de 12 à 25 €", "de 12 à 25 €", "12"),
        ("it", "orecchini da 19 € a 49 €", "da 19 € a 49 €", "19"),
        ("ja", "1,000円〜2,000円", "1,000円〜2,000円", "1000"),
        ("en", "bath bombs, 2 for £10 or £6 each", "2 for £10", "10"),
        ("de", "3 für 12 €", "3 für 12 €", "12"),
        ("en", "for 30 quid", "30 quid", "30"),
        ("sv", "mugg 249:- st", "249:-", "249"),
    ],
)
def test_what_limits_a_price_is_part_of_it(language: str, text: str, shown: str, amount: str) -> None:
    found = price_in(text, language=language)
    assert found is not None
    assert (found.price.shown, found.price.amount) == (shown, Decimal(amount))
    assert text[found.start : found.end] == shown


def test_a_size_before_a_price_does_not_make_a_range_of_it() -> None:
    assert _asked("Größe 38 - 45 €", "de") == "45 €"


def test_every_amount_has_a_role_and_one_at_most_is_asked() -> None:
    found = priced("was £35 now £24.50, shipping £4, second one £20", "en")
    assert [one.role for one in found] == [Role.FORMER, Role.ASKING, Role.OTHER, Role.OTHER]
