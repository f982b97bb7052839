"""From the word that a seller types to one of the six tones."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

from pipeline.model import Tone

DEFAULT = Tone.CALM

# What people call each tone, in the languages that the studio speaks and a few more; inflected forms where common.
_WORDS: dict[Tone, str] = {
    Tone.PLAYFUL: """
        playful fun funny cheerful happy joyful cute quirky colourful colorful friendly lively bubbly silly
        upbeat kids witty
        verspielt lustig fröhlich heiter bunt niedlich süß freundlich spielerisch witzig kindlich
        juguetón divertido divertida alegre feliz simpático simpática colorido colorida gracioso amigable infantil
        ludique joyeux joyeuse drôle amusant amusante gai coloré colorée mignon amical enfantin espiègle
        giocoso giocosa allegro allegra divertente simpatico felice colorato buffo amichevole
        divertida brincalhão engraçado lúdico fofo descontraído descontraída
        zabawny zabawna wesoły wesoła radosny radosna figlarny kolorowy przyjazny uroczy
        speels vrolijk grappig leuk lekfull rolig glad eğlenceli neşeli şirin грайливий веселий дитячий
        楽しい ポップ かわいい 可愛い 즐거운 귀여운 발랄한 مرح ممتع لطيف
    """,
    Tone.LUXURY: """
        luxury luxurious elegant premium exclusive classy refined sophisticated glamorous chic noble posh
        fancy upscale rich
        luxus luxuriös elegant edel exklusiv hochwertig vornehm nobel mondän
        lujo lujoso lujosa elegante exclusivo exclusiva refinado refinada sofisticado
        luxe luxueux luxueuse élégant élégante raffiné raffinée exclusif exclusive
        lusso lussuoso lussuosa raffinato raffinata esclusivo prestigioso
        luxo luxuoso luxuosa sofisticada requintado exclusivo
        luksus luksusowy luksusowa elegancki elegancka ekskluzywny szykowny wytworny
        luxueus chique stijlvol lyxig elegant lyx lüks zarif şık розкішний елегантний преміум
        高級 高級感 上品 エレガント 럭셔리 고급스러운 우아한 فاخر أنيق راقي
    """,
    Tone.BOLD: """
        bold energetic energy strong powerful loud dynamic intense sporty fast vibrant exciting action
        confident striking
        mutig kräftig energisch energiegeladen stark laut dynamisch auffallend sportlich schnell knallig kühn
        atrevido atrevida enérgico enérgica energético fuerte potente dinámico dinámica intenso llamativo
        deportivo audaz
        audacieux audacieuse énergique fort dynamique puissant puissante percutant sportif intense vif
        audace energico energica forte potente dinamico dinamica deciso vivace sportivo
        ousado ousada energético enérgico dinâmico dinâmica marcante esportivo
        odważny odważna energiczny energetyczny mocny mocna dynamiczny wyrazisty sportowy
        gedurfd krachtig energiek djärv kraftfull energisk cesur enerjik güçlü dinamik сміливий енергійний яскравий
        力強い 大胆 元気 エネルギッシュ 강렬한 대담한 활기찬 역동적인 جريء قوي حيوي
    """,
    Tone.CALM: """
        calm quiet minimal minimalist minimalistic simple clean peaceful serene soft gentle natural neutral
        zen modern subtle
        relaxed pure slow plain scandinavian nordic honest informative
        ruhig still minimalistisch schlicht einfach sanft natürlich klar dezent zurückhaltend nordisch
        sachlich entspannt
        tranquilo tranquila calma sereno serena sencillo minimalista suave natural limpio neutro relajado
        calme paisible serein sereine simple minimaliste épuré épurée doux douce naturel sobre apaisant
        calmo tranquilla semplice delicato naturale pulito rilassato
        tranquilo minimalista sereno simples leve
        spokojny spokojna minimalistyczny prosty cichy naturalny delikatny stonowany
        rustig eenvoudig sereen lugn enkel stilren sakin sade doğal спокійний тихий мінімалістичний простий
        落ち着いた 静か シンプル ナチュラル 차분한 미니멀 심플 조용한 هادئ بسيط
    """,
    Tone.WARM: """
        warm cosy cozy homely comfy comforting nostalgic rustic handmade heartfelt intimate autumn family
        loving romantic sweet
        hygge vintage tender sunny emotional
        gemütlich warmherzig heimelig nostalgisch herzlich familiär rustikal romantisch behaglich kuschelig liebevoll
        cálido cálida acogedor acogedora hogareño nostálgico entrañable romántico familiar rústico
        chaleureux chaleureuse cosy cocooning nostalgique tendre familial rustique romantique
        caldo calda accogliente nostalgico intimo romantico casalingo familiare
        quente aconchegante acolhedor acolhedora caloroso carinhoso romântico
        ciepły ciepła przytulny przytulna nostalgiczny domowy rodzinny serdeczny romantyczny
        gezellig knus hartelijk mysig varm hemtrevlig sıcak samimi rahat теплий затишний душевний
        温かい 暖かい あたたかい ほっこり 따뜻한 아늑한 포근한 دافئ حميم
    """,
    Tone.STREET: """
        street urban edgy cool hip hiphop grunge raw rebellious trendy young punk skate techno fresh gritty
        hype neon futuristic
        urbanes städtisch lässig rebellisch jung trendig rau cool strassenstil
        callejero callejera urbano urbana moderno rebelde joven canalla
        urbain urbaine rue rebelle branché jeune tendance
        strada urbano ribelle giovane grintoso
        urbano urbana rua jovem descolado rebelde
        uliczny uliczna miejski miejska młodzieżowy buntowniczy
        stoer stads gata ungdomlig sokak şehirli asi вуличний міський зухвалий
        ストリート クール 스트릿 스트리트 힙한 شارع شبابي عصري
    """,
}
_SHORTEST_COMPARATIVE = 6
_TYPO = 0.75  # similarity below which a word is not taken for a misspelling


def named(text: str) -> Tone | None:
    """The tone that a word of a text names, "funnier" and "lustiger" included; None without one: nothing is guessed."""
    known = _known()
    tokens = re.findall(r"[^\W\d_]+", _folded(text))[:8]
    forms = (form for token in tokens for form in (token, *_positives(token)))
    return next((known[form] for form in forms if form in known), None)


def _positives(token: str) -> tuple[str, ...]:
    """What a word may be the comparative of, in English and German."""
    if not token.endswith("er") or len(token) < _SHORTEST_COMPARATIVE:
        return ()
    return (token[:-2], token[:-1], f"{token[:-3]}y" if token.endswith("ier") else token[:-2])


def nearest(word: str) -> tuple[Tone, bool]:
    """The tone that a word means, and whether it was understood: False where the default stands in.

    Knows synonyms in several languages and forgives a typing mistake; of several words the first known one counts.
    """
    known = _known()
    text = _folded(word)
    if text in known:
        return known[text], True
    tokens = text.replace("-", " ").replace(",", " ").split()[:8]
    if (tone := named(" ".join(tokens))) is not None:
        return tone, True
    for token in tokens:
        meant = _misspelt(token, known)
        if meant is not None:
            return meant, True
    return DEFAULT, False


def _misspelt(token: str, known: dict[str, Tone]) -> Tone | None:
    if not 4 <= len(token) <= 24:
        return None
    likeness, tone = max(
        ((SequenceMatcher(None, token, name).ratio(), tone) for name, tone in known.items()), key=lambda pair: pair[0]
    )
    return tone if likeness >= _TYPO else None


@cache
def _known() -> dict[str, Tone]:
    known: dict[str, Tone] = {}
    for tone, words in _WORDS.items():
        for name in (tone.value, *words.split()):
            known.setdefault(_folded(name), tone)
    return known


def _folded(word: str) -> str:
    """Lower case without accents, for comparing; letters of other scripts stay."""
    decomposed = unicodedata.normalize("NFKD", word.strip().casefold()[:100])
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))
