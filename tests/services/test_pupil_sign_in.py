"""Pupils sign in: what is accepted, what is told, what is kept, and how long one waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from pupil_class import ELSEWHERE, HERE, SchoolClass, open_class
from service_world import SCHOOL
from sqlalchemy import text

from leerid_core.errors import Refused
from leerid_core.rules.school_years import SchoolYear
from leerid_core.rules.throttling import PER_PUPIL, PER_PUPIL_ADDRESS
from leerid_core.services import hashing
from leerid_core.services.batches import undo_batch
from leerid_core.services.hashing import HASHER
from leerid_core.services.known_devices import REMEMBERED_MOST, Device
from leerid_core.services.pupil_detail import ATTEMPTS_SHOWN, PupilDetail, show_pupil
from leerid_core.services.pupil_forgetting import forget_what_is_over
from leerid_core.services.pupil_sessions import LIMITS, find_pupil, sign_out, touch_pupil
from leerid_core.services.pupil_sign_in import (
    APPLICATION,
    Asked,
    Attempt,
    asks_pictures,
    end_attempts,
    sign_in,
    take_attempts,
    verify,
)
from leerid_core.settings import Settings
from leerid_core.store import Outcome

YEAR = SchoolYear(2026)
PICTURES = 3
"""The batch of the card with pictures."""


def test_a_card_lets_its_pupil_in(either: SchoolClass) -> None:
    """Word, pictures and temporary password; it is counted, kept, and the sealed one destroyed."""
    assert either.world.sealed(PICTURES) == 1
    for name in ("an.maes", "bo.maes", "cas.maes"):
        session = find_pupil(either.context, either.enter(name))
        assert session is not None
        assert session.username == name
    accounts = either.world.accounts()
    assert {one.sign_in_count for one in accounts.values()} == {1}
    assert {one.last_sign_in for one in accounts.values()} == {either.world.clock()}
    assert either.world.sealed(PICTURES) == 0
    assert [one.outcome for one in either.attempts()] == [Outcome.SIGNED_IN] * 3
    with either.context.database.read() as uow:
        (event,) = uow.sign_ins.of_pupil(accounts["an.maes"].pupil_id)
    assert (event.at, event.application) == (either.world.clock(), APPLICATION)


def test_a_word_may_be_typed_as_children_do_and_nothing_else(school: SchoolClass) -> None:
    """Capitals and spaces for a word; a temporary password is taken to the letter."""
    assert school.enter("an.maes", f" {school.cards['an.maes'].upper()} ")
    assert school.refusal("cas.maes", school.cards["cas.maes"].swapcase()) == "pupil_sign_in_failed"
    assert sign_in(school.context, " An.Maes", school.cards["an.maes"], HERE)


def test_pictures_count_in_their_order(school: SchoolClass) -> None:
    """The same four in another order are another password."""
    keys = school.cards["bo.maes"].split()
    assert school.refusal("bo.maes", " ".join(reversed(keys))) == "pupil_sign_in_failed"
    assert school.enter("bo.maes", " ".join(keys))


def test_a_name_that_nobody_has_gets_the_same_answer_and_the_same_work(
    school: SchoolClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same code, one hash of the same parameters each, and no name in the database."""
    hashes: list[str] = []

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            hashes.append(password_hash)
            return HASHER.verify(password_hash, password)

    monkeypatch.setattr(hashing, "HASHER", Counting())
    assert school.refusal("an.maes") == school.refusal("mijn-wachtwoord") == "pupil_sign_in_failed"
    assert len(hashes) == 2
    assert not any(HASHER.check_needs_rehash(one) for one in hashes)
    kept = [(one.outcome, one.pupil_id is None) for one in school.attempts()]
    assert kept == [(Outcome.WRONG_PASSWORD, False), (Outcome.UNKNOWN_NAME, True)]
    with school.context.database._reading.connect() as connection:
        for table in ("sign_in_attempts", "sign_in_failures", "audit"):
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            assert not any("mijn-wachtwoord" in str(tuple(row)) for row in rows)


def test_the_field_that_is_shown_is_stable(school: SchoolClass) -> None:
    """By account, whoever asks; for a name that nobody has always the same one."""
    assert asks_pictures(school.context, "bo.maes")
    assert not asks_pictures(school.context, "an.maes")
    names = [f"niemand{at}" for at in range(40)]
    shown = [asks_pictures(school.context, name) for name in names]
    assert shown == [asks_pictures(school.context, name.upper()) for name in names]
    assert len(set(shown)) == 2


def test_ten_mistakes_are_free_then_one_waits_for_a_renewal(
    either: SchoolClass,
) -> None:
    """From every address, also with the right password; a new card works at once."""
    for _ in range(PER_PUPIL.free):
        assert either.refusal("an.maes") == "pupil_sign_in_failed"
    assert either.refusal("an.maes", either.cards["an.maes"], ELSEWHERE) == "pupil_throttled"
    either.world.clock.forward(seconds=1)
    assert either.refusal("an.maes") == "pupil_sign_in_failed"
    assert either.refusal("an.maes") == "pupil_throttled"
    either.renew("an")
    assert either.enter("an.maes")


def test_the_school_sees_what_was_tried_and_how_long_a_pupil_waits(school: SchoolClass) -> None:
    """The last attempts, newest first; the wait counts down, and a new card ends it."""

    def shown() -> PupilDetail:
        pupil_id = school.world.accounts()["an.maes"].pupil_id
        return show_pupil(school.context, school.world.operator, SCHOOL, pupil_id, YEAR)

    assert (shown().attempts, shown().wait) == ((), timedelta())
    for _ in range(PER_PUPIL.free + 2):
        school.refusal("an.maes")
        school.refusal("bo.maes")
        school.world.clock.forward(seconds=2)
    school.refusal("an.maes")
    assert [one.outcome for one in shown().attempts] == [Outcome.WRONG_PASSWORD] * ATTEMPTS_SHOWN
    assert shown().wait == timedelta(seconds=2)
    school.world.clock.forward(seconds=1)
    assert shown().wait == timedelta(seconds=1)
    school.renew("an")
    assert shown().wait == timedelta()
    school.enter("an.maes")
    assert shown().attempts[0].outcome is Outcome.SIGNED_IN
    assert shown().attempts[1].outcome is Outcome.WRONG_PASSWORD


def test_a_name_that_nobody_has_is_throttled_likewise(school: SchoolClass) -> None:
    """Else the waits would tell which names there are."""
    codes = [school.refusal("niemand") for _ in range(PER_PUPIL.free + 1)]
    assert codes == ["pupil_sign_in_failed"] * PER_PUPIL.free + ["pupil_throttled"]


def test_nobody_is_locked_out_for_longer_than_an_hour(school: SchoolClass) -> None:
    """However often classmates tried; and a sign-in makes an end of it."""
    for _ in range(PER_PUPIL.free + 14):
        school.refusal("an.maes")
        school.world.clock.forward(hours=1)
    assert school.enter("an.maes")
    assert school.refusal("an.maes") == "pupil_sign_in_failed"


def test_classmates_keep_nobody_out_of_his_own_browser(school: SchoolClass) -> None:
    """There mistakes count apart; there too one waits after ten, until a new card or the clock."""
    keys, password = school.context.keys, school.cards["an.maes"]
    own = Device().remembering(keys, "an.maes")
    for _ in range(PER_PUPIL.free):
        school.refusal("an.maes", address=ELSEWHERE)
    assert school.refusal("an.maes", password) == "pupil_throttled"
    strange = Device().remembering(keys, "bo.maes")
    assert school.refusal("an.maes", password, device=strange) == "pupil_throttled"
    assert sign_in(school.context, "an.maes", password, HERE, own)
    assert school.refusal("an.maes", password) == "pupil_throttled"
    for _ in range(PER_PUPIL.free):
        assert school.refusal("an.maes", device=own) == "pupil_sign_in_failed"
    assert school.refusal("an.maes", password, device=own) == "pupil_throttled"
    school.world.clock.forward(minutes=1)
    school.renew("an")
    assert sign_in(school.context, "an.maes", school.cards["an.maes"], HERE, own)


def test_a_browser_remembers_a_class_and_no_names(school: SchoolClass) -> None:
    """It is read back as it was written; what somebody made up is another browser."""
    device = Device()
    for at in range(REMEMBERED_MOST + 1):
        device = device.remembering(school.context.keys, f"leerling{at}")
    assert Device.read(str(device)) == device
    assert "leerling" not in str(device)
    assert device.knows(school.context.keys, f"leerling{REMEMBERED_MOST}")
    assert not device.knows(school.context.keys, "leerling0")
    assert Device.read(f"x{device}").known == ()


def test_attempts_at_the_same_moment_do_not_pass_together(school: SchoolClass) -> None:
    """However many come at once, no more are looked at than are free."""
    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(lambda _: school.refusal("an.maes"), range(20)))
    assert codes.count("pupil_sign_in_failed") == PER_PUPIL.free


def test_attempts_in_one_transaction_do_not_pass_together(either: SchoolClass) -> None:
    """Each sees the failures of those before it, and who is refused leaves nothing behind."""
    asked = [Asked("an.maes", HERE)] * 20 + [Asked("bo.maes", HERE)]
    with either.context.database.write() as uow:
        taken = take_attempts(either.context, uow, asked)
    refused = [isinstance(one, Refused) for one in taken]
    assert refused == [False] * PER_PUPIL.free + [True] * PER_PUPIL.free + [False]
    verdicts = [verify(one, "fout") for one in taken if isinstance(one, Attempt)]
    with either.context.database.write() as uow:
        ended = end_attempts(either.context, uow, verdicts)
    assert {one.outcome for one in ended} == {Outcome.WRONG_PASSWORD}
    assert len(either.attempts()) == PER_PUPIL.free + 1
    either.world.clock.forward(seconds=1)
    assert either.refusal("an.maes") == "pupil_sign_in_failed"


def test_many_who_end_together_each_get_their_own_end(either: SchoolClass) -> None:
    """As each would alone: who presses twice comes in twice, whatever befalls the others."""
    names = ("an.maes", "cas.maes", "niemand", "bo.maes", "an.maes")
    typed = (either.cards["an.maes"], "fout", "fout", *map(either.cards.get, names[3:]))
    with either.context.database.write() as uow:
        taken = take_attempts(either.context, uow, [Asked(name, HERE) for name in names])
    verdicts = [
        verify(one, word or "")
        for one, word in zip(taken, typed, strict=True)
        if isinstance(one, Attempt)
    ]
    either.renew("bo")
    with either.context.database.write() as uow:
        ended = end_attempts(either.context, uow, verdicts)
    codes = [Outcome.SIGNED_IN, Outcome.WRONG_PASSWORD, Outcome.UNKNOWN_NAME]
    assert [one.outcome for one in ended] == [*codes, Outcome.WRONG_PASSWORD, Outcome.SIGNED_IN]
    assert [one.outcome for one in either.attempts()] == [one.outcome for one in ended]
    sessions = [find_pupil(either.context, one.token) for one in ended]
    assert [one and one.username for one in sessions] == ["an.maes", None, None, None, "an.maes"]
    assert len({one.token for one in ended}) == 3


def test_who_presses_twice_comes_in_twice(school: SchoolClass) -> None:
    """The first sign-in changes the account, and not the password: the second is right too."""
    asked = [Asked("an.maes", HERE)]
    with school.context.database.write() as uow:
        attempts = [take_attempts(school.context, uow, asked)[0] for _ in range(2)]
    for attempt in attempts:
        assert isinstance(attempt, Attempt)
        with school.context.database.write() as uow:
            verdict = verify(attempt, school.cards["an.maes"])
            (ended,) = end_attempts(school.context, uow, [verdict])
        assert ended.outcome is Outcome.SIGNED_IN


def test_an_address_that_guesses_at_everybody_waits(
    school: SchoolClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others do not; and signing in oneself makes no room for guesses."""
    few = replace(PER_PUPIL_ADDRESS, free=5)
    monkeypatch.setattr("leerid_core.services.pupil_throttling.PER_PUPIL_ADDRESS", few)
    for at in range(4):
        assert school.refusal(f"niemand{at}") == "pupil_sign_in_failed"
        assert school.enter("an.maes")
    assert school.refusal("niemand5") == "pupil_sign_in_failed"
    assert school.refusal("niemand6") == "pupil_throttled"
    assert school.enter("an.maes", address=ELSEWHERE)
    school.world.clock.forward(seconds=10)
    assert school.enter("an.maes")


def test_who_is_not_enrolled_is_told_so_after_the_right_password_only(school: SchoolClass) -> None:
    """Before the enrolment begins and after it ended; nothing counts as a sign-in."""
    school.world.clock.set(date(2027, 9, 2))
    assert school.refusal("an.maes") == "pupil_sign_in_failed"
    assert school.refusal("an.maes", school.cards["an.maes"]) == "pupil_inactive"
    school.world.clock.set(date(2026, 8, 30))
    with pytest.raises(Refused) as refused:
        school.enter("an.maes")
    assert (refused.value.code, refused.value.parameters) == (
        "pupil_upcoming",
        {"begins": "1 september 2026"},
    )
    school.world.clock.set(date(2026, 11, 24))
    assert school.world.accounts()["an.maes"].sign_in_count == 0


def test_a_temporary_password_that_is_too_old_says_so(school: SchoolClass) -> None:
    """After as many days as are set, and only to who knows it."""
    school.world.clock.forward(days=180)
    assert school.refusal("cas.maes") == "pupil_sign_in_failed"
    assert school.refusal("cas.maes", school.cards["cas.maes"]) == "pupil_password_expired"
    assert school.attempts()[-1].outcome is Outcome.EXPIRED


def test_how_long_a_temporary_password_lives_is_a_setting(sqlite_url: str) -> None:
    """LEERID_TEMPORARY_DAYS."""
    with open_class(Settings.collect({"LEERID_TEMPORARY_DAYS": "3"}, sqlite_url)) as school:
        school.world.clock.forward(days=2)
        assert school.enter("cas.maes")
        school.world.clock.forward(days=1)
        assert school.refusal("cas.maes", school.cards["cas.maes"]) == "pupil_password_expired"


def test_an_older_hash_is_made_anew(school: SchoolClass) -> None:
    """At the next sign-in, with the parameters of today; the password stays."""
    older = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1)
    pupil_id = school.world.accounts()["an.maes"].pupil_id
    with school.context.database.write() as uow:
        uow.accounts.set_hashes({pupil_id: older.hash(school.cards["an.maes"])})
    assert school.enter("an.maes")
    renewed = school.world.accounts()["an.maes"].password.password_hash
    assert not HASHER.check_needs_rehash(renewed)
    assert school.enter("an.maes")


def test_attempts_are_kept_for_thirty_days_without_the_address(school: SchoolClass) -> None:
    """Only a keyed hash of it, the same for the same visitor."""
    school.refusal("an.maes", address="2001:db8::1")
    school.refusal("an.maes", address="2001:db8::2")
    school.refusal("an.maes", address=HERE)
    hashes = [one.address_hash for one in school.attempts()]
    assert (hashes[0] == hashes[1], hashes[0] == hashes[2]) == (True, False)
    school.world.clock.forward(days=30, seconds=1)
    school.enter("an.maes")
    forget_what_is_over(school.context)
    assert [one.outcome for one in school.attempts()] == [Outcome.SIGNED_IN]


def test_a_session_ends(school: SchoolClass) -> None:
    """Idle, at its limit, at sign-out, after a renewal, an undo, and the end of the enrolment."""
    token = school.enter("an.maes")
    session = find_pupil(school.context, token)
    assert session is not None
    school.world.clock.now += LIMITS.idle - timedelta(seconds=1)
    touch_pupil(school.context, session)
    school.world.clock.forward(minutes=1)
    assert find_pupil(school.context, token) is not None
    school.world.clock.now += LIMITS.idle
    assert find_pupil(school.context, token) is None
    token, other = school.enter("an.maes"), school.enter("an.maes")
    session = find_pupil(school.context, token)
    assert session is not None
    sign_out(school.context, session)
    assert find_pupil(school.context, token) is None
    assert find_pupil(school.context, other) is not None
    school.renew("an")
    assert find_pupil(school.context, other) is None


def test_who_loses_the_account_or_the_enrolment_is_out(school: SchoolClass) -> None:
    """An undone creation takes the account; a pupil who left is out the next day."""
    token = school.enter("an.maes")
    with school.context.database.write() as uow:
        uow.accounts.remove([school.world.accounts()["an.maes"].pupil_id])
    assert find_pupil(school.context, token) is None
    undo_batch(school.context, school.world.operator, PICTURES)
    assert school.refusal("bo.maes", school.cards["bo.maes"]) == "pupil_sign_in_failed"
    token = school.enter("cas.maes")
    school.world.clock.set(date(2027, 9, 1))
    assert find_pupil(school.context, token) is None


@pytest.mark.parametrize("token", [None, "", "x", "x" * 43])
def test_a_made_up_token_is_nobody(school: SchoolClass, token: str | None) -> None:
    """Whatever a browser sends."""
    assert find_pupil(school.context, token) is None
