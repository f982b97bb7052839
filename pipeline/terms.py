"""What sellers agree with buyers, such as "collection only": true, but nothing to make a film of."""

from __future__ import annotations

import re

_CLAUSES = {  # a clause that is one of these, or begins with what ends in ".*"
    "en": r"(?:please |pls )?(?:dm|pm|message|text|call|whatsapp|contact) (?:me|us|to|for|on|before)\b.*|dm|"
    r"serious buyers.*|no time ?wasters.*|(?:local |buyer )?(?:collection|pick ?-?up)(?: only| from\b.*| in\b.*)|"
    r"cash (?:only|on collection).*|no (?:offers|swaps|returns|refunds|trades|holds|lowball).*|sold as seen|"
    r"(?:can|will|happy to) (?:post|ship|deliver).*|(?:postage|p&p)\b.*|first come.*|price is (?:firm|negotiable)"
    r"|ono|obo|"
    r"or (?:best|nearest) offer",
    "de": r"(?:nur )?(?:abholung|(?:an )?selbstabhol(?:ung|er)).*|privatverkauf\b.*|"
    r"keine? (?:rücknahme|garantie|gewährleistung|umtausch).*|versand (?:möglich|gegen|nach absprache).*|"
    r"vb|vhb|fp|festpreis|(?:nur )?barzahlung.*|paypal (?:möglich|freunde|vorhanden).*|bei interesse.*",
    "es": r"(?:solo )?(?:recogida|entrega) (?:en|solo)\b.*|no (?:acepto )?cambios.*|(?:precio )?negociables?"
    r"|acepto bizum.*|"
    r"interesados.*",
    "fr": r"remise en main propre.*|à venir chercher.*|(?:prix )?à débattre|envoi possible.*|frais de port.*|"
    r"me contacter.*",
    "it": r"(?:solo )?ritiro a mano.*|no perditempo.*|(?:prezzo )?trattabil[ei]|spedizione (?:a carico|possibile).*",
    "pt": r"retira(?:r|da) (?:em|no|na)\b.*|entrega em mãos.*|não aceito.*|aceito (?:pix|cartão|trocas?).*",
    "pl": r"(?:tylko )?odbiór (?:osobisty|w|na)\b.*|(?:cena )?do negocjacji|możliwa wysyłka.*|bez zwrotów.*",
    "nl": r"(?:alleen )?(?:op|af)halen (?:in|te|of)\b.*|of bieden|geen ruil.*|verzenden (?:kan|mogelijk).*",
    "tr": r"elden teslim.*|pazarlık (?:payı|yok|olur|vardır).*|takas (?:olmaz|yok).*",
    "sv": r"(?:kan )?(?:av)?hämtas (?:i|på|hos)\b.*|(?:kan )?skickas (?:mot|om|för)\b.*|frakt tillkommer.*|"
    r"swish (?:går|eller|finns).*",
    "uk": r"торг|без торгу|самовивіз.*|відправ(?:лю|ка)\b.*|нова пошта.*|обмін не.*",
}
_WORDS = {  # in languages that set no spaces, or put such words last: a clause with one of these in it
    "ja": "プロフ|即購入|値下げ|値引き|コメント|返品",
    "ko": "네고|에눌|직거래|택배|쪽지|문의|환불",
    "ar": "للتواصل|واتس|قابل للتفاوض|التسليم باليد",
}
_TERM = re.compile(rf"^(?:{'|'.join(_CLAUSES.values())})[.!]*$|{'|'.join(_WORDS.values())}", re.IGNORECASE)
_KEPT = re.compile("무료 ?택배")  # free delivery sells


def is_term(text: str) -> bool:
    """Whether a clause is about the sale and not about the product."""
    return _TERM.search(text) is not None and _KEPT.search(text) is None
