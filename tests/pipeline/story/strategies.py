"""What sellers may write, sensible or not, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.model import Artifact, Brand, Brief, Price, Tone
from pipeline.ports import PlateView, Write
from pipeline.reading import facts_of, price_from

LANGUAGES = ("en", "de", "es", "fr-CH", "it", "pt-BR", "pl", "nl", "sv", "tr", "uk", "ja", "ko", "ar")

_WORDS = (
    "Nordtisch", "mug", "oak", "lamp", "240", "g", "90", "cm", "matte", "black", "hand-made", "and",
    "with", "a", "of", "dishwasher-safe", "Küchen-Set", "„Brisa“", "für", "ąęł", "日本語", "マグ", "العربية",
    "머그", "льон", "2.100", "W", "£5", "39,90", "€", "!", "!!", "?", ",", ";", ":", "–", "(", ")", "“",
    "”", "«", "»", "&", "/", ".", "…", "the", "mit", "y", "et", "i", "e", "ve", "#tag", "@me",
    "https://x.example", "{name}", "{price}", "<b>bold</b>", "**x**", "50%", "🔥", "✨", "\n", "\u202e",
    "\u200f", "\x00", "a\u0301\u0302\u0303", "e\u0301", "STATT", "",
)  # fmt: skip

seller_texts = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join),
    st.text(max_size=120),
    st.text(alphabet="ab, .-–!?\n5€", max_size=80),
)
languages = st.sampled_from((*LANGUAGES, "cs", "xx", "zh", "he"))
prices = st.sampled_from(("39,90", "45.00", "119.–", "18,000", "1.299,90", "28")).flatmap(
    lambda amount: st.sampled_from(("EUR", "GBP", "CHF", "JPY", "BRL", "PLN")).map(
        lambda currency: price_from(amount, currency=currency, language="de")
    )
)


def photo(number: int) -> Artifact:
    return Artifact(sha256=f"{number:064x}", media_type="image/jpeg")


def brief(
    *,
    name: str = "",
    description: str = "",
    price: Price | None = None,
    language: str = "en",
    tone: Tone = Tone.CALM,
    photos: int = 1,
    seconds: int = 15,
) -> Brief:
    return Brief(
        photos=tuple(photo(number) for number in range(photos)),
        name=name,
        description=description,
        price=price,
        language=language,
        tone=tone,
        seconds=seconds,
        brand=Brand(),
    )


def request(
    of: Brief,
    *,
    idea: int = 0,
    details: int = 3,
    labels: tuple[str, ...] = (),
    used: tuple[str, ...] = (),
    closing_line: str = "",
    spoken: bool = True,
) -> Write:
    """What the writer is asked for a brief, as production asks it."""
    return Write(
        plates=tuple(
            PlateView(
                aspect=0.75,
                has_cutout=True,
                whole=True,
                details=details,
                label=labels,
                palette=("#808080",),
                photo=each,
            )
            for each in of.photos
        ),
        facts=facts_of(of, labels),
        description=of.description,
        language=of.language,
        tone=of.tone,
        seconds=of.seconds,
        idea=idea,
        spoken=spoken,
        handle=of.brand.handle,
        closing_line=closing_line,
        used=used,
    )


briefs = st.builds(
    brief,
    name=seller_texts,
    description=seller_texts,
    price=st.one_of(st.none(), prices),
    language=languages,
    tone=st.sampled_from(Tone),
    photos=st.integers(1, 10),
    seconds=st.sampled_from((6, 15, 30)),
)
requests = st.builds(
    request,
    briefs,
    idea=st.integers(0, 7),
    details=st.integers(0, 4),
    labels=st.sampled_from(((), ("saleor",), ("50% OFF", "BRISA"))),
    closing_line=st.sampled_from(("", "Bis bald bei uns!")),
    spoken=st.booleans(),
)
