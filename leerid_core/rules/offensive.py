"""What a password that we make may not happen to say."""

from __future__ import annotations

import re

# Dutch, French, English and Turkish: no more than what eight characters or a first-reader's word
# could spell by chance; and two numbers with a meaning.
_TEXT = """
    aars anaal anus debiel dom dood drol flikker fuk gek hoer homo kak kanker kkr kont kut lesbo lul
    moer mof naakt nazi neger pik pis poep reet seks slet stom teef tering tiet trut tyfus zeik
    bite caca chier con cul encul fdp merde mort nique ntm nul pede pipi pute salope zob
    anal bitch cock crap cum cunt damn dead dick die dumb fag fuc gay hate heil kill kkk nig
    penis porn puss rape sex shit slut suck tit twat wank whore wtf
    ahmak amc amk gavat got ibne kahpe kaltak lan mal meme oros pezev pic salak sik yarak
    69 88 666
"""

_OFFENSIVE = re.compile("|".join(_TEXT.split()))

# Digits read as the letters they resemble, in both ways that some of them are read.
_READINGS = (
    str.maketrans("0123456789", "oizeasgtbg"),
    str.maketrans("0123456789", "olzeasbtbg"),
)


def is_offensive(text: str) -> bool:
    """Say whether `text` holds an offensive string, also with digits read as letters."""
    lowered = text.lower()
    readings = (lowered, *(lowered.translate(table) for table in _READINGS))
    return any(_OFFENSIVE.search(reading) for reading in readings)
