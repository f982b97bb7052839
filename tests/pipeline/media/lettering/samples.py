"""Words of many scripts, as sellers write them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from pipeline.media.lettering.fonts import Face
from pipeline.model import Word


@dataclass(frozen=True)
class Script:
    """A language with words, prices and a sentence of its own."""

    language: str
    words: tuple[str, ...]
    prices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Some of it in a row."""
        return " ".join((*self.words, self.prices[0]))


SCRIPTS = (
    Script(
        "en", ("Easy", "on,", "slip-ons", "canvas", "cushioned", "summer.", "don’t", "“soft”"), ("£45.00", "50% off")
    ),
    Script(
        "de", ("Größe", "Spülmaschinenfest", "für", "Straße,", "Übergröße", "Äpfel"), ("19,99 €", "CHF 119.–", "50 %")
    ),
    Script("fr", ("L’heure", "en", "or", "œuvre", "déjà", "façon"), ("19,99 €",)),
    Script("es", ("¡Ya!", "niño", "¿Qué", "rápido", "corazón"), ("49,90 €",)),
    Script("pl", ("zażółć", "gęślą", "jaźń", "wełna", "ciepło"), ("79,00 zł", "1 299 zł")),
    Script("cs", ("příliš", "žluťoučký", "kůň", "úpěl"), ("399 Kč",)),
    Script("ro", ("știință", "țară", "înalt", "mâine"), ("99 lei",)),
    Script("tr", ("ışık", "İstanbul", "şık", "çağ", "ığdır"), ("₺499",)),
    Script("vi", ("chất", "lượng", "miễn", "phí", "ưỡn"), ("499.000 ₫",)),
    Script("el", ("Ζεστό", "πρωινό", "ελληνικά", "φωτιά"), ("19,90 €",)),
    Script("ru", ("Тёплая", "шапка", "подъезд", "щётка"), ("1 299 ₽",)),
    Script("uk", ("Українська", "їжак,", "ґудзик", "є", "м’ята"), ("1 299 ₴",)),
    Script("ar", ("قميص", "قطن", "ناعم،", "مريح", "طوال", "اليوم"), ("19,99 €", "99 ر.س")),
    Script("fa", ("پیراهن", "نخی", "راحت", "می‌شود"), ("۱۹٬۹۹۰",)),
    Script("he", ("חולצת", "כותנה", "רכה", "שָׁלוֹם"), ("₪99",)),
    Script("ja", ("静か", "な", "朝に、", "あたたかい", "一杯を。", "マグカップ"), ("18,000円",)),
    Script("ko", ("따뜻한", "아침을", "위한", "머그컵"), ("39,000원",)),
    Script("zh-CN", ("每天", "早晨,", "一杯", "温暖。"), ("¥199",)),
    Script("zh-TW", ("每天", "早晨，", "溫暖", "體驗"), ("NT$ 590",)),
    Script("th", ("สวัสดี", "ตอนเช้า", "แก้ว", "กาแฟ", "อุ่น"), ("฿299",)),
    Script("hi", ("सुबह", "की", "गर्म", "चाय"), ("₹499",)),
)

FACES = (
    Face("Unbounded", 800),
    Face("Poppins", 700),
    Face("Playfair Display", 400),
    Face("Cormorant", 500, italic=True),
    Face("Anton"),
    Face("Fraunces", 300),
    Face("Fraunces", 600),
    Face("Caveat", 700),
    Face("Archivo Black"),
    Face("Space Grotesk", 500),
)


def timed(texts: list[str], *, pace: float = 0.3) -> tuple[Word, ...]:
    """The words, spoken one after the other."""
    return tuple(Word(text=text, start=pace * at, end=pace * (at + 0.9)) for at, text in enumerate(texts))


@st.composite
def lines(draw: st.DrawFn) -> tuple[Script, list[str]]:
    """A line that could be spoken: words of one script, prices among them, now and then a Latin name."""
    script = draw(st.sampled_from(SCRIPTS))
    word = st.one_of(
        st.sampled_from(script.words), st.sampled_from(script.words), st.sampled_from((*script.prices, "Nordtisch"))
    )
    return script, draw(st.lists(word, min_size=1, max_size=14))
