"""The Dutch sentence for every code: what happened and what to do.

One catalogue, so that a Dutch reader can check them all; `{name}` is filled from the parameters.
A test walks over the package and refuses a code without a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    # --- everywhere
    "unexpected": "Er ging iets onverwachts mis. Probeer opnieuw.",
    "cancelled": "Het werk is stopgezet. Er is niets bewaard.",
    "not_allowed": "Je hebt voor deze instelling niet de rol die hiervoor nodig is.",
    "store_unavailable": "De databank is niet bereikbaar. Er is niets bewaard; probeer opnieuw.",
    # --- rules
    "username_empty": "De gebruikersnaam is leeg. Vul een gebruikersnaam in.",
    "username_too_long": "De gebruikersnaam is langer dan {maximum} karakters. Maak hem korter.",
    "username_at_sign": "Een gebruikersnaam mag geen '@-teken' bevatten. Laat het weg.",
    "username_characters": (
        "De gebruikersnaam bevat een teken dat niet mag. Gebruik alleen letters zonder accent, "
        "cijfers, punt, streepje en laag streepje."
    ),
    "username_ends": (
        "De gebruikersnaam begint of eindigt met een leesteken. Begin en eindig met een letter of "
        "een cijfer."
    ),
    "username_signs_in_a_row": (
        "De gebruikersnaam heeft twee leestekens na elkaar. Laat er een weg."
    ),
    "username_reserved": (
        "De gebruikersnaam {username} is voorbehouden aan het systeem. Kies een andere."
    ),
    "password_too_short": "Het wachtwoord is te kort. Kies minstens {minimum} karakters.",
    "password_too_long": "Het wachtwoord is te lang. Kies hoogstens {maximum} karakters.",
    "password_is_username": (
        "Het wachtwoord is hetzelfde als de gebruikersnaam. Kies een ander wachtwoord."
    ),
    "password_common": "Dit wachtwoord wordt te vaak gebruikt. Kies een ander wachtwoord.",
    "identity_birth_date_differs": (
        "De geboortedatum past niet bij het rijksregister- of bisnummer. Controleer beide in het "
        "leerlingadministratiepakket van de school."
    ),
    "identity_sex_differs": (
        "Het geslacht past niet bij het rijksregisternummer. Controleer beide in het "
        "leerlingadministratiepakket van de school."
    ),
    # --- intake
    # --- exports
    "start_at_outside": "Een vel heeft 12 stickers; {start_at} is geen plaats daarop. "
    "Kies een getal van 1 tot 12.",
    "offset_outside": "Een verschuiving van {offset} mm is te groot. Kies hoogstens 10 mm, naar "
    "links of rechts en naar boven of onder.",
    "zip_password_empty": "Het wachtwoord voor het zipbestand is leeg. Vul er een in, of maak het "
    "zipbestand zonder wachtwoord.",
    "nothing_to_hand_out": "Er zijn geen leerlingen om kaartjes voor te maken. Selecteer eerst "
    "leerlingen.",
    # --- store
    # --- services
}


def sentence(code: str, parameters: Mapping[str, object] | None = None) -> str:
    """Return the Dutch sentence for `code`, filled with `parameters`.

    Raises `KeyError` for a code or a parameter that the catalogue does not have: that is a
    mistake of ours, and a test finds it.
    """
    return MESSAGES[code].format_map(dict(parameters or {}))
