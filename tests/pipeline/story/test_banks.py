"""Every phrase bank is complete, correct around any inserted word, and claims nothing."""

from __future__ import annotations

import re

import pytest

from pipeline.model import Tone
from pipeline.wording.bank import BRIDGES, HOOKS, Bank, Entry, bank, entry, languages
from tests.pipeline.story.strategies import LANGUAGES

_CLAIMS = {
    "en": "best finest unique exclusive perfect quality guaranteed certified limited sale discount deal today hurry"
    " bestseller loved proven free save",
    "de": "beste bester einzigartig exklusiv perfekt qualität garantiert angebot rabatt sale heute gratis sparen",
    "es": "mejor único exclusivo perfecto calidad garantizado limitada oferta descuento hoy últimas gratis ahorra",
    "fr": "meilleur unique exclusif parfait qualité garanti limitée offre promo remise aujourd’hui gratuit",
    "it": "migliore unico esclusivo perfetto qualità garantito limitata offerta sconto oggi gratis",
    "pt": "melhor único exclusivo perfeito qualidade garantido limitada oferta desconto hoje grátis",
    "pl": "najlepszy najlepsza wyjątkowy idealny jakość gwarancja promocja rabat okazja dziś gratis",
    "nl": "beste uniek exclusief perfect kwaliteit garantie aanbieding korting vandaag gratis",
    "sv": "bäst bästa unik exklusiv perfekt kvalitet garanti erbjudande rabatt idag gratis",
    "tr": "iyi eşsiz özel mükemmel kalite garanti fırsat indirim bugün bedava",
    "uk": "найкращий унікальний ексклюзивний ідеальний якість гарантія акція знижка сьогодні безкоштовно",
}


def _bank(language: str) -> Bank:
    found = bank(language)
    assert found is not None
    return found


def test_every_promised_language_has_a_bank() -> None:
    assert set(languages()) == {language.split("-")[0] for language in LANGUAGES}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tone", list(Tone))
def test_a_tone_has_enough_hooks_of_every_kind_bridges_and_closings(language: str, tone: Tone) -> None:
    phrases = _bank(language)
    hooks = phrases.phrases(tone, *HOOKS)
    assert len(hooks) >= 8
    assert {hook.kind for hook in hooks} == set(HOOKS)
    assert len([b for b in phrases.phrases(tone, *BRIDGES) if f".{tone.value}." in b.id]) >= 8
    assert len(phrases.phrases(tone, "closing")) >= 6
    assert phrases.phrases(tone, "price")


@pytest.mark.parametrize("language", languages())
def test_every_phrase_has_its_slot_and_nothing_touches_it(language: str) -> None:
    for phrase in _bank(language).entries:
        wanted = {"number": "figure", "name": "name", "price": "price"}.get(phrase.kind)
        if wanted:
            assert phrase.slot == wanted, phrase.id
        if phrase.slot:
            before, after = phrase.parts
            assert not before[-1:].isalnum(), phrase.text
            assert not after[:1].isalnum(), phrase.text


@pytest.mark.parametrize("language", languages())
def test_phrases_are_short_tidy_and_state_no_number(language: str) -> None:
    for phrase in _bank(language).entries:
        said = "X".join(phrase.parts) if phrase.slot else phrase.text
        assert not re.search(r"\d", said), phrase.text
        assert len(said.split()) <= 13, phrase.text
        assert len(said) <= 62, phrase.text
        assert said == said.strip(), phrase.text
        assert "  " not in said, phrase.text
        assert "!" not in said, phrase.text
        if phrase.kind == "turn":
            assert said[-1] in ":、,", phrase.text


@pytest.mark.parametrize("language", languages())
def test_no_phrase_is_there_twice_in_a_tone(language: str) -> None:
    for tone in Tone:
        texts = [phrase.text for phrase in _bank(language).phrases(tone, *HOOKS, *BRIDGES, "closing", "price")]
        assert len(texts) == len(set(texts)), tone


@pytest.mark.parametrize("language", sorted(_CLAIMS))
def test_no_phrase_claims_anything(language: str) -> None:
    claims = set(_CLAIMS[language].split())
    for phrase in _bank(language).entries:
        said = set(re.findall(r"[^\W\d_]+", phrase.text.lower()))
        assert not said & claims, phrase.text


@pytest.mark.parametrize("language", languages())
def test_an_entry_is_found_by_its_id(language: str) -> None:
    for phrase in _bank(language).entries:
        assert entry(phrase.id) == phrase


def test_unknown_languages_and_entries_are_not_there() -> None:
    assert bank("xx") is None
    assert bank("../en") is None
    assert entry("en.calm.question.99") is None
    assert entry("nonsense") is None


def test_a_regional_tag_finds_its_language() -> None:
    assert bank("pt-BR") == bank("pt")
    assert bank("fr-CH") == bank("fr")


def test_words_go_into_a_slot_unchanged_and_end_with_one_full_stop() -> None:
    phrase = Entry(id="en.calm.reveal.0", kind="reveal", text="Quietly: {name}.", slot="name")
    assert phrase.filled("Küchen-Set „Nordtisch“") == "Quietly: Küchen-Set „Nordtisch“."
    assert phrase.filled("Who?") == "Quietly: Who?"
    assert phrase.filled("{price}") == "Quietly: {price}."
