"""Product texts as marketplaces have them: name, price and points are found in all their disorder."""

from __future__ import annotations

import pytest

from pipeline.reading import facts_of, understand
from pipeline.reading.markup import lines_of
from pipeline.reading.terms import is_term
from tests.pipeline.story.strategies import brief


@pytest.mark.parametrize(
    ("language", "text", "name", "price", "points"),
    [
        ("en", "✨ SOY CANDLE ✨\n🕯️ Burns 45 hours\n💰 £14.99 + £3.50 P&P\n📩 DM to order #soy #handmade", "SOY CANDLE",
         "£14.99", ["Burns 45 hours"]),
        ("en", "BRAND NEW LEATHER WALLET MENS BIFOLD RFID BLOCKING GENUINE LEATHER BLACK £19.99 FREE DELIVERY",
         "BRAND NEW LEATHER WALLET MENS BIFOLD RFID BLOCKING GENUINE LEATHER BLACK", "£19.99", ["FREE DELIVERY"]),
        ("en", "Oak side table £85 solid wood, hand oiled", "Oak side table", "£85", ["solid wood", "hand oiled"]),
        ("en", "Bath bombs, 2 for £10 or £6 each. Vegan!", "Bath bombs", "2 for £10", ["Vegan!"]),
        ("en", "Dyson style dryer RRP £199 - our price £49.99, 1800W", "Dyson style dryer", "£49.99", ["1800W"]),
        ("en", "Dr. Martens 1460 boots, cherry red, £95", "Dr. Martens 1460 boots", "£95", ["cherry red"]),
        ("en", "A.P.C. Half Moon bag, smooth leather. $385.00", "A.P.C. Half Moon bag", "$385.00", ["smooth leather"]),
        ("en", "1) Blue vase 30x20 cm - $25\nHand blown glass", "Blue vase 30x20 cm", "$25", ["Hand blown glass"]),
        ("en", "Save $20! Yoga mat, 6 mm, $39", "Yoga mat", "$39", ["6 mm"]),
        ("en", "Free shipping on orders over $50! Silk scarf, $42", "Silk scarf", "$42", []),
        ("en", "Check out our new tote bag at www.sunny.com/x?ref=1 — organic cotton, just $18", "new tote bag", "$18",
         ["organic cotton"]),
        ("en", "340 g jar, £4.50. Perfect on toast.", "340 g jar", "£4.50", ["Perfect on toast"]),
        ("en", "Jam. 340 g jar, £4.50. Perfect on toast.", "Jam", "£4.50", ["340 g jar", "Perfect on toast"]),
        ("en", "Garden bench. Teak. £120 collection only. No time wasters", "Garden bench", "£120", ["Teak"]),
        ("en", "leather jaket,size L , brown.. $75 ono", "leather jaket", "$75", ["size L", "brown"]),
        ("en", "They cost $28 a pair and I ship worldwide.", "", "$28", []),
        ("en", "<h1>Toy Train</h1><ul><li>FSC beech</li></ul><p>Price: &euro;29.90</p>", "Toy Train", "€29.90",
         ["FSC beech"]),
        ("en", "USB-C hub 7-in-1, 4K@60Hz HDMI, USD 39.99", "USB-C hub 7-in-1", "USD 39.99", ["4K@60Hz HDMI"]),
        ("en", "Reduced!! Now only £15 (was £25) - kids raincoat, dinosaur print", "kids raincoat", "£15",
         ["Reduced!!", "dinosaur print"]),
        ("en", "Set of 6 glasses. Hand-blown. Price: €54 incl. VAT", "Set of 6 glasses", "€54", ["Hand-blown"]),
        ("en", "Protein bars box of 12 (60g each) $24.99 / box, 20g protein", "Protein bars box of 12 (60g each)",
         "$24.99 / box", ["20g protein"]),
        ("en", "I've made 40 of these boards. Walnut. $120", "", "$120", ["I've made 40 of these boards", "Walnut"]),
        ("en", "St. Ives apricot scrub 150ml £5", "St. Ives apricot scrub 150ml", "£5", []),
        ("en", "Hi there, selling my kettle, red, £9", "kettle", "£9", ["red"]),
        ("fr", "Vends canapé 3 places, bon état, acheté 899 €, vendu 350 €", "canapé 3 places", "350 €", ["bon état"]),
        ("fr", "Le carnet « Horizon » : 192 pages. 18,00 €", "Le carnet « Horizon »", "18,00 €", ["192 pages"]),
        ("es", "Mesa de comedor extensible de roble macizo, 160 cm. 450€", "Mesa de comedor extensible de roble macizo",
         "450€", ["160 cm"]),
        ("it", "Borsa in vera pelle, cognac. Prezzo 129 € spedizione inclusa", "Borsa in vera pelle", "129 €",
         ["cognac", "spedizione inclusa"]),
        ("ko", "겨울 코트 정가 25만원 → 12만원", "겨울 코트", "12만원", []),
        ("de", "Verkaufe hier mein gut erhaltenes Kinderfahrrad, 3 Gänge. Preis: 80€ VB. Privatverkauf.",
         "gut erhaltenes Kinderfahrrad", "80€", ["3 Gänge"]),
        ("de", "Moin, ich verkauf ne alte Lampe, 45 Euro", "alte Lampe", "45 Euro", []),
        ("de", "Moin, ich verkaufe meinen alten Plattenspieler, 120 Euro", "", "120 Euro",
         ["ich verkaufe meinen alten Plattenspieler"]),
        ("de", "JBL Flip 6 statt 149,00 € nur 99,00 €!!! 12 Std. Akku, inkl. Tasche", "JBL Flip 6", "99,00 €",
         ["12 Std. Akku", "inkl. Tasche"]),
        ("de", "Bio-Honig vom Imker, 500 g Glas 6,50 €, cremig", "Bio-Honig vom Imker", "6,50 €",
         ["500 g Glas", "cremig"]),
        ("es", "Bolso de piel ANTES 120 € AHORA 79 €. Color camel", "Bolso de piel", "79 €", ["Color camel"]),
        ("fr", "Sac à dos « Nomade » : 25 L, imperméable. Prix : 79€90", "Sac à dos « Nomade »", "79€90",
         ["25 L", "imperméable"]),
        ("pt-BR", "VELA 🕯️ 200g | lavanda | De R$ 59,90 por R$ 39,90", "VELA", "R$ 39,90", ["200g", "lavanda"]),
        ("uk", "Лляна сорочка — 1 850 грн. Розміри S, M, L. 100% льон", "Лляна сорочка", "1 850 грн",
         ["Розміри S, M, L", "100% льон"]),
        ("ja", "✨新品未使用✨\n木製スマホスタンド\n価格:1,980円\nプロフ必読", "木製スマホスタンド", "1,980円",
         ["新品未使用"]),
        ("ja", "【送料無料】手作り革財布 12,800円(税込)", "手作り革財布", "12,800円", ["【送料無料】"]),
        ("ja", "コットンのTシャツです。サイズはMとL。定価3,900円→2,500円", "コットンのTシャツ", "2,500円",
         ["サイズはMとL"]),
        ("ko", "수제 가죽 지갑 팝니다! 색상 브라운, 39,000원 (택배비 3,000원 별도)", "수제 가죽 지갑", "39,000원",
         ["색상 브라운"]),
        ("ar", "للبيع ساعة يد جديدة، السعر ٢٥٠ ريال", "ساعة يد جديدة", "٢٥٠ ريال", []),
    ],
)  # fmt: skip
def test_a_marketplace_text_is_understood(language: str, text: str, name: str, price: str, points: list[str]) -> None:
    found = understand(text, language)
    assert found.name == name
    assert found.price is not None
    assert found.price.shown == price
    facts = facts_of(brief(name=found.name, description=found.description, price=found.price, language=language), ())
    assert [fact.text for fact in facts if fact.kind == "point"] == points


def test_shop_html_is_read_as_lines_and_a_lone_tag_stays() -> None:
    assert lines_of("<p>Mug<br/>350&nbsp;ml</p>").split("\n") == ["", "Mug", "350\u00a0ml", ""]
    assert lines_of("a <b>bold</b> mug, 2 < 3") == "a <b>bold</b> mug, 2 < 3"


@pytest.mark.parametrize(
    "term",
    ["collection only", "No returns", "Nur Abholung in 12345 Berlin", "à débattre", "ophalen in Utrecht", "торг"],
)
def test_terms_of_the_sale_are_no_selling_points(term: str) -> None:
    assert is_term(term)


@pytest.mark.parametrize(
    "point", ["Summer collection", "Message in a bottle print", "Call of Duty poster", "free delivery", "Swish of silk"]
)
def test_words_of_the_product_are_no_terms_of_the_sale(point: str) -> None:
    assert not is_term(point)
