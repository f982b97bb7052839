"""What is said for what is written, and that nothing written is lost."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.media.lettering.wording import join
from pipeline.model import Saying
from pipeline.spoken import occurring, speakable
from pipeline.spoken.lexicon import LANGUAGES, lexicon_of


def said(text: str, language: str) -> str:
    return " ".join(chunk.spoken for chunk in speakable(text, language))


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en", "£45.00", "forty-five pounds"),
        ("en", "$28", "twenty-eight dollars"),
        ("en", "$1", "one dollar"),
        ("en", "39,90 €", "thirty-nine euros ninety"),
        ("en", "$5.05", "five dollars and five cents"),
        ("en", "£0.99", "ninety-nine pence"),
        ("en", "18,000円", "eighteen thousand yen"),
        ("en", "$1,299.99", "one thousand two hundred and ninety-nine dollars ninety-nine"),
        ("en", "CHF 119.–", "one hundred and nineteen francs"),
        ("de", "39,90 €", "neununddreißig Euro neunzig"),
        ("de", "1 €", "ein Euro"),
        ("de", "19,- €", "neunzehn Euro"),
        ("es", "49,90 €", "cuarenta y nueve euros con noventa"),
        ("es", "21 €", "veintiún euros"),
        ("es", "£1", "una libra"),
        ("fr", "39,90 €", "trente-neuf euros quatre-vingt-dix"),
        ("fr-CH", "CHF 119.–", "cent dix-neuf francs"),
        ("fr-CH", "CHF 1'290.90", "mille deux cents nonante francs nonante"),
        ("it", "39,90 €", "trentanove euro e novanta"),
        ("pt-BR", "R$ 1.299,90", "mil duzentos e noventa e nove reais e noventa"),
        ("pt-BR", "£2", "duas libras"),
        ("pl", "79,00 zł", "siedemdziesiąt dziewięć złotych"),
        ("pl", "22 zł", "dwadzieścia dwa złote"),
        ("nl", "39,90 €", "negenendertig euro negentig"),
    ],
)
def test_prices_are_said_as_people_say_them(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en", "£12-£18", "twelve pounds to eighteen pounds"),
        ("en", "$12–$18", "twelve dollars to eighteen dollars"),
        ("en", "19-49 €", "nineteen to forty-nine euros"),
        ("nl", "€ 12-18", "twaalf tot achttien euro"),
        ("pt-BR", "R$ 10-20", "dez a vinte reais"),
        ("fr", "de 12 à 25 €", "de douze à vingt-cinq euros"),
        ("en", "2 for £10", "two for ten pounds"),
        ("en", "£12 – £18", "twelve pounds to eighteen pounds"),
        ("de", "12 € – 18 €", "zwölf Euro bis achtzehn Euro"),
        ("en", "$24.99 / box", "twenty-four dollars ninety-nine per box"),
    ],
)
def test_ranges_of_prices_are_said_with_a_word_between(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("fr", "79€90", "soixante-dix-neuf euros quatre-vingt-dix"),
        ("en", "1.500 €", "one thousand five hundred euros"),
        ("es-MX", "$249", "doscientos cuarenta y nueve pesos"),
        ("de-CH", "1’200 Fr.", "eintausendzweihundert Franken"),
        ("nb", "249 kr", "249 kr"),
    ],
)
def test_the_price_that_is_said_is_the_price_that_was_read(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en", "7-in-1", "seven-in-one"),
        ("en", "vintage 70s", "vintage seventies"),
        ("en", "1990s style", "nineteen nineties style"),
        ("en", "2x 2.0Ah", "two times two amp hours"),
        ("en", "XS–XL", "XS to XL"),
        ("en", "30cm x 25cm", "thirty centimetres by twenty-five centimetres"),
        ("en", "150ml x2", "one hundred and fifty millilitres times two"),
        ("en", "30 x 25 cm", "thirty by twenty-five centimetres"),
        ("en", "S-M-L", "S-M-L"),
        ("en", "4K@60Hz", "four K at sixty hertz"),
        ("en", "3000K", "three thousand kelvin"),
        ("en", "#1 seller", "one seller"),
        ("de", "70er Jahre", "siebziger Jahre"),
        ("de", "925er Silber", "neunhundertfünfundzwanziger Silber"),
        ("de", "Gr. 38-44", "Größe achtunddreißig bis vierundvierzig"),
        ("de", "30°-Wäsche", "dreißig Grad-Wäsche"),
    ],
)
def test_sizes_decades_and_codes_are_not_taken_for_measures(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("es", "2.100 W", "dos mil cien vatios"),
        ("en", "2.100 kg", "two point one kilos"),
        ("en", "2,100 W", "two thousand one hundred watts"),
        ("de", "2.100 W", "zweitausendeinhundert Watt"),
        ("fr", "2 100 W", "deux mille cent watts"),
        ("de", "1,5 l", "eins Komma fünf Liter"),
        ("es", "1.5 l", "uno coma cinco litros"),
        ("en", "90 cm", "ninety centimetres"),
        ("fr-CH", "32 mm", "trente-deux millimètres"),
        ("en", "500ml", "five hundred millilitres"),
        ("en", "30 x 40 x 10 cm", "thirty by forty by ten centimetres"),
        ("es", "30x40 cm", "treinta por cuarenta centímetros"),
        ("de", "30–40 cm", "dreißig bis vierzig Zentimeter"),
        ("en", "300 g/m²", "three hundred grams per square metre"),
        ("en", "50% off", "fifty percent off"),
        ("en", "-20 %", "minus twenty percent"),
        ("fr-CH", "71 %", "septante et un pour cent"),
        ("es", "1 h", "una hora"),
        ("pt-BR", "2x", "duas vezes"),
        ("pl", "2 cm", "dwa centymetry"),
        ("en", '12" skillet', "twelve inches skillet"),
    ],
)
def test_measures_follow_the_language(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en", "www.nordtisch.shop/mugs", "nordtisch dot shop slash mugs"),
        ("en", "@nord_tisch", "at nord tisch"),
        ("es", "@brisa", "arroba brisa"),
        ("en", "#cosyhome", "hashtag cosyhome"),
        ("en", "hello@shop.de", "hello at shop dot de"),
        ("de", "z. B. Salz- & Pfeffermühle", "zum Beispiel Salz- und Pfeffermühle"),
        ("en", "Salt & pepper", "Salt and pepper"),
        ("en", "1st", "first"),
        ("fr", "1re", "première"),
        ("es", "3ª", "tercera"),
        ("de", "am 3. Oktober", "am dritten Oktober"),
        ("en", "since 1987", "since nineteen eighty-seven"),
        ("de", "seit 1987", "seit neunzehnhundertsiebenundachtzig"),
        ("en", "0800 123", "zero eight zero zero one hundred and twenty-three"),
        ("en", "LED lamp", "L E D lamp"),
        ("es", "¡Pelo seco!", "Pelo seco!"),
        ("es", "«Brisa»", "Brisa"),
        ("en", "Warm — and quiet", "Warm, and quiet"),
        ("en", "24.12.2026", "December twenty-four, two thousand and twenty-six"),
    ],
)
def test_addresses_signs_and_abbreviations_become_words(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


def test_a_price_is_one_chunk_with_its_sign_and_its_full_stop() -> None:
    chunks = speakable("Yours for 39,90 €.", "en")
    assert [chunk.written for chunk in chunks] == ["Yours", "for", "39,90 €."]
    assert chunks[-1].spoken == "thirty-nine euros ninety."


def test_what_cannot_be_said_stays_with_its_neighbour() -> None:
    assert [chunk.written for chunk in speakable("🔥 Sale 🔥 now", "en")] == ["🔥 Sale 🔥", "now"]


def test_signs_alone_are_shown_and_not_said() -> None:
    (chunk,) = speakable("🔥 —", "en")
    assert (chunk.written, chunk.spoken) == ("🔥 —", "")


def test_japanese_is_cut_into_phrases_that_join_to_the_text() -> None:
    chunks = speakable("毎朝のコーヒーを、もっと楽しく。価格は18,000円です！", "ja")
    assert len(chunks) == 7
    assert join([chunk.written for chunk in chunks]) == "毎朝のコーヒーを、もっと楽しく。価格は18,000円です！"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_names_what_it_promises(language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    assert {"EUR", "USD", "GBP", "CHF"} <= set(lexicon.currencies)
    assert {"W", "cm", "ml" if language != "nl" else "cl", "kg"} <= set(lexicon.units)


PIECES = st.one_of(
    st.sampled_from(
        [
            "39,90",
            "€",
            "£45.00",
            "CHF",
            "119.–",
            "18,000円",
            "2.100",
            "W",
            "90",
            "cm",
            "50%",
            "&",
            "x",
            "—",
            "„Nordtisch“",
            "¡Hola!",
            "www.a.de",
            "@b",
            "#c",
            "1st",
            "1.º",
            "3.",
            "z.",
            "B.",
            "1/2",
            "-",
            "+",
            "12:30",
            "2026-12-24",
            "1987",
            "007",
            "30x40",
            "…",
            "(neu)",
            "R$",
            "%",
            "€",
            "😀",
            "½",
            "3ª",
            "a/b",
            "2x",
            "-5",
            "10–12",
            "kr",
            "5kr",
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=8),
    st.from_regex(r"[0-9]{1,4}([.,’ ][0-9]{1,3}){0,2}", fullmatch=True),
)
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)
SPACED = TEXTS.filter(lambda text: not re.search(r"[\u3005-\u9fff]", text))


def tidy(text: str) -> str:
    """A text as it is shown: white space as single spaces, no control characters."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    return " ".join(kept.split())


@given(SPACED, st.sampled_from([*LANGUAGES, "fr-CH", "de-CH", "en-GB", "uk", "tr", "sv"]))
def test_every_written_word_is_there_in_order(text: str, language: str) -> None:
    assert " ".join(chunk.written for chunk in speakable(text, language)) == tidy(text)


@given(TEXTS, st.sampled_from(["ja", "zh"]))
def test_nothing_is_lost_where_no_spaces_are_written(text: str, language: str) -> None:
    written = "".join(chunk.written for chunk in speakable(text, language))
    assert written.replace(" ", "") == tidy(text).replace(" ", "")


@given(SPACED, st.sampled_from(LANGUAGES))
def test_no_plain_number_price_or_percentage_is_left_to_the_voice(text: str, language: str) -> None:
    for chunk in speakable(text, language):
        if re.fullmatch(r"[0-9]+([.,][0-9]+)? ?[€$£%]?", chunk.written):
            assert not re.search("[0-9€$£%]", chunk.spoken), chunk


@given(TEXTS, st.sampled_from([*LANGUAGES, "ja", "zh"]))
def test_every_chunk_is_said_unless_nothing_can_be(text: str, language: str) -> None:
    chunks = speakable(text, language)
    if len(chunks) > 1:
        assert all(chunk.spoken for chunk in chunks)


NORDTISCH = Saying(written="Nordtisch", said="Nortisch")


@pytest.mark.parametrize(
    ("language", "saying", "written", "spoken"),
    [
        ("en", NORDTISCH, "Meet the Nordtisch mug for $28.", "Meet the Nortisch mug for twenty-eight dollars."),
        ("en", NORDTISCH, "Nordtisch's best", "Nortisch's best"),
        ("de", NORDTISCH, "Die NORDTISCH-Tasse", "Die Nortisch-Tasse"),
        ("de", NORDTISCH, "Nordtischler wissen es", "Nordtischler wissen es"),
        ("de", NORDTISCH, "nordtisch.com", "nordtisch Punkt com"),
        ("es", Saying(written="XR-7", said="equis erre 7"), "La XR-7 por 49,90 €", None),
        ("fr", Saying(written="Le Creuset", said="Le Creuzé"), "La cocotte Le  Creuset", "La cocotte Le Creuzé"),
        (
            "fr",
            Saying(written="4711", said="quarante-sept onze"),
            "4711, 39 €",
            "quarante-sept onze, trente-neuf euros",
        ),
        ("sv", NORDTISCH, "En Nordtisch, tack.", "En Nortisch, tack."),
        ("ja", Saying(written="アノ", said="ああの"), "新しいアノ", "新しい ああの"),
    ],
)
def test_a_sellers_own_words_are_said_as_the_seller_says_them(
    language: str, saying: Saying, written: str, spoken: str | None
) -> None:
    chunks = speakable(written, language, (saying,))
    expected = spoken or "La equis erre siete por cuarenta y nueve euros con noventa"
    assert " ".join(chunk.spoken for chunk in chunks) == expected
    assert join([chunk.written for chunk in chunks]) == " ".join(written.split()), "captions keep what was written"


def test_only_pronunciations_of_words_in_the_lines_are_asked_for() -> None:
    other = Saying(written="Le Creuset", said="Lö Krösee")
    assert occurring((NORDTISCH, other), ("Die Tasse", "von NORDTISCH.")) == (NORDTISCH,)
    assert occurring((NORDTISCH, other), ("Nordtischler",)) == ()


@given(st.text(max_size=80), st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_no_pronunciation_loses_what_was_written(text: str, written: str, said: str) -> None:
    plain = [chunk.written for chunk in speakable(text, "en")]
    own = [chunk.written for chunk in speakable(text, "en", (Saying(written=written, said=said),))]
    assert "".join("".join(own).split()) == "".join("".join(plain).split())


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", 'Affiche "Marseille, 1962".', "Affiche Marseille, mille neuf cent soixante-deux."),
        ("en", 'a "22" print, 22" wide', "a twenty-two print, twenty-two inches wide"),
        ("en", "fits 1998-2005", "fits nineteen ninety-eight to two thousand and five"),
        ("en", "Sizes S / M / L", "Sizes S, M, L"),
        ("de", "Kunstdruck A4 / A3", "Kunstdruck A4, A3"),
        ("en", "$24.99 / box", "twenty-four dollars ninety-nine per box"),
        ("en", "Lasts 8+ hours", "Lasts eight plus hours"),
        ("de", "5,90 €/l", "fünf Euro neunzig pro Liter"),
        ("fr", "3,20 €/kg", "trois euros vingt par kilo"),
    ],
)
def test_quotation_marks_years_and_strokes_are_not_taken_for_measures(language: str, text: str, said: str) -> None:
    assert " ".join(chunk.spoken for chunk in speakable(text, language)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("od 39 zł", "od trzydziestu dziewięciu złotych"),
        ("Od 4,50 zł", "Od czterech złotych pięćdziesięciu"),
        ("od 1 zł", "od jednego złotego"),
        ("od 121 zł", "od stu dwudziestu jeden złotych"),
        ("do 2 kg", "do dwóch kilogramów"),
        ("ok. 25 cm", "około dwudziestu pięciu centymetrów"),
        ("do 50%", "do pięćdziesięciu procent"),
        ("tylko 39 zł", "tylko trzydzieści dziewięć złotych"),
    ],
)
def test_polish_numbers_are_in_the_case_that_the_word_before_them_wants(text: str, said: str) -> None:
    assert " ".join(chunk.spoken for chunk in speakable(text, "pl")) == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("de", "19,90 Euro", "neunzehn Euro neunzig"),
        ("it", "Euro 38", "trentotto euro"),
        ("es-MX", "$249 MXN", "doscientos cuarenta y nueve pesos"),
        ("es-MX", "$120 pesos", "ciento veinte pesos"),
        ("en", "£18.00 GBP", "eighteen pounds"),
        ("en", "24.50 dollars", "twenty-four dollars fifty"),
    ],
)
def test_a_currency_that_is_named_twice_or_in_words_is_said_once(language: str, text: str, said: str) -> None:
    assert " ".join(chunk.spoken for chunk in speakable(text, language)) == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("es", "1 metro de alto", "un metro de alto"),
        ("es", "21 velocidades", "veintiuna velocidades"),
        ("es", "21 días", "veintiún días"),
        ("pt-BR", "21 marchas", "vinte e uma marchas"),
        ("pt-BR", "2 peças", "duas peças"),
        ("it", "1 candela", "una candela"),
        ("de", "1 Jahr", "ein Jahr"),
        ("de", "1 Flasche", "eine Flasche"),
        ("es", "talla 1 para adultos", "talla uno para adultos"),
        ("en", "1 metre", "one metre"),
    ],
)
def test_numbers_agree_with_the_noun_that_follows(language: str, text: str, said: str) -> None:
    assert " ".join(chunk.spoken for chunk in speakable(text, language)) == said
