"""Texts as shops and private sellers write them, of many trades and languages: what is read in them."""

from __future__ import annotations

import pytest

from pipeline.model import Artifact, Brief
from pipeline.reading import facts_of, is_note, price_in, understand


def _points(description: str, language: str) -> list[str]:
    photos = (Artifact(sha256="0" * 64, media_type="image/jpeg"),)
    brief = Brief(photos=photos, description=description, language=language)
    return [fact.text for fact in facts_of(brief, ()) if fact.kind == "point"]


@pytest.mark.parametrize(
    ("language", "text", "shown", "amount", "currency"),
    [
        ("en", "iPhone 12, unlocked. 230 pounds, no offers.", "230 pounds", "230", "GBP"),
        ("en", "Brake discs. Sixty euros for the set", "Sixty euros", "60", "EUR"),
        ("en", "one hundred and twenty dollars, firm", "one hundred and twenty dollars", "120", "USD"),
        ("de", "Für fünfundvierzig Euro abzugeben", "fünfundvierzig Euro", "45", "EUR"),
        ("fr", "quatre-vingts euros", "quatre-vingts euros", "80", "EUR"),
        ("es", "Pendientes de plata. 690 pesos", "690 pesos", "690", "MXN"),
        ("es-AR", "Mate de calabaza, 9500 pesos", "9500 pesos", "9500", "ARS"),
        ("es-MX", "Funda, $249 MXN", "$249 MXN", "249", "MXN"),
        ("en", "A$45 AUD", "A$45 AUD", "45", "AUD"),
        ("nl", "Van € 49,- nu voor € 39,-", "€ 39,-", "39", "EUR"),
        ("de", "UVP 89,99 € – bei uns 64,99 €", "64,99 €", "64.99", "EUR"),
        ("de", "80 €, jetzt nur noch 60 €", "60 €", "60", "EUR"),
        ("pl", "219,00 zł (18,25 zł/kg)", "219,00 zł", "219.00", "PLN"),
        ("it", "a partire da 4,50 € l'etto", "a partire da 4,50 € l'etto", "4.50", "EUR"),
        ("en", "Guitar lessons, £25 per hour", "£25 per hour", "25", "GBP"),
        ("fr", "Tomates, 3,20 € le kilo", "3,20 € le kilo", "3.20", "EUR"),
        ("ko", "남자 커트 18,000원 / 펌 65,000원부터", "18,000원", "18000", "KRW"),
        ("sv", "Pris 2 500 kr. Hämtas i Solna.", "2 500 kr", "2500", "SEK"),
        ("sv", "65 kr/st, 3 för 180 kr", "65 kr/st", "65", "SEK"),
        ("de", "Winterreifen, 4 Stück. 160,- VB", "160,-", "160", "EUR"),
        ("de-CH", "Velo, 160,- VB", "160,-", "160", "CHF"),
        ("es-MX", "$120 pesos, envíos a todo México", "$120 pesos", "120", "MXN"),
        ("fr", "Confiture, 5,40 € le pot, 3 pour 15 €", "5,40 € le pot", "5.40", "EUR"),
        ("en", "Table\nDELIVERY\nTwo-person, £45 mainland UK.\nPRICE\n£395", "£395", "395", "GBP"),
    ],
)
def test_the_price_is_read_with_all_that_belongs_to_it(
    language: str, text: str, shown: str, amount: str, currency: str
) -> None:
    found = price_in(text, language=language)
    assert found is not None
    assert (found.price.shown, str(found.price.amount), found.price.currency) == (shown, amount, currency)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Backpack, holds up to 60 pounds"),
        ("en", "5 pounds of coffee beans"),
        ("en-US", "Kettlebell, 30 pounds"),
        ("fr", "Lot de 3 livres pour enfants"),
        ("en", "The euros are back in fashion"),
    ],
)
def test_a_weight_or_a_word_is_no_price(language: str, text: str) -> None:
    assert price_in(text, language=language) is None


def test_a_sure_price_counts_before_an_amount_of_pounds() -> None:
    found = price_in("Medicine ball, 12 pounds, $35", language="en")
    assert found is not None
    assert found.price.shown == "$35"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "SALE - £12.99", ""),
        ("en", 'SPECS\nFrame: aluminium\nWheels: 29"\nTrek Marlin 5 – size L – ridden twice\n£450', "Trek Marlin 5"),
        ("de", "Unser Klassiker: die Wolldecke. 100 % Schurwolle, 119 Euro.", "Wolldecke"),
        ("en", "Our bestseller: the Morning Mug, 350 ml", "Morning Mug"),
        ("fr", 'Affiche "Marseille, 1962" - format 50x70 cm - 29 €', 'Affiche "Marseille, 1962"'),
        ("fr", "Depuis 1987, notre savonnerie fabrique ce savon à l'huile d'olive. 6,50 €", ""),
        ("fr", "Vds canapé d'angle convertible, tissu gris, 320 €", "canapé d'angle convertible"),
        (
            "it",
            "Specchietto retrovisore Fiat Panda 2012-2020, elettrico, nero. 35 €",
            "Specchietto retrovisore Fiat Panda 2012-2020",
        ),
        (
            "ja",
            "【中古】ニコン FM2 フィルムカメラ 動作確認済み 革ケース付き 38,000円 送料無料",
            "ニコン FM2 フィルムカメラ",
        ),
        ("ko", "남자 커트 18,000원 / 펌 65,000원부터, 예약제", "남자 커트"),
        ("en", "🌿 PLANT SALE 🌿 Snake plant, 45cm tall, £15", "Snake plant, 45cm tall"),
        ("en", "1:1 online yoga class, 60 min, £20/session", "1:1 online yoga class"),
        ("en", "Hi all, clearing out my studio: abstract painting, ready to hang, £95", "abstract painting"),
        ("de", "Verkaufe wegen Umzug: IKEA Kallax weiß, top Zustand. 45 € FP", "IKEA Kallax weiß"),
        ("de", "Kürbiskernöl g.g.A. aus der Steiermark, 250 ml. 13,90 €", "Kürbiskernöl g.g.A. aus der Steiermark"),
        ("ja", "オーク材のスツール 高さ45cm 耐荷重100kg 送料込み 14,800円", "オーク材のスツール"),
        ("it", "Offro bici da corsa, telaio 56, revisionata. 420€ trattabili", "bici da corsa"),
        ("ja", "無添加はちみつ石鹸 80g 敏感肌にも使えます 1個680円", "無添加はちみつ石鹸 80g"),
    ],
)
def test_the_name_is_found_and_nothing_else(language: str, text: str, name: str) -> None:
    assert understand(text, language).name == name


@pytest.mark.parametrize(
    ("language", "description", "points"),
    [
        (
            "en",
            "Key Benefits\n• 2% hyaluronic acid\n• Fragrance-free and vegan",
            ["2% hyaluronic acid", "Fragrance-free and vegan"],
        ),
        ("de", "Technische Daten:\n– Leistung: 20 W\n– Gewicht: 540 g", ["Leistung: 20 W", "Gewicht: 540 g"]),
        (
            "de",
            "Füllmenge 220 g. Duftnoten: Fichte, Moos, ein Hauch Rauch.",
            ["Füllmenge 220 g", "Duftnoten: Fichte, Moos, ein Hauch Rauch"],
        ),
        (
            "pt-BR",
            "Sabores: tradicional, pistache, limão siciliano e café",
            ["Sabores: tradicional, pistache, limão siciliano e café"],
        ),
        (
            "en",
            "Drizzle it on pizza, fried chicken or ice cream!",
            ["Drizzle it on pizza, fried chicken or ice cream!"],
        ),
        ("en", "Walk-ins welcome. 12 High Street, Leeds", ["Walk-ins welcome", "12 High Street, Leeds"]),
        ("en", "Cotton. Sizes S / M / L.", ["Cotton", "Sizes S / M / L"]),
        ("en", "Pick from 12 colors. (free shipping in the US)", ["Pick from 12 colors", "free shipping in the US"]),
        ("en", "Battery health 86%, see photos", ["Battery health 86%"]),
        ("de", "mitwachsend. VHB 40", ["mitwachsend"]),
        ("de", "Akku top. NP 2.599", ["Akku top"]),
        ("en", "FINISH\nHard wax oil\nFIT AND SIZE\nTrue to size", ["Hard wax oil", "True to size"]),
        ("en", "HANDMADE\nsolid oak", ["HANDMADE", "solid oak"]),
        ("en", "boxed with receipt. Was 319", ["boxed with receipt"]),
        ("en", "Why you'll love it:\n✓ RFID blocking\nPocket inside:\nfor coins", ["RFID blocking", "for coins"]),
        ("nl", "beworteld. €7,50 p.st., ophalen in Gouda", ["beworteld"]),
        ("ja", "動作確認済み 革ケース付き 燃焼時間 約30時間", ["動作確認済み", "革ケース付き", "燃焼時間 約30時間"]),
    ],
)
def test_points_are_whole_and_headings_are_none(language: str, description: str, points: list[str]) -> None:
    assert _points(description, language) == points


@pytest.mark.parametrize(
    "text",
    [
        "Ingredients: Aqua, Glycerin",
        "How to use: apply to damp skin",
        "Ships in 1-2 business days",
        "Small scratch on the back",
        "Open Tue-Sat 9-6",
        "12 High Street, Leeds",
        "leichte Gebrauchsspuren",
        "Tiene un par de golpes en una pata",
        "Pflegehinweis: Docht kürzen",
    ],
)
def test_what_helps_buyers_is_a_note(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "scratch-resistant glass",
        "no scratches at all",
        "kaum Gebrauchsspuren",
        "Made of solid oak",
        "sin manchas",
        "Composition : 98 % d'origine naturelle",
    ],
)
def test_what_sells_is_no_note(text: str) -> None:
    assert not is_note(text)
