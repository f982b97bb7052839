"""What an editor would send back: headlines that are no units, titles without words, breathless shots."""

from __future__ import annotations

import pytest

from pipeline.engines.story.local import storyboard
from pipeline.engines.story.material import headline
from pipeline.model import Brief, Intent, Tone
from pipeline.reading import amount_in, understand
from tests.pipeline.story.strategies import brief, request


def _understood(text: str, language: str, *, tone: Tone = Tone.CALM, seconds: int = 15, photos: int = 2) -> Brief:
    found = understand(text, language)
    return brief(
        name=found.name,
        description=found.description,
        price=found.price,
        language=language,
        tone=tone,
        seconds=seconds,
        photos=photos,
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Keeps cold 24h", "24h"),
        ("30 x 20 cm gross", "30 x 20 cm"),
        ("holds 12-15 kg", "12-15 kg"),
        ("30cm x 25cm", "30cm x 25cm"),
        ("Burns up to 45 hours", "45 hours"),
        ("%100 pamuk", "%100"),
        ("容量300ml", "300ml"),
        ("카드 6장 수납", "6장"),
        ("3 heat settings", ""),
        ("tailles 36 à 44", ""),
        ("von 3 bis 10 Gläser", ""),
        ("iPhone 15 Pro", ""),
        ("air max 90 size 9", ""),
    ],
)
def test_only_a_number_with_a_unit_stands_alone_as_a_headline(text: str, amount: str) -> None:
    assert amount_in(text) == amount


@pytest.mark.parametrize(
    ("name", "language", "short"),
    [
        ("Women's T-shirt 95% cotton 5% elastane", "en", "Women's T-shirt"),
        ("Vollholz Schneidebrett Eiche 40x30x3 cm", "de", "Vollholz Schneidebrett Eiche"),
        ("Bosch GSR 12V-15 cordless drill", "en", "Bosch GSR 12V-15 cordless drill"),
        ("12 V battery", "en", "12 V battery"),
        ("<b>Plimsolls</b> 50% off, summer and winter, in all sizes", "en", "<b>Plimsolls</b> 50% off"),
        ("4 Winterreifen Conti 205/55 R16", "de", "4 Winterreifen Conti 205/55 R16"),
    ],
)
def test_a_name_set_large_is_cut_where_something_ends(name: str, language: str, short: str) -> None:
    assert headline(name, language) == short


@pytest.mark.parametrize(
    ("text", "language", "tags"),
    [
        ("Vase from Germany, €40", "en", ("#Vase",)),
        ("iPhone 12 64GB black, £210", "en", ("#iPhone12",)),
        ("Wunderschöne Keramikschale, 34 €", "de", ("#WunderschöneKeramikschale", "#Keramikschale")),
        ("soffa i bra skick, 1 500 kr", "sv", ("#soffa",)),
        ("Café moulu à l'ancienne, 9 €", "fr", ("#CaféMoulu", "#Café")),
    ],
)
def test_hashtags_name_the_thing_and_keep_its_spelling(text: str, language: str, tags: tuple[str, ...]) -> None:
    assert storyboard(request(_understood(text, language))).post.hashtags == tags


def test_a_film_without_a_name_is_posted_under_its_first_words() -> None:
    board = storyboard(request(_understood("Moin, ich verkaufe meinen alten Plattenspieler, 120 Euro", "de")))
    assert board.post.title == "ich verkaufe meinen alten Plattenspieler"


@pytest.mark.parametrize("tone", list(Tone))
def test_a_title_is_not_cut_at_an_abbreviation_in_the_name(tone: Tone) -> None:
    for idea in range(6):
        board = storyboard(request(_understood("St. Ives apricot scrub, 150 ml, £5", "en", tone=tone), idea=idea))
        assert not any(shot.shown.endswith("St.") for shot in board.shots)


def test_a_long_point_breathes_after_its_colon_and_never_before_an_and_sign() -> None:
    text = "Der perfekte Begleiter für lange Touren: Rucksack 30 l mit Regenhülle & Trinksystem, 74,95 €"
    board = storyboard(request(_understood(text, "de", tone=Tone.BOLD)))
    said = [shot.spoken for shot in board.shots]
    assert "Der perfekte Begleiter für lange Touren:" in said
    assert not any(line.startswith("&") for line in said)
    assert board.post.title == "Der perfekte Begleiter für lange Touren"


def test_no_shot_says_more_than_one_breath_holds() -> None:
    text = (
        "This is the softest hoodie you will ever own because we brush every piece three times by hand in our studio "
        "in Leeds before it is dyed with plant-based colours and sent to you in a paper bag. £55"
    )
    for tone in Tone:
        for photos in (1, 2, 3):
            board = storyboard(request(_understood(text, "en", tone=tone, photos=photos)))
            assert all(shot.seconds <= 6 for shot in board.shots)
            assert any("softest hoodie" in shot.spoken for shot in board.shots)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cosy knitted blankets from £19 to £49, 100% merino wool", "en"),
        ("1984 by George Orwell, paperback, £3", "en"),
        ("Olio extravergine d'oliva, bottiglia da 0,75 l, 14,50 €", "it"),
    ],
)
@pytest.mark.parametrize("tone", list(Tone))
def test_six_seconds_are_six_seconds(text: str, language: str, tone: Tone) -> None:
    for idea in range(3):
        board = storyboard(request(_understood(text, language, tone=tone, seconds=6), idea=idea))
        assert sum(shot.seconds for shot in board.shots) <= 6.5


def test_two_photos_are_both_seen_even_in_six_seconds_without_a_word() -> None:
    for idea in range(6):
        board = storyboard(request(brief(tone=Tone.PLAYFUL, photos=2, seconds=6), idea=idea, details=0))
        assert {shot.photo for shot in board.shots} == {0, 1}


def test_a_name_that_a_point_begins_with_is_not_said_twice_in_a_row() -> None:
    for idea in range(6):
        board = storyboard(
            request(_understood("Water bottle keeps drinks cold for hours, leakproof, $19", "en"), idea=idea)
        )
        [point] = [shot for shot in board.shots if shot.spoken.startswith("Water bottle keeps")]
        assert all(shot.spoken != "Water bottle." for shot in board.shots)
        assert any(shot.shown == "Water bottle" for shot in board.shots if shot is not point)


def test_a_range_of_prices_is_said_and_shown_whole() -> None:
    board = storyboard(request(_understood("Dog collars £12-£18. Machine washable", "en")))
    [shot] = [shot for shot in board.shots if shot.intent is Intent.PRICE]
    assert shot.shown == "£12-£18"
    assert "£12-£18" in shot.spoken


def test_a_price_for_several_takes_no_for_before_it() -> None:
    for idea in range(6):
        board = storyboard(request(_understood("Bath bombs, 2 for £10. Vegan. Lavender", "en"), idea=idea))
        assert "for 2 for" not in " ".join(shot.spoken for shot in board.shots)
