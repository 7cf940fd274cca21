"""What pupils do with their own account: another password, an e-mail address, a forgotten one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from mail_server import LINK, Mailbox, link
from pupil_class import HERE, SchoolClass
from sqlalchemy import text

from leerid_core.errors import LeerIDError
from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.throttling import PER_MAILBOX, PER_PUPIL
from leerid_core.services.context import Context
from leerid_core.services.pupil_email import (
    ask_reset,
    confirm_email,
    find_confirmation,
    give_email,
    own_data,
    remove_email,
)
from leerid_core.services.pupil_forgetting import forget_what_is_over
from leerid_core.services.pupil_password import (
    choose_password,
    find_reset,
    must_change,
    reset_password,
)
from leerid_core.services.pupil_sessions import find_pupil, sign_out
from leerid_core.settings import MailServer
from leerid_core.store import PupilSession

OWN, OTHER = "een paarse olifant", "twee groene giraffen"
ADDRESS = "cas@voorbeeld.be"


class Cas:
    """A pupil with a gevorderd account, and the mail that he gets."""

    def __init__(self, school: SchoolClass, mailbox: Mailbox) -> None:
        self.school = school
        self.mailbox = mailbox
        server = MailServer.collect(mailbox.environment)
        self.context: Context = replace(school.context, mail_server=server)

    def enter(self, typed: str | None = None) -> PupilSession:
        """Sign in."""
        found = find_pupil(self.context, self.school.enter("cas.maes", typed))
        assert found is not None
        return found

    def settled(self) -> PupilSession:
        """Sign in with a password of his own."""
        choose_password(self.context, self.enter(), "", OWN, HERE)
        return self.enter(OWN)

    def token(self) -> str:
        """Return the token in the next mail."""
        return link(self.mailbox.next()).rsplit("/", 1)[1]

    def confirmed(self) -> PupilSession:
        """Sign in with a confirmed address."""
        session = self.settled()
        give_email(self.context, session, ADDRESS, HERE)
        confirm_email(self.context, self.token())
        return session

    def refused(self, code: str) -> None:
        """Make sure that the password of the card does not work any more."""
        assert self.school.refusal("cas.maes", self.school.cards["cas.maes"]) == code


@pytest.fixture
def cas(school: SchoolClass, mailbox: Mailbox) -> Iterator[Cas]:
    """Cas, who has looked at all his mail."""
    yield Cas(school, mailbox)
    assert mailbox.empty


def _code(*call: object) -> str:
    function, *arguments = call
    assert callable(function)
    with pytest.raises(LeerIDError) as refused:
        function(*arguments)
    return refused.value.code


def test_a_temporary_password_becomes_ones_own(cas: Cas) -> None:
    """The old one is dead at once, other sessions end, this one goes on and may do everything."""
    session, elsewhere = cas.enter(), cas.school.enter("cas.maes")
    assert must_change(session)
    choose_password(cas.context, session, "", OWN, HERE)
    cas.refused("pupil_sign_in_failed")
    assert find_pupil(cas.context, elsewhere) is None
    assert own_data(cas.context, session).session.password_kind is PasswordKind.CHOSEN
    assert not must_change(cas.enter(OWN))
    account = cas.school.world.accounts()["cas.maes"]
    assert account.password.password_expires_at is None


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("kort", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("Cas.Maes", "password_is_username"),
        ("Welkom2024!", "password_common"),
    ],
)
def test_a_weak_password_of_ones_own_is_refused(cas: Cas, wanted: str, code: str) -> None:
    """On the server too, and the old one goes on working."""
    assert _code(choose_password, cas.context, cas.enter(), "", wanted, HERE) == code
    assert cas.enter()


def test_the_password_on_the_card_is_not_ones_own(cas: Cas) -> None:
    """It was printed, and lay on a desk."""
    card = cas.school.cards["cas.maes"]
    assert _code(choose_password, cas.context, cas.enter(), "", card, HERE) == "password_not_new"


def test_the_current_password_is_asked_and_throttled(cas: Cas) -> None:
    """A browser that was left signed in helps nobody to guess it."""
    session = cas.settled()
    assert _code(choose_password, cas.context, session, OWN, "kort", HERE) == "password_too_short"
    codes = [
        _code(choose_password, cas.context, session, "fout", OTHER, HERE)
        for _ in range(PER_PUPIL.free + 1)
    ]
    assert codes == ["current_password_wrong"] * PER_PUPIL.free + ["pupil_throttled"]
    cas.school.world.clock.forward(seconds=2)
    choose_password(cas.context, session, OWN, OTHER, HERE)
    assert cas.enter(OTHER)


def test_a_password_is_one_however_its_letters_are_made(cas: Cas) -> None:
    """An é of one sign at home is the é of two at school; a space at the end counts."""
    choose_password(cas.context, cas.enter(), "", "drie caf\u00e9s ", HERE)
    assert cas.enter("drie cafe\u0301s ")
    assert cas.school.refusal("cas.maes", "drie caf\u00e9s") == "pupil_sign_in_failed"


def test_a_basis_account_keeps_what_is_on_its_card(cas: Cas) -> None:
    """No other password and no address, whatever a browser sends."""
    session = find_pupil(cas.context, cas.school.enter("an.maes"))
    assert session is not None
    assert _code(choose_password, cas.context, session, "", OWN, HERE) == "basic_password_kept"
    assert _code(give_email, cas.context, session, ADDRESS, HERE) == "basic_no_email"
    assert _code(remove_email, cas.context, session) == "basic_no_email"
    assert not own_data(cas.context, session).offers_email


def test_who_is_signed_out_can_do_nothing(cas: Cas) -> None:
    """The session is looked up again in every service."""
    session = cas.settled()
    sign_out(cas.context, session)
    assert _code(choose_password, cas.context, session, OWN, OTHER, HERE) == "pupil_signed_out"
    assert _code(give_email, cas.context, session, ADDRESS, HERE) == "pupil_signed_out"
    assert _code(remove_email, cas.context, session) == "pupil_signed_out"
    assert _code(own_data, cas.context, session) == "pupil_signed_out"


def test_an_address_counts_once_it_is_confirmed(cas: Cas) -> None:
    """By a link that is mailed to it, works once, and is good for a day."""
    session = cas.settled()
    give_email(cas.context, session, f" {ADDRESS} ", HERE)
    mail = cas.mailbox.next()
    assert (mail["To"], mail["From"]) == (ADDRESS, "leerid@school.example")
    token = link(mail).removeprefix(f"{cas.context.link_base}/bevestig/")
    kept = own_data(cas.context, session).email
    assert kept is not None
    assert (kept.address, kept.confirmed_at) == (ADDRESS, None)
    assert find_confirmation(cas.context, token).address == ADDRESS
    confirm_email(cas.context, token)
    kept = own_data(cas.context, session).email
    assert kept is not None
    assert kept.confirmed_at == cas.school.world.clock()
    assert _code(confirm_email, cas.context, token) == "link_over"
    give_email(cas.context, session, "ander@voorbeeld.be", HERE)
    cas.school.world.clock.forward(hours=24)
    assert _code(confirm_email, cas.context, cas.token()) == "link_over"


def test_an_address_that_was_confirmed_counts_until_another_is(cas: Cas) -> None:
    """A mistyped new one takes nothing away."""
    session = cas.confirmed()
    give_email(cas.context, session, "fout@voorbeeld.be", HERE)
    cas.mailbox.next()
    kept = own_data(cas.context, session).email
    assert kept is not None
    assert kept.address == ADDRESS


@pytest.mark.parametrize("address", ["", "cas", "cas@", "cas@x", "a b@x.be", "a@x.be\nBcc: b@x.be"])
def test_what_is_no_address_is_refused(cas: Cas, address: str) -> None:
    """Nothing is sent, and no header can be slipped in."""
    assert _code(give_email, cas.context, cas.settled(), address, HERE) == "email_malformed"


def test_a_mailbox_is_not_filled(cas: Cas) -> None:
    """After a few mails one waits."""
    session = cas.settled()
    for _ in range(PER_MAILBOX.free):
        give_email(cas.context, session, ADDRESS, HERE)
        cas.mailbox.next()
    assert _code(give_email, cas.context, session, ADDRESS, HERE) == "pupil_throttled"


def test_a_forgotten_password_is_replaced_by_a_link(cas: Cas) -> None:
    """It works once; every session ends; the card of before does not come back."""
    session = cas.confirmed()
    ask_reset(cas.context, "Cas.Maes", HERE)
    mail = cas.mailbox.next()
    assert mail["To"] == ADDRESS
    token = link(mail).removeprefix(f"{cas.context.link_base}/nieuw/")
    assert find_reset(cas.context, token).address == ADDRESS
    assert _code(reset_password, cas.context, token, "kort") == "password_too_short"
    reset_password(cas.context, token, OTHER)
    assert cas.enter(OTHER)
    assert _code(own_data, cas.context, session) == "pupil_signed_out"
    assert _code(reset_password, cas.context, token, OWN) == "link_over"
    cas.refused("pupil_sign_in_failed")


def test_a_link_for_a_forgotten_password_dies(cas: Cas) -> None:
    """After thirty minutes, with a newer one, and with a new card from school."""
    cas.confirmed()
    ask_reset(cas.context, "cas.maes", HERE)
    first = cas.token()
    ask_reset(cas.context, "cas.maes", HERE)
    second = cas.token()
    assert _code(find_reset, cas.context, first) == "link_over"
    cas.school.world.clock.now += timedelta(minutes=30)
    assert _code(reset_password, cas.context, second, OTHER) == "link_over"
    ask_reset(cas.context, "cas.maes", HERE)
    third = cas.token()
    cas.school.renew("cas")
    assert _code(reset_password, cas.context, third, OTHER) == "link_over"


def test_who_forgot_and_has_no_address_gets_the_same_answer_and_no_mail(cas: Cas) -> None:
    """Not for a name that nobody has, a basis account, or an address that was never confirmed."""
    give_email(cas.context, cas.settled(), ADDRESS, HERE)
    cas.mailbox.next()
    for name in ("niemand", "an.maes", "cas.maes", ""):
        ask_reset(cas.context, name, HERE)
    assert cas.mailbox.empty
    assert _code(find_reset, cas.context, "x" * 43) == "link_over"


def test_a_removed_address_is_gone(cas: Cas) -> None:
    """And so is every link that was sent to it."""
    session = cas.confirmed()
    ask_reset(cas.context, "cas.maes", HERE)
    token = cas.token()
    remove_email(cas.context, session)
    assert own_data(cas.context, session).email is None
    assert _code(find_reset, cas.context, token) == "link_over"


def test_who_has_an_address_is_told_what_was_changed(cas: Cas) -> None:
    """At the address that was his until then: by name and time, with what to do, and no link."""
    session = cas.confirmed()
    told = [choose_password(cas.context, session, OWN, OTHER, HERE)]
    ask_reset(cas.context, "cas.maes", HERE)
    told.append(reset_password(cas.context, cas.token(), OWN))
    session = cas.enter(OWN)
    give_email(cas.context, session, "ander@voorbeeld.be", HERE)
    told.append(confirm_email(cas.context, cas.token()))
    told.append(remove_email(cas.context, session))
    mails = [mail for mail in told if mail is not None]
    assert [mail.to for mail in mails] == [*[ADDRESS] * 3, "ander@voorbeeld.be"]
    assert [mail.subject.rsplit(" ", 1)[1] for mail in mails] == [*["gewijzigd"] * 3, "verwijderd"]
    for mail in mails:
        assert mail.text.startswith("Dag Cas\n")
        assert "cas.maes" in mail.text
        assert "op 23 november 2026 om 11.00 uur" in mail.text.replace("Op", "op")
        assert "nieuw kaartje" in mail.text
        assert not LINK.search(mail.text)
        assert not any(word in mail.text for word in (OWN, OTHER, "ander@"))


def test_who_has_no_confirmed_address_is_told_nothing(cas: Cas) -> None:
    """It may be a stranger's; and the same address once more is no change."""
    session = cas.settled()
    give_email(cas.context, session, ADDRESS, HERE)
    token = cas.token()
    assert choose_password(cas.context, session, OWN, OTHER, HERE) is None
    assert confirm_email(cas.context, token) is None
    give_email(cas.context, session, ADDRESS, HERE)
    assert confirm_email(cas.context, cas.token()) is None
    without = replace(cas.context, mail_server=None)
    assert choose_password(without, session, OTHER, OWN, HERE) is None


def test_without_a_mail_server_there_is_no_mail(school: SchoolClass) -> None:
    """It is not offered, and not done."""
    session = find_pupil(school.context, school.enter("cas.maes"))
    assert session is not None
    assert not own_data(school.context, session).offers_email
    assert _code(give_email, school.context, session, ADDRESS, HERE) == "mail_off"
    assert _code(ask_reset, school.context, "cas.maes", HERE) == "mail_off"


def test_a_mail_server_that_is_away_is_told(cas: Cas) -> None:
    """In one sentence, within the time that a pupil waits."""
    gone = MailServer("127.0.0.1", 1, "none", "leerid@school.example")
    session = cas.settled()
    away = replace(cas.context, mail_server=gone)
    assert _code(give_email, away, session, ADDRESS, HERE) == "mail_failed"


def test_nothing_of_a_password_or_a_link_is_kept_in_clear(cas: Cas) -> None:
    """Neither in a table nor in the trail; the trail says what the pupil did."""
    cas.confirmed()
    ask_reset(cas.context, "cas.maes", HERE)
    token = cas.token()
    with cas.context.database.read() as uow:
        actions = [entry.action for entry in uow.audit.of_school(None)]
    assert actions == ["password_chosen", "email_confirmed"]
    with cas.context.database._reading.connect() as connection:
        for table in ("accounts", "audit", "mail_links", "pupil_sessions", "sign_in_failures"):
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            kept = " ".join(str(tuple(row)) for row in rows)
            assert OWN not in kept
            assert token not in kept


def test_the_whole_way_on_either_database(either: SchoolClass, mailbox: Mailbox) -> None:
    """From the card to a forgotten password, another address, and all that is over forgotten."""
    cas = Cas(either, mailbox)
    session = cas.confirmed()
    give_email(cas.context, session, "ander@voorbeeld.be", HERE)
    confirm_email(cas.context, cas.token())
    ask_reset(cas.context, "cas.maes", HERE)
    reset_password(cas.context, cas.token(), OTHER)
    session = cas.enter(OTHER)
    assert either.refusal("cas.maes", OWN) == "pupil_sign_in_failed"
    give_email(cas.context, session, ADDRESS, HERE)
    token = cas.token()
    either.world.clock.forward(days=31)
    forget_what_is_over(cas.context)
    assert either.attempts() == []
    assert _code(own_data, cas.context, session) == "pupil_signed_out"
    assert _code(find_confirmation, cas.context, token) == "link_over"
    remove_email(cas.context, cas.enter(OTHER))
    assert own_data(cas.context, cas.enter(OTHER)).email is None
