"""Small words of the languages FRAME writes in: enough to cut a seller's text where it may be cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Lexicon:
    """The function words of one language, lower case."""

    joins: frozenset[str]  # coordinating conjunctions
    openers: frozenset[str]  # prepositions at which a phrase can begin
    articles: frozenset[str]
    subordinators: frozenset[str]  # words that tie what follows to what went before
    copulas: frozenset[str]
    common: frozenset[str]  # further frequent words, to recognise the language
    pronouns: frozenset[str] = frozenset()
    withs: frozenset[str] = frozenset()  # "with", in languages where what follows it stands as well without it
    greetings: str = ""  # these three are alternatives of a pattern: "hello", "i am selling", "my"
    offers: str = ""
    owners: str = ""
    inflecting: str = ""  # offers after which the product is not named in its plain form
    closers: str = ""  # what sellers say after the name: "is for sale", "です"
    spaced: bool = True  # words are set apart by spaces


_LEXICONS = {
    "en": Lexicon(
        joins=_words("and or but plus &"),
        openers=_words("with without for in from of on made by"),
        articles=_words("a an the"),
        subordinators=_words("which who that where because so when while if as since than then whose too either"),
        copulas=_words("is are was were has have comes come makes make keeps lasts"),
        common=_words("this it its your you our my not all made one very can will from also at be no new"),
        pronouns=_words("it this that these those they he she we i you there here what who everything nothing just"),
        withs=_words("with"),
        greetings="hi|hello|hey|hi there|hello all|hi everyone|hello everyone",
        offers="i am selling|i'm selling|we are selling|we're selling|i sell|we sell|selling|for sale|this is|here is|"
        "it's|these are|here are|introducing|meet|check out|take a look at|discover|"
        "(?:please |can you |could you )?(?:i want|i need|i would like|i'd like|make|create)(?: me)? (?:a|an)"
        "(?: \\w+)? (?:video|film|ad|clip|reel) (?:for|of|about|on)",
        owners="my|our|a|an|the|new",
    ),
    "de": Lexicon(
        joins=_words("und oder aber sowie &"),
        openers=_words("mit ohne für aus in im von vom zum zur bei auf ab inklusive inkl."),
        articles=_words("der die das den dem ein eine einen einem einer"),
        subordinators=_words("dass weil wenn damit sodass um wobei welche welcher welches die der das denn da wo"),
        copulas=_words("ist sind war hat haben wird kommt macht"),
        common=_words("nicht auch ich wir sie sich sehr noch nur bis ihr ihre unser unsere mein meine es"),
        pronouns=_words("es das dies diese dieser sie er wir ich ihr hier alles"),
        greetings="hallo|hi|moin|guten tag|hallo zusammen",
        inflecting="(?:ich |wir )?(?:verkaufen?|bieten?)(?: hier| hiermit)? (?:hier |hiermit )?"
        "(?:einen|meinen|unseren|den|diesen)|(?:[\\w ]+ )?(?:video|film|clip) (?:für|von|über) (?:einen|einem|einer"
        "|meine[nmr]"
        "|unsere[nmr]|de[nmr])",
        offers="(?:ich verkaufe|wir verkaufen|verkaufe|zu verkaufen|ich biete|biete)(?: hiermit| hier)?|das ist"
        "|dies ist|hier ist|das sind|(?:bitte |ich (?:will|möchte|brauche|hätte gern) |mach(?:e)?(?: mir)? )?ein(?:en)?"
        "(?: \\w+)? (?:video|film|clip) (?:für|von|über)",
        owners="ein|eine|mein|meine|unser|unsere",
    ),
    "es": Lexicon(
        joins=_words("y e o u pero"),
        openers=_words("con sin para en de del por hecho hecha"),
        articles=_words("el la los las un una unos unas"),
        subordinators=_words("que porque donde cuando si como aunque cual quien pues"),
        copulas=_words("es son está están tiene tienen viene"),
        common=_words("muy más no su sus tu se lo al este esta nuestro nuestra mi también todo pelo"),
        pronouns=_words("es esto este esta ello ellos yo nosotros aquí todo"),
        withs=_words("con"),
        greetings="hola|hola a todos|buenas",
        offers="vendo|vendemos|se vende|en venta|este es|esta es|esto es"
        "|(?:por favor |quiero |necesito |haz(?:me)? )?un (?:v[ií]deo|anuncio|clip) (?:para|de|sobre)",
        owners="un|una|mi|nuestro|nuestra|el|la",
    ),
    "fr": Lexicon(
        joins=_words("et ou mais"),
        openers=_words("avec sans pour en de du des dans sur à au aux par fabriqué fabriquée"),
        articles=_words("le la les un une"),
        subordinators=_words("qui que dont où car parce quand si lorsque comme"),
        copulas=_words("est sont était a ont vient"),
        common=_words("très plus pas ce cette ces son sa ses notre nos votre vos mon ma mes il elle se ne je vous"),
        pronouns=_words("il elle ils elles ce c'est ça je nous vous ici tout"),
        withs=_words("avec"),
        greetings="bonjour|salut|bonjour à tous",
        offers="je vends|nous vendons|vends|à vendre|voici|c'est|c’est"
        "|(?:je (?:veux|voudrais) |fais(?:-moi)? |faites(?:-moi)? )?une? (?:vidéo|film|clip|pub) (?:pour|de|sur)",
        owners="un|une|des|mon|ma|notre|nos|mes",
    ),
    "it": Lexicon(
        joins=_words("e ed o ma"),
        openers=_words("con senza per in di da del della dei delle su fatto fatta"),
        articles=_words("il lo la i gli le un uno una"),
        subordinators=_words("che perché dove quando se cui come mentre"),
        copulas=_words("è sono era ha hanno viene"),
        common=_words("molto più non suo sua questo questa nostro nostra mio mia anche si al nel alla tutti"),
        pronouns=_words("è questo questa esso io noi voi qui tutto"),
        withs=_words("con"),
        greetings="ciao|salve|buongiorno|ciao a tutti",
        offers="vendo|vendiamo|in vendita|questo è|questa è|ecco",
        owners="un|uno|una|il mio|la mia|il nostro|la nostra",
    ),
    "pt": Lexicon(
        joins=_words("e ou mas"),
        openers=_words("com sem para em de do da dos das no na por feito feita"),
        articles=_words("o a os as um uma uns umas"),
        subordinators=_words("que porque onde quando se como pois qual"),
        copulas=_words("é são era tem têm vem está"),
        common=_words("muito mais não seu sua você este esta esse essa nosso nossa meu minha também ao à até"),
        pronouns=_words("é isto isso este esta ele ela eu nós aqui tudo"),
        withs=_words("com"),
        greetings="olá|oi|olá a todos|oi gente",
        offers="vendo|vendemos|vende-se|à venda|este é|esta é|esse é|essa é",
        owners="um|uma|meu|minha|nosso|nossa|o|a",
    ),
    "pl": Lexicon(
        joins=_words("i oraz lub albo ale a"),
        openers=_words("z ze bez dla do na w we od"),
        articles=frozenset(),
        subordinators=_words("który która które że bo aby żeby gdzie gdy ponieważ jak"),
        copulas=_words("jest są był ma mają"),
        common=_words("nie się to ten ta bardzo tylko też jej jego nasz nasza moje po o oraz ręcznie"),
        pronouns=_words("to on ona ono ja my tu wszystko"),
        greetings="cześć|witam|dzień dobry",
        inflecting="sprzedam|sprzedaję|oferuję",
        offers="na sprzedaż|to jest|oto",
        owners="",
    ),
    "nl": Lexicon(
        joins=_words("en of maar"),
        openers=_words("met zonder voor van in uit op"),
        articles=_words("de het een"),
        subordinators=_words("die dat omdat waar als zodat terwijl want"),
        copulas=_words("is zijn was heeft hebben komt"),
        common=_words("niet ook ik wij je zeer heel nog deze dit onze mijn er aan bij tot"),
        pronouns=_words("het dit dat deze ik wij we hier alles"),
        greetings="hallo|hoi|goedendag",
        offers="te koop|ik verkoop|wij verkopen|dit is|dit zijn",
        owners="een|mijn|onze|ons",
    ),
    "sv": Lexicon(
        joins=_words("och eller men samt"),
        openers=_words("med utan för i av från på till"),
        articles=_words("en ett den det"),
        subordinators=_words("som att eftersom när om där medan"),
        copulas=_words("är var har kommer"),
        common=_words("inte också jag vi du mycket bara din ditt vår vårt min mitt alla ej"),
        pronouns=_words("det den detta jag vi här allt"),
        greetings="hej|hej alla",
        offers="säljer|jag säljer|vi säljer|till salu|det här är|detta är",
        owners="en|ett|min|mitt|vår|vårt",
    ),
    "tr": Lexicon(
        joins=_words("ve veya ya ama"),
        openers=frozenset(),
        articles=_words("bir"),
        subordinators=_words("ki çünkü için"),
        copulas=_words("dir dır"),
        common=_words("ile çok bu şu olarak gibi daha en her için el değil var"),
        pronouns=_words("bu şu o ben biz burada"),
        greetings="merhaba|selam",
        offers="satılık",
        owners="",
    ),
    "uk": Lexicon(
        joins=_words("і й та або але"),
        openers=_words("з із зі без для у в на від до"),
        articles=frozenset(),
        subordinators=_words("який яка яке які що бо щоб де коли тому"),
        copulas=_words("є був має мають"),
        common=_words("не це цей ця дуже також наш наша мій моя вам ми як із"),
        pronouns=_words("це він вона воно я ми тут все"),
        greetings="привіт|вітаю|добрий день",
        inflecting="продам|продаю|пропоную",
        offers="на продаж|це|ось",
        owners="",
    ),
    "ar": Lexicon(
        joins=_words("و أو لكن"),
        openers=_words("مع من بدون في"),
        articles=frozenset(),
        subordinators=_words("التي الذي لأن حيث عندما"),
        copulas=frozenset(),
        common=_words("على هذا هذه كل غير جدا إلى عن"),
        greetings="مرحبا|السلام عليكم",
        offers="للبيع|أبيع|معروض للبيع",
    ),
    "ja": Lexicon(
        frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), spaced=False,
        closers="です|でございます|(?:を|の)?(?:販売|出品)(?:します|しています|いたします)",
    ),
    "ko": Lexicon(
        joins=_words("및 그리고"),
        openers=frozenset(),
        articles=frozenset(),
        subordinators=frozenset(),
        copulas=frozenset(),
        common=frozenset(),
        closers=r"\s?(?:을|를)?\s?(?:팝니다|팔아요|판매합니다|판매해요|판매 ?중|입니다|이에요|예요)",
    ),
}  # fmt: skip
_NEUTRAL = Lexicon(frozenset({"&"}), frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_KANA = re.compile("[\u3041-\u30fa]")
_TELLING = {
    "de": "ßäöü", "pl": "ąęłśżźćń", "es": "ñ¡¿", "fr": "çèêœûî", "pt": "ãõ", "tr": "ığşçöü", "sv": "åäö", "uk": "іїєґ",
    "it": "òìù", "en": "", "nl": "",
}  # fmt: skip
_CERTAIN = 3  # hits that make a language sure


def lexicon(language: str) -> Lexicon:
    """The small words of a language (BCP 47); one without any for a language that is not known."""
    return _LEXICONS.get(base(language), _NEUTRAL)


def base(language: str) -> str:
    """The language of a tag without script and region: "pt-BR" is "pt"."""
    return language.replace("_", "-").split("-")[0].lower()


@cache
def opening(language: str) -> re.Pattern[str]:
    """What sellers say before they name their product: "Hello, I am selling my"."""
    words = lexicon(language)
    if not words.offers:
        return re.compile("(?!)")
    greetings = "|".join(sorted(words.greetings.split("|"), key=len, reverse=True))
    greeting, offer = rf"(?:{greetings})\b[\s,!.]*", rf"(?:{words.offers})\b[\s:]*"
    owner = rf"(?:{words.owners})\s+" if words.owners else "(?!)"
    return re.compile(rf"(?:{greeting}(?:{offer}(?:{owner})?)?|{offer}(?:{owner})?|{owner})", re.IGNORECASE)


def language_of(text: str) -> str | None:
    """The language that a text is evidently written in, None where it could be several: two words prove little."""
    letters = sum(char.isalpha() for char in text)
    for language, script in _SCRIPTS:
        if len(script.findall(text)) * 4 > letters > 0:
            return "ja" if language == "zh" and _KANA.search(text) else language
    scores = sorted(((_score(text, language), language) for language in _TELLING), reverse=True)
    (best, language), (second, _) = scores[:2]
    return language if best >= _CERTAIN and best >= 2 * second else None


def _score(text: str, language: str) -> int:
    words = re.findall(r"[^\W\d_]+", text.lower())[:300]
    known = _all_words(language)
    marks = sum(char in _TELLING[language] for char in text.lower()[:2000])
    return sum(word in known for word in words) + min(marks, 4)


@cache
def _all_words(language: str) -> frozenset[str]:
    words = _LEXICONS[language]
    known = (words.joins, words.openers, words.articles, words.subordinators, words.copulas, words.common)
    return frozenset(word for group in known for word in group)
