"""Hand-out batches afterwards: listed, printed again, undone."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import pypdf
import pytest
from service_world import OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.batches import (
    Reprint,
    find_batch,
    list_batches,
    reprint_batch,
    undo_batch,
)
from leerid_core.services.cards import Archive
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.services.usernames import change_username
from leerid_core.store import PupilQuery


@pytest.fixture
def batch(world: World) -> int:
    """A batch of Jan and An."""
    world.enrol_names("Jan Peeters", "An Peeters")
    return world.create().batch


def printed(archive: Archive) -> str:
    """The text of the A4 sheets."""
    with ZipFile(io.BytesIO(archive.content)) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith("_A4.pdf"))
        pages = pypdf.PdfReader(io.BytesIO(opened.read(name))).pages
        return "".join(page.extract_text() for page in pages)


def reprint(world: World, batch: int, *names: str) -> Reprint:
    """Print a batch again, for these pupils only when they are given."""
    ids = [world.pupil(name).listed.pupil_id for name in names]
    return reprint_batch(world.context, world.operator, batch, pupil_ids=ids or None)


def refusal(world: World, batch: int) -> str:
    """Why a batch cannot be undone."""
    with pytest.raises(Refused) as caught:
        undo_batch(world.context, world.operator, batch)
    return caught.value.code


def test_a_batch_is_printed_again_as_it_was(world: World) -> None:
    """The same zip, byte for byte, and the trail tells it."""
    world.enrol_names("Jan Peeters", "An Peeters")
    issued = create_accounts(world.context, world.operator, world.plan())
    again = reprint(world, issued.batch)
    assert (again.batch, again.pupils, again.destroyed) == (issued.batch, 2, 0)
    assert again.archive == issued.archive
    assert world.trail()[-1] == "reprint"


def test_a_part_of_a_batch_is_printed_again(world: World, batch: int) -> None:
    """Only the cards that got lost."""
    again = reprint(world, batch, "jan")
    assert (again.pupils, again.destroyed) == (1, 0)
    assert "jan.peeters" in printed(again.archive)
    assert "an.peeters" not in printed(again.archive).replace("jan.peeters", "")


def test_a_card_shows_the_username_of_today(world: World, batch: int) -> None:
    """A card that was printed again after a change of name works."""
    pupil_id = world.pupil("jan").listed.pupil_id
    change_username(world.context, world.operator, SCHOOL, pupil_id, "jantje.p")
    assert "https://mijn.leerid.be/jantje.p" in printed(reprint(world, batch).archive)


def test_who_signed_in_is_not_printed_again(world: World, batch: int) -> None:
    """The pupil has the card; the password is destroyed for good."""
    world.clock.forward(hours=1)
    world.sign_in("jan")
    again = reprint(world, batch)
    assert (again.pupils, again.destroyed, world.sealed(batch)) == (1, 1, 1)
    with pytest.raises(Refused) as caught:
        reprint(world, batch, "jan")
    assert caught.value.code == "batch_destroyed"


def test_after_fourteen_days_nothing_is_left(world: World, batch: int) -> None:
    """The refusal itself destroys what was due."""
    world.clock.forward(days=13, hours=23)
    assert reprint(world, batch).pupils == 2
    world.clock.forward(hours=1)
    with pytest.raises(Refused) as caught:
        reprint(world, batch)
    assert caught.value.code == "batch_destroyed"
    assert world.sealed(batch) == 0


def test_a_batch_stays_printable_in_the_next_school_year(world: World) -> None:
    """Cards made at the end of August are printed in September, when the list shows a new year."""
    world.clock.set(date(2026, 8, 28))
    world.enrol_names("Jan Peeters")
    plan = plan_accounts(world.context, world.operator, SCHOOL, PupilQuery(), year=SchoolYear(2026))
    issued = create_accounts(world.context, world.operator, plan)
    assert reprint(world, issued.batch).pupils == 1
    world.clock.set(date(2026, 9, 3))
    assert reprint(world, issued.batch).archive == issued.archive


def test_batches_are_listed_with_who_did_not_sign_in(world: World, batch: int) -> None:
    """Newest first, of one school, with how many signed in since."""
    world.clock.forward(hours=1)
    renewal = world.renew(PupilQuery(search="an")).batch
    world.clock.forward(hours=1)
    world.sign_in("jan")
    listed = list_batches(world.context, world.operator, SCHOOL)
    assert [(one.number, one.pupils, one.signed_in) for one in listed] == [
        (renewal, 2, 1),
        (batch, 2, 1),
    ]
    assert list_batches(world.context, world.operator, OTHER_SCHOOL) == []


def test_an_unknown_batch_is_not_found(world: World) -> None:
    """By none of the services."""
    for service in (find_batch, reprint_batch, undo_batch):
        with pytest.raises(NotFound) as caught:
            service(world.context, world.operator, 99)
        assert caught.value.code == "batch_unknown"


def test_undoing_a_creation_revokes_the_accounts(world: World, batch: int) -> None:
    """Nothing is left sealed, the names stay with their pupils, and the trail tells it."""
    undone = undo_batch(world.context, world.operator, batch)
    assert (undone.number, undone.pupils) == (batch, 2)
    assert world.accounts() == {}
    assert world.sealed(batch) == 0
    assert world.trail()[-1] == "undo"
    world.enrol_names("Jan Peeters", school=OTHER_SCHOOL)
    assert [row.username for row in world.plan(school=OTHER_SCHOOL).rows] == ["jan.peeters1"]


def test_undoing_a_renewal_brings_the_old_password_back(world: World) -> None:
    """With the type that the account had."""
    world.enrol(Child("1", "Jan Peeters"))
    world.create()
    before = world.accounts()
    world.enrol(Child("1", "Jan Peeters", group="1e lj A"))
    renewal = world.renew().batch
    assert world.accounts()["jan.peeters"].account_type is AccountType.ADVANCED
    undo_batch(world.context, world.operator, renewal)
    assert world.accounts() == before


def test_nothing_is_undone_twice(world: World, batch: int) -> None:
    """The second time it is said."""
    undo_batch(world.context, world.operator, batch)
    assert refusal(world, batch) == "batch_undone"
    with pytest.raises(Refused) as caught:
        reprint(world, batch)
    assert caught.value.code == "batch_destroyed"


def test_a_batch_of_which_somebody_signed_in_stays(world: World, batch: int) -> None:
    """A child who works with the account does not lose it."""
    world.clock.forward(hours=1)
    world.sign_in("jan")
    assert refusal(world, batch) == "batch_signed_in"
    assert len(world.accounts()) == 2


def test_a_batch_that_was_followed_is_undone_after_its_follower(world: World, batch: int) -> None:
    """Newest first; then the older one."""
    renewal = world.renew(PupilQuery(search="jan")).batch
    assert refusal(world, batch) == "batch_followed"
    undo_batch(world.context, world.operator, renewal)
    undo_batch(world.context, world.operator, batch)
    assert world.accounts() == {}


def test_a_renewal_can_be_undone_for_fourteen_days(world: World, batch: int) -> None:
    """After that the passwords of before are gone."""
    renewal = world.renew().batch
    world.clock.forward(days=14)
    assert refusal(world, renewal) == "batch_undo_too_late"


def test_a_renewal_that_was_renewed_stays(world: World, batch: int) -> None:
    """Its old passwords are destroyed, so undoing the newer one first is not what is asked."""
    older, newer = world.renew().batch, world.renew().batch
    assert refusal(world, older) == "batch_undo_too_late"
    undo_batch(world.context, world.operator, newer)
    assert refusal(world, older) == "batch_undo_too_late"
