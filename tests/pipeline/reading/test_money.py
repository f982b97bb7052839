"""Prices are found, read and put together, and never rewritten."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import amount_of, likely_currency, price_from, price_in, prices_in, sets_limit


@pytest.mark.parametrize(
    ("text", "language", "shown", "amount", "currency"),
    [
        ("Mug, 39,90 €, dishwasher-safe", "de", "39,90 €", "39.90", "EUR"),
        ("EUR 39,90", "de", "EUR 39,90", "39.90", "EUR"),
        ("only £45.00!", "en", "£45.00", "45.00", "GBP"),
        ("$28", "en", "$28", "28", "USD"),
        ("CHF 119.–", "fr-CH", "CHF 119.–", "119", "CHF"),
        ("neuve, 119.–", "fr", "119.–", "119", "CHF"),
        ("1'299.– Fr.", "de-CH", "1'299.– Fr.", "1299", "CHF"),
        ("79,00 zł", "pl", "79,00 zł", "79.00", "PLN"),
        ("価格は18,000円です", "ja", "18,000円", "18000", "JPY"),
        ("머그 45,000원", "ko", "45,000원", "45000", "KRW"),
        ("R$ 1.299,90 à vista", "pt-BR", "R$ 1.299,90", "1299.90", "BRL"),
        ("1.299 kr", "sv", "1.299 kr", "1299", "SEK"),
        ("1.299 kr", "nb", "1.299 kr", "1299", "NOK"),
        ("1 299,90 €", "fr", "1 299,90 €", "1299.90", "EUR"),
        ("39€90", "fr", "39€90", "39.90", "EUR"),
        ("₹1,29,999", "en", "₹1,29,999", "129999", "INR"),
        ("٤٥٫٥٠ ر.س", "ar", "٤٥٫٥٠ ر.س", "45.50", "SAR"),
        ("$1,299.00", "es-MX", "$1,299.00", "1299.00", "MXN"),
        ("39.90 Eur", "de", "39.90 Eur", "39.90", "EUR"),
        ("499 грн", "uk", "499 грн", "499", "UAH"),
        ("1.250 KWD", "ar", "1.250 KWD", "1.250", "KWD"),
        ("ab 39 €", "de", "ab 39 €", "39", "EUR"),
        ("4,50 €/100 g", "de", "4,50 €/100 g", "4.50", "EUR"),
    ],
)
def test_a_price_is_found_as_it_is_written(text: str, language: str, shown: str, amount: str, currency: str) -> None:
    found = price_in(text, language=language)
    assert found is not None
    assert (found.price.shown, found.price.amount, found.price.currency) == (shown, Decimal(amount), currency)
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    "text", ["2.100 W", "12 Ft", "size 40", "Nr.5 Fr", "0 €", "try 39", "50 % off", "A4", "ISO 9001"]
)
def test_what_is_no_price_is_left_alone(text: str) -> None:
    assert prices_in(text, language="en") == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("statt 49,90 € nur 39,90 €", "39,90 €"),
        ("was £60, now £45", "£45"),
        ("Versand: 4,90 €. Preis 20 €", "20 €"),
        ("20 € zzgl. 4 € Versand", "20 €"),
    ],
)
def test_an_earlier_price_or_the_shipping_is_not_the_asking_price(text: str, shown: str) -> None:
    found = price_in(text, language="de")
    assert found is not None
    assert found.price.shown == shown


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        ("39,90", "EUR", "de", "39,90 €"),
        ("45.00", "GBP", "en", "£45.00"),
        ("119.–", "CHF", "fr-CH", "CHF 119.–"),
        ("79,00", "PLN", "pl", "79,00 zł"),
        ("28", "USD", "en", "$28"),
        ("49,90", "EUR", "es", "49,90 €"),
        ("18,000", "JPY", "ja", "18,000円"),
        ("1299", "TRY", "tr", "1299 TL"),
        ("39,90 €", "EUR", "de", "39,90 €"),
        ("12", "QAR", "de", "12 QAR"),
    ],
)
def test_a_bare_amount_gets_its_sign_as_the_language_sets_it(
    amount: str, currency: str, language: str, shown: str
) -> None:
    price = price_from(amount, currency=currency, language=language)
    assert price is not None
    assert price.shown == shown


def test_no_amount_and_no_currency_make_no_price() -> None:
    assert price_from("cheap", currency="EUR", language="de") is None
    assert price_from("39,90", currency="?", language="de") is None
    assert price_from("", currency="EUR", language="de") is None


def test_a_price_with_a_limit_is_known() -> None:
    def limited(text: str) -> bool:
        found = price_in(text, language="en")
        assert found is not None
        return sets_limit(found.price)

    assert limited("from $20")
    assert limited("4,50 €/kg")
    assert not limited("EUR 39,90")
    assert not limited("Fr. 19.-")
    assert not limited("$20")


def test_a_currency_is_proposed_only_where_there_is_one() -> None:
    assert likely_currency("de") == "EUR"
    assert likely_currency("fr-CH") == "CHF"
    assert likely_currency("en-GB") == "GBP"
    assert likely_currency("en") is None


@given(
    whole=st.integers(1, 9_999_999),
    cents=st.integers(0, 99),
    marks=st.sampled_from(((".", ","), (",", "."), (" ", ","), ("'", "."), ("\u202f", ","))),
)
def test_grouped_amounts_are_read_as_the_number_they_stand_for(whole: int, cents: int, marks: tuple[str, str]) -> None:
    group, point = marks
    written = f"{whole:,}".replace(",", group) + f"{point}{cents:02}"
    assert amount_of(written) == Decimal(f"{whole}.{cents:02}")


@given(
    amount=st.decimals(min_value="0.01", max_value="99999", places=2),
    currency=st.sampled_from(("EUR", "GBP", "USD", "CHF", "PLN", "SEK", "BRL", "TRY", "UAH", "CZK", "AED")),
    language=st.sampled_from(
        ("en", "en-CA", "de", "fr", "fr-CH", "es", "it", "pt-BR", "pl", "sv", "nl", "tr", "uk", "ar")
    ),
)
def test_what_is_put_together_is_found_again_with_the_same_amount(
    amount: Decimal, currency: str, language: str
) -> None:
    price = price_from(str(amount), currency=currency, language=language)
    assert price is not None
    assert str(amount) in price.shown
    found = price_in(f"x {price.shown} y", language=language)
    assert found is not None
    assert found.price.amount == amount
    assert found.price.shown == price.shown


@given(st.text(max_size=200))
def test_any_text_is_searched_without_harm(text: str) -> None:
    for found in prices_in(text, language="en"):
        assert found.price.amount > 0
        assert text[found.start : found.end] == found.price.shown
