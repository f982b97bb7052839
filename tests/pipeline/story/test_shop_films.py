"""Films of shop texts, read as the shop's editor reads them."""

from __future__ import annotations

import pytest

from pipeline.engines.story.local import storyboard
from pipeline.engines.story.material import gather, headline
from pipeline.model import Intent, Storyboard, Tone
from pipeline.reading import understand
from tests.pipeline.story.strategies import brief, request


def _board(text: str, language: str, *, idea: int = 0, tone: Tone = Tone.STREET, seconds: int = 15) -> Storyboard:
    read = understand(text, language)
    of = brief(
        name=read.name, price=read.price, description=read.description, language=language, tone=tone, seconds=seconds
    )
    return storyboard(request(of, idea=idea))


def _said(board: Storyboard) -> str:
    return " | ".join(shot.spoken for shot in board.shots)


@pytest.mark.parametrize("idea", range(3))
def test_scratches_and_ingredients_are_told_in_the_post_and_not_in_the_film(idea: int) -> None:
    board = _board("iPhone 12, unlocked. Small scratch on the back. Ships in 2 days. £210", "en", idea=idea)
    assert "unlocked" in _said(board)
    for note in ("Small scratch on the back", "Ships in 2 days"):
        assert note not in _said(board)
        assert f"• {note}" in board.post.caption


def test_a_film_of_notes_alone_tells_them() -> None:
    assert "Ships in 2 days" in _said(_board("Mug\nShips in 2 days\n£12", "en"))


@pytest.mark.parametrize("tone", list(Tone))
def test_a_long_list_is_cut_inside_and_not_after_its_label(tone: Tone) -> None:
    text = "Brigadeiro gourmet\nSabores: tradicional, pistache, limão siciliano e café\nR$ 48,00"
    for idea in range(3):
        lines = [shot.spoken for shot in _board(text, "pt-BR", idea=idea, tone=tone).shots]
        assert not any(line.endswith(("Sabores:", "Sabores…")) for line in lines)


def test_no_shot_says_two_words_of_a_sentence() -> None:
    text = "Mesa de comedor\nTiene un par de tableros más en una caja aparte\n350 €"
    pieces = [s.spoken for s in _board(text, "es").shots if s.intent in (Intent.POINT, Intent.DETAIL) and s.facts]
    assert pieces
    assert all(len(piece.split()) >= 3 for piece in pieces)


def test_a_number_after_a_preposition_opens_no_film() -> None:
    of = brief(name="Calathea", description="in a 14cm pot\n2 years old", language="en")
    figure = gather(request(of)).figure
    assert figure is not None
    assert figure.text == "2 years old"


@pytest.mark.parametrize(
    ("language", "name", "short"),
    [
        ("fr", 'Affiche "Marseille, 1962"', 'Affiche "Marseille, 1962"'),
        ("it", "Specchietto retrovisore sinistro Fiat Panda 2012-2020 usato", "Specchietto retrovisore sinistro"),
        ("tr", "Filtre kahve 250 gr", "Filtre kahve"),
        ("en", "LED desk lamp w/ wireless charger", "LED desk lamp w/ wireless charger"),
        ("fr", "Boucles d'oreilles « Lune » plaqué or 3 microns", "Boucles d'oreilles « Lune »"),
        ("de", "Der Kalender, der mitdenkt", "Der Kalender, der mitdenkt"),
    ],
)
def test_a_headline_parts_no_title_and_no_brand(language: str, name: str, short: str) -> None:
    assert headline(name, language) == short


@pytest.mark.parametrize(
    ("language", "text", "tags"),
    [
        ("de", "Bio-Olivenöl von meinem Onkel aus Kreta. Kaltgepresst. 16 €", ("#BioOlivenöl",)),
        ("de", "Handgegossene Duftkerze. 24,90 €", ("#HandgegosseneDuftkerze", "#Duftkerze")),
        ("uk", "Авторська свічка з соєвого воску\nгорить до 40 годин\n380 грн", ("#АвторськаСвічка", "#свічка")),
        ("en", 'Perfume dupe "Midnight Fig" 50ml EDP. Notes: fig, cedar. €29,90', ("#PerfumeDupe", "#dupe")),
        ("tr", "Filtre kahve 250 gr\norta kavrum\n320₺", ("#FiltreKahve", "#kahve")),
    ],
)
def test_hashtags_are_words_that_people_search(language: str, text: str, tags: tuple[str, ...]) -> None:
    assert _board(text, language).post.hashtags == tags


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize(
    "name", ["Plaid Depuis et Demain en laine mérinos", "Boucles d'oreilles « Lune » plaqué or 3 microns"]
)
def test_six_seconds_are_six_seconds_with_a_long_name(name: str, tone: Tone) -> None:
    for idea in range(8):
        board = _board(f"{name}\nlavable en machine\n129,00 €", "fr", idea=idea, tone=tone, seconds=6)
        assert sum(shot.seconds for shot in board.shots) == pytest.approx(6, abs=0.01)
