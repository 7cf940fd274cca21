"""Mails that tell a pupil what was changed, at the address that was his until then.

So that who got in with his password cannot take the account without his knowing (OWASP ASVS
4.0.3, 2.2.3). Nothing in them is secret, and no link, because links in mail are what thieves send.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from leerid_core.rules.dates import dutch_moment
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.services.context import Context
from leerid_core.services.mail import Mail
from leerid_core.store import PupilEmail, UnitOfWork


class Change(StrEnum):
    """What was changed."""

    PASSWORD = "password"  # noqa: S105 - the name of a change
    ADDRESS = "address"
    NO_ADDRESS = "no_address"


_SUBJECTS = {
    Change.PASSWORD: "Je wachtwoord voor LeerID is gewijzigd",
    Change.ADDRESS: "Je e-mailadres bij LeerID is gewijzigd",
    Change.NO_ADDRESS: "Je e-mailadres bij LeerID is verwijderd",
}
_SENTENCES = {
    Change.PASSWORD: "Het wachtwoord van het LeerID {username} is gewijzigd op {moment}.",
    Change.ADDRESS: (
        "Op {moment} kreeg het LeerID {username} een ander e-mailadres. Dit adres hoort er niet "
        "meer bij."
    ),
    Change.NO_ADDRESS: "Op {moment} is dit e-mailadres weggehaald bij het LeerID {username}.",
}
_TEXT = """Dag {name}

{sentence}

Heb jij dat gedaan? Dan hoef je niets te doen.

Was jij het niet? Zeg het meteen op school en vraag een nieuw kaartje. Meld je daarmee aan en kijk
bij je gegevens of het e-mailadres dat daar staat wel het jouwe is.
"""


def confirmed_email(uow: UnitOfWork, pupil_id: int) -> PupilEmail | None:
    """Return the address that a pupil confirmed; one that he did not may be a stranger's."""
    email = uow.pupil_emails.get(pupil_id)
    return email if email is not None and email.confirmed_at is not None else None


def notice(
    context: Context, uow: UnitOfWork, pupil_id: int, username: str, change: Change
) -> Mail | None:
    """Return the mail about a change that is about to be made; None where there is no address.

    To be sent when the change was kept, and without anybody waiting for it.
    """
    email, person = confirmed_email(uow, pupil_id), uow.enrolments.person(pupil_id)
    if context.mail_server is None or email is None or person is None:
        return None
    sentence = _SENTENCES[change].format(username=username, moment=_here(context.clock()))
    text = _TEXT.format(name=person.first_name, sentence=sentence)
    return Mail(email.address, _SUBJECTS[change], text)


def _here(moment: datetime) -> str:
    return dutch_moment(moment.astimezone(SCHOOLS_LIVE_IN))
