"""What sellers say that answers no question: thanks, questions of their own, wishes to stop or to begin again."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.dialogue.words import plain


class Remark(StrEnum):
    """What kind of remark it is."""

    THANKS = "thanks"
    GREETING = "greeting"
    HELP = "help"
    COST = "cost"
    QUESTION = "question"
    STOP = "stop"
    RESTART = "restart"


_WHOLE = {
    Remark.THANKS: r"(?:many |ok |great |perfect )?(?:thanks?|thank you|thx|ty|cheers)(?: a lot| so much| you"
    r"| very much)?"
    r"|(?:vielen |danke |super )?(?:danke?|dank)(?: schön| dir| sehr)?|dankeschön|(?:muchas )?gracias"
    r"|merci(?: beaucoup| bien)?",
    Remark.GREETING: "hi|hello|hey|hi there|hello there|good (?:morning|day|evening)|hallo|moin|servus|grüß gott"
    "|guten (?:tag|morgen|abend)|hola|buenas|buenos días|buenas tardes|salut|bonjour|bonsoir|coucou",
    Remark.HELP: "(?:what (?:can|do) you do|how does (?:this|it) work|what is this|how do i (?:start|begin)"
    "|was kannst du"
    "|wie (?:geht|funktioniert) (?:das|es)|was ist das|qué (?:puedes hacer|es esto)|cómo funciona|que (?:sais-tu"
    "|savez-vous)"
    " faire|comment ça (?:marche|fonctionne)|c'est quoi)|help|help me|hilfe|hilf mir|ayuda|ayúdame|aide|aidez-moi"
    "|aide-moi|info|menu|menü|menú|commands"
    "|befehle",
    Remark.STOP: "stop|cancel|abort|quit|exit|stop it|cancel (?:it|that|this)|forget it|stopp|abbrechen|abbruch"
    "|aufhören"
    "|vergiss es|cancelar|cancela|parar|para|olvídalo|déjalo|annuler|annule|annulez|arrête|arrêtez|laisse tomber",
    Remark.RESTART: "start over|restart|start again|begin again|start from scratch|von vorn|von vorne|neu anfangen"
    "|neustart"
    "|nochmal von vorn|empezar de nuevo|volver a empezar|de nuevo|reiniciar|recommencer|on recommence|tout recommencer",
}
_REMARKS = {kind: re.compile(pattern) for kind, pattern in _WHOLE.items()}
_COST = re.compile(
    r"how much (?:does|is|do|will|would) (?:this|it|that|you|a video|the video)\b(?: \w+){0,3}|is (?:this"
    r"|it) (?:really )?free"
    r"|(?:what|how much) does (?:it|this|a video) cost|do i (?:have to|need to) pay"
    r"|(?:was|wie ?viel) kostet (?:das|es|ein video|der spaß)(?: \w+){0,2}|ist (?:das|es) (?:kostenlos|gratis|umsonst)"
    r"|muss ich (?:etwas )?(?:be)?zahlen"
    r"|(?:cuánto|que|qué) cuesta(?: esto| el vídeo| un vídeo)?|cuánto vale|es gratis|hay que pagar|cuánto es"
    r"|(?:ça|combien ça|c'est) (?:coûte )?combien|combien (?:ça )?coûte.*|combien|c'est gratuit|est-ce gratuit"
    r"|c'est payant",
)
_ASKING = re.compile(  # how questions to the bot begin; "tiktok?" is an answer, "Tired of cold coffee?" a selling point
    r"(?:what|how|why|when|where|which|who|can|could|do|does|did|is|are|will|would|should|was|wie|warum|wieso|wann"
    r"|wo|welche[rs]?"
    r"|wer|kann|kannst|könn\w+|gibt|ist|sind|muss|hast|qu[eé]|c[oó]mo|cu[aá]nt[oa]s?|cu[aá]ndo|d[oó]nde|por qu[eé]"
    r"|cu[aá]l|puedo"
    r"|puedes|se puede|hay|tienes|comment|pourquoi|quand|où|combien|quel(?:le)?s?|qui|peux|pouvez|puis|est-ce"
    r"|y a-t-il|avez)\b"
)
_MOST_WORDS = 12  # of a question to the bot


def remark(text: str) -> Remark | None:
    """What kind of remark a text is; None for one that may be an answer."""
    said = plain(text).replace("’", "'").strip("¡¿ ")
    for kind, pattern in _REMARKS.items():
        if pattern.fullmatch(said):
            return kind
    asks = text.rstrip().endswith(("?", "？")) and len(said.split()) <= _MOST_WORDS
    if _COST.fullmatch(said) and (asks or len(said.split()) > 1):
        return Remark.COST
    one = re.search(r"[.!?…]\s", text.strip()) is None
    return Remark.QUESTION if asks and one and _ASKING.match(said) else None
