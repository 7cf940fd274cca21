"""The Dutch words for the values that tables show, as in the manual."""

from __future__ import annotations

from leerid_core.rules.accounts import AccountStatus, AccountType, PasswordKind
from leerid_core.rules.enrolment_changes import Change
from leerid_core.rules.findings import Severity
from leerid_core.store import BatchKind, Outcome

CHANGE_LABELS = {
    Change.NEW: "Nieuw",
    Change.CHANGED: "Gewijzigd",
    Change.ENDED: "Beëindigd",
    Change.RETURNED: "Teruggekeerd",
    Change.UNCHANGED: "Ongewijzigd",
}
COUNT_LABELS = {
    **{change.value: label for change, label in CHANGE_LABELS.items()},
    "skipped": "Overgeslagen (geannuleerd of voorlopig)",
    "errors": "Fouten",
    "warnings": "Waarschuwingen",
}
SEVERITY_LABELS = {
    Severity.ERROR: "fout",
    Severity.WARNING: "let op",
    Severity.INFO: "ter info",
}
TYPE_LABELS = {None: "Geen account", AccountType.BASIC: "Basis", AccountType.ADVANCED: "Gevorderd"}
STATUS_LABELS = {
    None: "",
    AccountStatus.ACTIVE: "Actief",
    AccountStatus.INACTIVE: "Inactief",
    AccountStatus.UPCOMING: "Nog niet actief",
}
KIND_LABELS = {
    None: "",
    PasswordKind.PICTURES: "Afbeeldingswachtwoord",
    PasswordKind.WORD: "Basis wachtwoord",
    PasswordKind.TEMPORARY: "Tijdelijk wachtwoord",
    PasswordKind.CHOSEN: "Eigen wachtwoord",
}
OUTCOME_LABELS = {
    Outcome.SIGNED_IN: "Aangemeld",
    Outcome.WRONG_PASSWORD: "Verkeerd wachtwoord",
    Outcome.EXPIRED: "Tijdelijk wachtwoord te oud",
    Outcome.INACTIVE: "Account inactief",
    Outcome.UPCOMING: "Account nog niet actief",
}
BATCH_LABELS = {BatchKind.CREATION: "Aanmaken", BatchKind.RENEWAL: "Vernieuwen"}
