"""Identity numbers for invented pupils: valid, and never one that was given to a person."""

from __future__ import annotations

from datetime import date

from leerid_core.rules.enrolments import Sex

# A day's births are numbered from 001; none comes near 900, so no person has these.
_FIRST_SERIAL = 900
# The month of a bisnummer whose sex is known is 40 higher.
_BIS_MONTH = 40


def identity_number(birth_date: date, sex: Sex, nth: int, *, bis: bool = False) -> str:
    """Return the 11 digits of a rijksregisternummer, or of a bisnummer, for an invented person.

    `nth` (0 to 48) tells apart those born on one day. The serial number is odd for a boy and even
    for a girl; the last two digits are 97 less the first nine modulo 97, before which a 2 is put
    for a birth from 2000 on.
    """
    serial = _FIRST_SERIAL + 2 * nth + (sex is Sex.MALE)
    month = birth_date.month + (_BIS_MONTH if bis else 0)
    digits = f"{birth_date:%y}{month:02}{birth_date:%d}{serial}"
    century = "2" if birth_date.year >= 2000 else ""
    return f"{digits}{97 - int(century + digits) % 97:02}"
