"""The figures of the statistics: what each counts, in the words that stand under it.

This is the one place where a figure is defined; docs/cijfers.md shows the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Figure(StrEnum):
    """A number of pupils; each names a column of the tables."""

    ENROLLED = "enrolled"
    WITH_ACCOUNT = "with_account"
    WITHOUT_ACCOUNT = "without_account"
    HANDED_OUT = "handed_out"
    SIGNED_IN = "signed_in"
    WITHIN_7_DAYS = "within_7_days"
    WITHIN_30_DAYS = "within_30_days"
    NEVER_SIGNED_IN = "never_signed_in"
    TOO_NEW = "too_new"
    LAST_TODAY = "last_today"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    LAST_90_DAYS = "last_90_days"
    LAST_LONGER = "last_longer"
    ON_TEMPORARY = "on_temporary"
    TEMPORARY_EXPIRING = "temporary_expiring"
    TEMPORARY_EXPIRED = "temporary_expired"
    THROTTLED = "throttled"
    ABOUT_TO_END = "about_to_end"
    INACTIVE = "inactive"


class Measure(StrEnum):
    """What is not a number of pupils."""

    SHARE = "share"
    SIGN_INS = "sign_ins"
    ADOPTION = "adoption"
    ADOPTION_CURVE = "adoption_curve"


NEW_DAYS = 14
"""So many days after its creation an account without sign-in begins to count as "nooit"."""
SOON_DAYS = 30
"""What ends within so many days is about to end."""
ADOPTION_DAYS = (1, 3, 7, 14, 30)
"""After so many days it is asked what share of a batch has signed in."""
LAST_DAYS = (0, 7, 30, 90)
"""The buckets of the last sign-in, but for the last of them, reach so many days back."""
LAST_BUCKETS = (
    Figure.LAST_TODAY,
    Figure.LAST_7_DAYS,
    Figure.LAST_30_DAYS,
    Figure.LAST_90_DAYS,
    Figure.LAST_LONGER,
)

PARTITIONS = {
    Figure.ENROLLED: (Figure.WITH_ACCOUNT, Figure.WITHOUT_ACCOUNT),
    Figure.WITH_ACCOUNT: (Figure.SIGNED_IN, Figure.NEVER_SIGNED_IN, Figure.TOO_NEW),
    Figure.SIGNED_IN: (Figure.WITHIN_30_DAYS, Figure.LAST_90_DAYS, Figure.LAST_LONGER),
    Figure.WITHIN_30_DAYS: (Figure.WITHIN_7_DAYS, Figure.LAST_30_DAYS),
    Figure.WITHIN_7_DAYS: (Figure.LAST_TODAY, Figure.LAST_7_DAYS),
}
"""The figures that add up to another: each of its pupils is in exactly one of them."""
PARTS = {
    Figure.HANDED_OUT: Figure.WITH_ACCOUNT,
    Figure.ON_TEMPORARY: Figure.WITH_ACCOUNT,
    Figure.TEMPORARY_EXPIRING: Figure.ON_TEMPORARY,
    Figure.TEMPORARY_EXPIRED: Figure.ON_TEMPORARY,
    Figure.THROTTLED: Figure.WITH_ACCOUNT,
    Figure.ABOUT_TO_END: Figure.WITH_ACCOUNT,
}
"""The figures that are part of another."""
_WHOLES = PARTS | {part: whole for whole, parts in PARTITIONS.items() for part in parts}


def wholes_of(figure: Figure) -> tuple[Figure, ...]:
    """Return the figures of which all its pupils are, too: the smallest first."""
    whole = _WHOLES.get(figure)
    return () if whole is None else (whole, *wholes_of(whole))


@dataclass(frozen=True, slots=True)
class Definition:
    """The Dutch name and the Dutch definition of a figure."""

    name: str
    text: str


DEFINITIONS: dict[Figure | Measure, Definition] = {
    Figure.ENROLLED: Definition(
        "Ingeschreven",
        "Leerlingen van wie de inschrijving loopt op de laatste dag van de periode (ten laatste "
        "vandaag). Wie in twee instellingen ingeschreven is, telt in elk ervan.",
    ),
    Figure.WITH_ACCOUNT: Definition("Met account", "Ingeschreven leerlingen met een LeerID."),
    Figure.WITHOUT_ACCOUNT: Definition(
        "Zonder account", "Ingeschreven leerlingen zonder een LeerID."
    ),
    Figure.HANDED_OUT: Definition(
        "Uitgedeeld",
        "Met account, en deze instelling maakte er een kaartje voor: de leerling staat op een "
        "afdruklijst van de instelling die niet ongedaan gemaakt is.",
    ),
    Figure.SIGNED_IN: Definition(
        "Ooit aangemeld", "Met account, en minstens één keer aangemeld, waar of wanneer ook."
    ),
    Figure.WITHIN_7_DAYS: Definition(
        "Aangemeld in de laatste 7 dagen",
        "Met account, en de laatste aanmelding was vandaag of hoogstens 7 dagen geleden.",
    ),
    Figure.WITHIN_30_DAYS: Definition(
        "Aangemeld in de laatste 30 dagen",
        "Met account, en de laatste aanmelding was vandaag of hoogstens 30 dagen geleden.",
    ),
    Figure.NEVER_SIGNED_IN: Definition(
        "Nooit aangemeld",
        f"Met een account van {NEW_DAYS} dagen of ouder, en nog nooit aangemeld. Jongere accounts "
        "tellen hier niet mee.",
    ),
    Figure.TOO_NEW: Definition(
        "Te nieuw om te tellen",
        f"Met een account van minder dan {NEW_DAYS} dagen oud, en nog niet aangemeld.",
    ),
    Figure.LAST_TODAY: Definition(
        "Laatst aangemeld: vandaag", "De laatste aanmelding was op de dag van vandaag."
    ),
    Figure.LAST_7_DAYS: Definition(
        "Laatst aangemeld: 1 tot 7 dagen geleden",
        "De laatste aanmelding was 1 tot en met 7 dagen voor vandaag.",
    ),
    Figure.LAST_30_DAYS: Definition(
        "Laatst aangemeld: 8 tot 30 dagen geleden",
        "De laatste aanmelding was 8 tot en met 30 dagen voor vandaag.",
    ),
    Figure.LAST_90_DAYS: Definition(
        "Laatst aangemeld: 31 tot 90 dagen geleden",
        "De laatste aanmelding was 31 tot en met 90 dagen voor vandaag.",
    ),
    Figure.LAST_LONGER: Definition(
        "Laatst aangemeld: langer geleden", "De laatste aanmelding was meer dan 90 dagen geleden."
    ),
    Figure.ON_TEMPORARY: Definition(
        "Nog op het tijdelijk wachtwoord",
        "Met account, en het tijdelijk wachtwoord is nog niet vervangen door een eigen wachtwoord.",
    ),
    Figure.TEMPORARY_EXPIRING: Definition(
        "Tijdelijk wachtwoord vervalt binnenkort",
        f"Nog op het tijdelijk wachtwoord, en dat vervalt binnen {SOON_DAYS} dagen.",
    ),
    Figure.TEMPORARY_EXPIRED: Definition(
        "Tijdelijk wachtwoord vervallen",
        "Nog op het tijdelijk wachtwoord, en dat is vervallen: aanmelden kan pas weer met een "
        "nieuw wachtwoord.",
    ),
    Figure.THROTTLED: Definition(
        "Moet even wachten",
        "Met account, en na te veel foute wachtwoorden kan er op dit ogenblik niet aangemeld "
        "worden.",
    ),
    Figure.ABOUT_TO_END: Definition(
        "Wordt binnenkort inactief",
        f"Met een actief account dat binnen {SOON_DAYS} dagen inactief wordt, omdat er daarna "
        "geen inschrijving meer is, in welke instelling ook.",
    ),
    Figure.INACTIVE: Definition(
        "Inactief",
        "Leerlingen die in het schooljaar ingeschreven waren in de periode, en van wie het "
        "account vandaag niet meer actief is. Zij tellen niet mee bij de ingeschreven leerlingen "
        "van vandaag.",
    ),
    Measure.SHARE: Definition(
        "Aandeel aangemeld",
        "Ooit aangemeld, van wie ooit of nooit aangemeld is. Wie te nieuw is om te tellen, telt "
        "niet mee: zo lijkt een klas die pas kaartjes kreeg niet achter te lopen.",
    ),
    Measure.SIGN_INS: Definition(
        "Aanmeldingen",
        "Hoe vaak er in de periode aangemeld werd, op elke toepassing, door leerlingen die op die "
        "dag ingeschreven waren. Dag en uur zijn die van hier.",
    ),
    Measure.ADOPTION: Definition(
        "Aangemeld na uitdelen",
        "Het aandeel van de leerlingen van een afdruklijst dat zich voor het eerst na het "
        "uitdelen aanmeldde op die dag zelf, of binnen 1, 3, 7, 14 of 30 dagen erna. Pas ingevuld "
        "als die dagen helemaal voorbij zijn.",
    ),
    Measure.ADOPTION_CURVE: Definition(
        "Ingebruikname",
        "Het aandeel dat zich zoveel dagen na het uitdelen aangemeld heeft, over alle "
        "afdruklijsten van de periode samen. Een jongere lijst telt mee tot waar ze is (methode "
        "van Kaplan en Meier).",
    ),
}
