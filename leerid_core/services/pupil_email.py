"""The e-mail address of a pupil with a gevorderd account, and what it is for: a forgotten password.

Only the pupil gives it, never an administrator (manual, chapter 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.addresses import visitor_network
from leerid_core.rules.email_addresses import is_email_address
from leerid_core.rules.typed_passwords import as_username
from leerid_core.services.actors import Pupil
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.mail import Mail, send
from leerid_core.services.pupil_notices import Change, confirmed_email, notice
from leerid_core.services.pupil_sessions import current
from leerid_core.services.pupil_throttling import mail_limits, take
from leerid_core.services.tokens import new_token, token_hash
from leerid_core.store import (
    MailLink,
    PupilEmail,
    PupilSession,
    Purpose,
    SignInEvent,
    UnitOfWork,
)

CONFIRM_WITHIN = timedelta(hours=24)
RESET_WITHIN = timedelta(minutes=30)
SIGN_INS_SHOWN = 10

_CONFIRM_TEXT = """Dag {name}

Op Mijn LeerID is dit e-mailadres ingevuld voor het LeerID {username}.
Is dat het jouwe? Bevestig het dan binnen 24 uur:

{link}

Heb jij dit niet gevraagd? Dan hoef je niets te doen.
"""
_RESET_TEXT = """Dag {name}

Iemand vroeg een nieuw wachtwoord voor het LeerID {username}.
Was jij dat? Kies dan binnen 30 minuten een nieuw wachtwoord:

{link}

De link werkt één keer. Heb jij dit niet gevraagd? Dan hoef je niets te doen: je wachtwoord blijft
wat het was.
"""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What a pupil sees of himself; `offers_email` says whether he can give an address here."""

    session: PupilSession
    email: PupilEmail | None
    offers_email: bool
    sign_ins: tuple[SignInEvent, ...]


def own_data(context: Context, session: PupilSession) -> OwnData:
    """Return what the pupil of a session sees of himself; raises `Refused("pupil_signed_out")`."""
    with context.database.read() as uow:
        session = current(context, uow, session)
        return OwnData(
            session,
            uow.pupil_emails.get(session.pupil_id),
            context.mail_server is not None and session.account_type is AccountType.ADVANCED,
            tuple(uow.sign_ins.of_pupil(session.pupil_id, SIGN_INS_SHOWN)),
        )


def give_email(context: Context, session: PupilSession, address: str, network: str) -> None:
    """Send a link to `address`; it becomes the pupil's when that is followed.

    An address that was confirmed before counts until then. Raises `Refused` with `email_malformed`,
    `basic_no_email` for a basis account, `mail_off` without a mail server, `mail_failed`,
    `pupil_throttled` after too many mails, and `pupil_signed_out`.
    """
    server, address = context.mail_server, address.strip()
    if server is None:
        raise Refused("mail_off")
    if not is_email_address(address):
        raise Refused("email_malformed")
    token, at = new_token(), context.clock()
    with context.database.write() as uow:
        pupil = _advanced(context, uow, session)
        take(uow, mail_limits(context.keys, pupil.username, visitor_network(network)), at)
        link = MailLink(pupil.pupil_id, Purpose.CONFIRM, address, at + CONFIRM_WITHIN)
        uow.mail_links.add(token_hash(token), link)
        if confirmed_email(uow, pupil.pupil_id) is None:
            uow.pupil_emails.put(pupil.pupil_id, PupilEmail(address))
    text = _CONFIRM_TEXT.format(
        name=pupil.first_name, username=pupil.username, link=context.link(f"bevestig/{token}")
    )
    send(server, Mail(address, "Bevestig je e-mailadres", text))


def remove_email(context: Context, session: PupilSession) -> Mail | None:
    """Forget the address of the pupil of a session, and every link that was sent to it.

    Returns the notice to mail to that address.
    """
    with context.database.write() as uow:
        pupil = _advanced(context, uow, session)
        told = notice(context, uow, pupil.pupil_id, pupil.username, Change.NO_ADDRESS)
        uow.pupil_emails.remove(pupil.pupil_id)
        for purpose in Purpose:
            uow.mail_links.remove_of([pupil.pupil_id], purpose)
        at = context.clock()
        record(uow, Pupil(pupil.username), "email_removed", at, None, [pupil.pupil_id])
    return told


def find_confirmation(context: Context, token: str) -> MailLink:
    """Return the link that a pupil got to confirm his address; raises `NotFound("link_over")`."""
    with context.database.read() as uow:
        return _confirmation(context, uow, token)


def confirm_email(context: Context, token: str) -> Mail | None:
    """Make the address of a link that of its pupil; raises `NotFound("link_over")`.

    Returns the notice to mail to the address that he had, None when it stays the same.
    """
    at = context.clock()
    with context.database.write() as uow:
        link = _confirmation(context, uow, token)
        account = uow.accounts.of_pupils([link.pupil_id]).get(link.pupil_id)
        if account is None or account.account_type is not AccountType.ADVANCED:
            raise NotFound("link_over")
        told = notice(context, uow, link.pupil_id, account.username, Change.ADDRESS)
        uow.pupil_emails.put(link.pupil_id, PupilEmail(link.address, at))
        for purpose in Purpose:
            uow.mail_links.remove_of([link.pupil_id], purpose)
        record(uow, Pupil(account.username), "email_confirmed", at, None, [link.pupil_id])
    return told if told is not None and told.to != link.address else None


def ask_reset(context: Context, typed_name: str, network: str) -> None:
    """Mail a link to choose another password, to a gevorderd account with a confirmed address.

    Whoever asks gets the same answer, so nothing is returned. Raises `Refused("mail_off")` without
    a mail server, `mail_failed`, and `pupil_throttled`, for names that nobody has as for others.
    """
    server = context.mail_server
    if server is None:
        raise Refused("mail_off")
    username, token, at = as_username(typed_name), new_token(), context.clock()
    with context.database.write() as uow:
        take(uow, mail_limits(context.keys, username, visitor_network(network)), at)
        account = uow.accounts.named([username]).get(username)
        if account is None or account.account_type is not AccountType.ADVANCED:
            return
        email = confirmed_email(uow, account.pupil_id)
        person = uow.enrolments.person(account.pupil_id)
        if email is None or person is None:
            return
        link = MailLink(account.pupil_id, Purpose.RESET, email.address, at + RESET_WITHIN)
        uow.mail_links.add(token_hash(token), link)
    text = _RESET_TEXT.format(
        name=person.first_name, username=username, link=context.link(f"nieuw/{token}")
    )
    send(server, Mail(email.address, "Een nieuw wachtwoord voor je LeerID", text))


def _advanced(context: Context, uow: UnitOfWork, session: PupilSession) -> PupilSession:
    pupil = current(context, uow, session)
    if pupil.account_type is not AccountType.ADVANCED:
        raise Refused("basic_no_email")
    return pupil


def _confirmation(context: Context, uow: UnitOfWork, token: str) -> MailLink:
    link = uow.mail_links.find(token_hash(token), Purpose.CONFIRM, context.clock())
    if link is None:
        raise NotFound("link_over")
    return link
