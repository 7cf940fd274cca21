"""From a plan to accounts, all or nothing; and new passwords for accounts that are there."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from service_world import OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.errors import Cancelled, Refused
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.services.batches import list_batches
from leerid_core.services.cards import Archive
from leerid_core.services.hashing import HASHER
from leerid_core.services.issuing import create_accounts, renew_passwords
from leerid_core.services.plans import Plan, plan_accounts, plan_renewal, release_plan
from leerid_core.services.usernames import change_username
from leerid_core.services.work import Work
from leerid_core.store import PupilQuery


def handed_out(archive: Archive) -> dict[str, str]:
    """The username and password of every line of the Excel."""
    with ZipFile(io.BytesIO(archive.content)) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith(".xlsx"))
        sheet = load_workbook(io.BytesIO(opened.read(name))).active
    return {str(row[4]): str(row[5]) for row in sheet.iter_rows(min_row=2, values_only=True)}


def planned(plan: Plan) -> dict[str, str]:
    """The username and password of every row."""
    return {row.username: row.password for row in plan.rows}


def verifies(world: World, username: str, password: str) -> bool:
    """Whether a pupil could sign in with this."""
    return HASHER.verify(world.accounts()[username].password.password_hash, password)


def test_what_was_planned_is_what_is_made(world: World) -> None:
    """Accounts with argon2id hashes of the passwords that are on the cards."""
    world.enrol_names("Jan Peeters", "Jan Peeters", "Süheda Öztürk")
    plan = world.plan()
    issued = create_accounts(world.context, world.operator, plan)
    assert handed_out(issued.archive) == planned(plan)
    accounts = world.accounts()
    assert accounts.keys() == planned(plan).keys()
    for username, password in planned(plan).items():
        account = accounts[username]
        assert account.password.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert verifies(world, username, password)
        assert (account.created_at, account.created_by) == (world.clock(), "An")
    assert issued.archive.name == f"LeerID_{SCHOOL}_2026-11-23_{issued.batch}.zip"


def test_a_batch_tells_who_got_what(world: World) -> None:
    """In the order of the plan; the trail names the batch and the pupils."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan = world.plan()
    issued = create_accounts(world.context, world.operator, plan)
    with world.context.database.read() as uow:
        batch = uow.batches.get(issued.batch)
        members = uow.batches.members(issued.batch)
        entry = uow.audit.of_school(SCHOOL)[-1]
    assert batch is not None
    assert (batch.kind, batch.pupils, batch.created_by) == ("creation", 2, "An")
    assert batch.sealed_until == world.clock() + timedelta(days=14)
    assert [one.pupil_id for one in members] == [row.pupil.pupil_id for row in plan.rows]
    assert (entry.action, entry.pupils, dict(entry.details)) == (
        "creation",
        2,
        {"batch": issued.batch},
    )


def test_a_temporary_password_expires_and_a_word_does_not(world: World) -> None:
    """After 180 days (DOMAIN.md, decision)."""
    world.enrol(Child("1", "Jan Peeters"), Child("2", "An Peeters", group="1e lj A"))
    world.create()
    accounts = world.accounts()
    assert accounts["jan.peeters"].password.password_expires_at is None
    expires_at = accounts["an.peeters"].password.password_expires_at
    assert expires_at == world.clock() + timedelta(days=180)


def test_no_clear_password_is_in_the_database(world: World) -> None:
    """Not in its file and not in what SQLite keeps beside it."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan = world.plan()
    create_accounts(world.context, world.operator, plan)
    for path in world.settings.key_file.parent.iterdir():
        content = path.read_bytes()
        assert not any(password.encode() in content for password in planned(plan).values())


def test_a_sealed_credential_opens_for_its_own_pupil_only(world: World) -> None:
    """Moved to another row of the database it is refused."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan = world.plan()
    batch = create_accounts(world.context, world.operator, plan).batch
    with world.context.database.read() as uow:
        first, second = uow.batches.members(batch)
    keys = world.context.keys
    assert first.sealed is not None
    assert keys.unseal(first.sealed, batch=batch, pupil_id=first.pupil_id) == (
        plan.rows[0].password
    )
    for other in ({"batch": batch, "pupil_id": second.pupil_id}, {"batch": 9, "pupil_id": 1}):
        with pytest.raises(Refused) as caught:
            keys.unseal(first.sealed, **other)
        assert caught.value.code == "sealed_unreadable"


def test_progress_is_told_to_the_end(world: World) -> None:
    """Every phase reports as much as it promised."""
    world.enrol_names("Jan Peeters", "An Peeters")
    told: dict[str, tuple[int, int]] = {}
    work = Work(lambda done, total, phase: told.update({phase: (done, total)}))
    create_accounts(world.context, world.operator, world.plan(), work=work)
    assert {"hashing", "writing"} < told.keys()
    assert all(done == total for done, total in list(told.values())[-2:])


def test_stopping_leaves_nothing(world: World) -> None:
    """At every moment that the user can say stop; until it is too late to, and all is made."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan, before = world.plan(), world.trail()
    moments = 0
    while _stopped(world, plan, moments):
        moments += 1
        assert world.accounts() == {}
        assert world.trail() == before
        assert list_batches(world.context, world.operator, SCHOOL) == []
    assert moments > 4
    assert world.accounts().keys() == planned(plan).keys()


def _stopped(world: World, plan: Plan, after: int) -> bool:
    """Say stop when the work has asked `after` times; tell whether it did."""
    asked = iter(range(after))
    work = Work(cancelled=lambda: next(asked, None) is None)
    try:
        create_accounts(world.context, world.operator, plan, work=work)
    except Cancelled:
        return True
    return False


def test_an_outdated_plan_is_refused(world: World) -> None:
    """When a pupil got an account since; then nobody of the plan gets anything."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan = world.plan()
    world.create(PupilQuery(search="jan"))
    with pytest.raises(Refused) as caught:
        create_accounts(world.context, world.operator, plan)
    assert caught.value.code == "plan_outdated"
    assert len(world.accounts()) == 1


def test_an_expired_reservation_is_still_good_when_its_name_is_free(world: World) -> None:
    """A long lunch costs nothing."""
    world.enrol_names("Jan Peeters")
    plan = world.plan()
    world.clock.forward(hours=3)
    release_plan(world.context, world.operator, world.plan(PupilQuery(search="niemand")))
    create_accounts(world.context, world.operator, plan)
    assert world.accounts().keys() == {"jan.peeters"}


def test_an_expired_reservation_that_was_lost_is_refused(world: World) -> None:
    """What was shown cannot be made any more."""
    world.enrol_names("Jan Peeters")
    world.enrol_names("Jan Peeters", school=OTHER_SCHOOL)
    plan = world.plan()
    world.clock.forward(hours=3)
    world.create(school=OTHER_SCHOOL)
    with pytest.raises(Refused) as caught:
        create_accounts(world.context, world.operator, plan)
    assert caught.value.code == "plan_outdated"
    assert {account.pupil_id for account in world.accounts().values()} == {
        world.pupil("jan", OTHER_SCHOOL).listed.pupil_id
    }


def test_a_plan_is_carried_out_as_what_it_is(world: World) -> None:
    """An empty one is refused, and a renewal is no creation."""
    world.enrol_names("Jan Peeters")
    empty, creation = world.plan(PupilQuery(search="niemand")), world.plan()
    for issue, plan in (
        (create_accounts, empty),
        (renew_passwords, empty),
        (renew_passwords, creation),
    ):
        with pytest.raises(Refused) as caught:
            issue(world.context, world.operator, plan)
        assert caught.value.code == "plan_empty"


def test_new_passwords_replace_the_old_at_once(world: World) -> None:
    """The username stays, and what was sealed of the old is destroyed."""
    world.enrol_names("Jan Peeters", "An Peeters")
    creation = world.plan()
    batch = create_accounts(world.context, world.operator, creation).batch
    renewal = world.plan_renewal(PupilQuery(search="jan"))
    renewed = renew_passwords(world.context, world.operator, renewal)
    assert planned(renewal).keys() == {"jan.peeters"}
    assert verifies(world, "jan.peeters", planned(renewal)["jan.peeters"])
    assert verifies(world, "an.peeters", planned(creation)["an.peeters"])
    assert (world.sealed(batch), world.sealed(renewed.batch)) == (1, 1)
    assert world.trail()[-1] == "renewal"


def test_a_renewal_keeps_the_kind_of_each(world: World) -> None:
    """Pictures stay pictures unless another kind is asked for."""
    world.enrol_names("Jan Peeters")
    pictures = plan_accounts(
        world.context, world.operator, SCHOOL, PupilQuery(), basic_kind=PasswordKind.PICTURES
    )
    create_accounts(world.context, world.operator, pictures)
    assert world.plan_renewal().rows[0].password_kind is PasswordKind.PICTURES
    words = plan_renewal(
        world.context, world.operator, SCHOOL, PupilQuery(), basic_kind=PasswordKind.WORD
    )
    assert words.rows[0].password_kind is PasswordKind.WORD


def test_an_account_grows_with_its_pupil_and_never_back(world: World) -> None:
    """At the first renewal in secundair: same username, temporary password."""
    world.enrol(Child("1", "Jan Peeters"))
    world.create()
    world.enrol(Child("1", "Jan Peeters", group="1e lj A"))
    (row,) = world.plan_renewal().rows
    assert (row.username, row.account_type) == ("jan.peeters", AccountType.ADVANCED)
    assert (row.password_kind, row.reason.code) == (PasswordKind.TEMPORARY, "account_grows")
    world.renew()
    assert world.accounts()["jan.peeters"].account_type is AccountType.ADVANCED
    world.enrol(Child("1", "Jan Peeters"))
    (row,) = world.plan_renewal().rows
    assert (row.account_type, row.reason.code) == (AccountType.ADVANCED, "password_renewed")


def test_a_renewal_whose_account_changed_is_refused(world: World) -> None:
    """A card with the old username would be wrong."""
    world.enrol_names("Jan Peeters")
    world.create()
    plan = world.plan_renewal()
    pupil_id = world.pupil("jan").listed.pupil_id
    change_username(world.context, world.operator, SCHOOL, pupil_id, "jan.p")
    with pytest.raises(Refused) as caught:
        renew_passwords(world.context, world.operator, plan)
    assert caught.value.code == "plan_outdated"


def test_a_plan_cannot_take_the_name_of_another_pupil(world: World) -> None:
    """Also not one that was issued to somebody who lost his account."""
    world.enrol_names("Jan Peeters", "An Peeters")
    world.create(PupilQuery(search="jan"))
    plan = world.plan()
    forged = replace(plan, rows=(replace(plan.rows[0], username="jan.peeters"),))
    with pytest.raises(Refused) as caught:
        create_accounts(world.context, world.operator, forged)
    assert caught.value.code == "plan_outdated"
