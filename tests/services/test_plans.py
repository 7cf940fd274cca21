"""A plan: what each pupil will get, why, and the names that are held for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from service_world import ALL, OTHER_SCHOOL, SCHOOL, Child, World, enrolment_file

from leerid_core.errors import Refused
from leerid_core.rules.accounts import AccountStatus, AccountType, PasswordKind
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.batches import undo_batch
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import Plan, plan_accounts, release_plan
from leerid_core.services.schools import share_classes
from leerid_core.store import PupilQuery


def names(plan: Plan) -> dict[str, str]:
    """The planned usernames and the code of their reason."""
    return {row.username: row.reason.code for row in plan.rows}


def test_each_row_says_why_it_has_its_name(world: World) -> None:
    """From the name, numbered because it is of another, or a fallback."""
    world.enrol_names("Jan Peeters", "Jan Peeters", "😀 😀")
    plan = world.plan()
    assert names(plan) == {
        "jan.peeters": "username_from_name",
        "jan.peeters1": "username_numbered",
        "leerling.003": "username_fallback",
    }
    numbered = plan.rows[[row.username for row in plan.rows].index("jan.peeters1")]
    assert numbered.reason.message == "jan.peeters is van een andere leerling, dus jan.peeters1."


def test_the_type_and_the_kind_follow_from_the_enrolment(world: World) -> None:
    """Nobody chooses the type; a basis account gets the kind that was asked for."""
    world.enrol(Child("1", "Jan Peeters"), Child("2", "An Peeters", group="1e lj A"))
    for asked, basic in ((None, PasswordKind.WORD), (PasswordKind.PICTURES, PasswordKind.PICTURES)):
        plan = plan_accounts(world.context, world.operator, SCHOOL, ALL, basic_kind=asked)
        assert [(row.account_type, row.password_kind) for row in plan.rows] == [
            (AccountType.ADVANCED, PasswordKind.TEMPORARY),
            (AccountType.BASIC, basic),
        ]


def test_a_kind_that_a_basic_account_cannot_have_is_not_given(world: World) -> None:
    """Whatever was asked."""
    world.enrol_names("Jan Peeters")
    plan = plan_accounts(
        world.context, world.operator, SCHOOL, ALL, basic_kind=PasswordKind.TEMPORARY
    )
    assert plan.rows[0].password_kind is PasswordKind.WORD


def test_who_cannot_get_an_account_is_skipped_with_the_reason(world: World) -> None:
    """Who has one, whose enrolment is over, and whose type nobody settled."""
    world.enrol(
        Child("1", "Jan Peeters"),
        Child("2", "An Peeters", end="1/10/2026"),
        Child("3", "Bo Peeters", group="Groep 3"),
        Child("4", "Els Peeters"),
    )
    world.create(PupilQuery(search="jan"))
    plan = world.plan()
    assert [row.pupil.first_name for row in plan.rows] == ["Els"]
    assert {row.pupil.first_name: row.reason.message for row in plan.skipped} == {
        "Jan": "Heeft al een LeerID: jan.peeters.",
        "An": "De inschrijving eindigde op 1 oktober 2026.",
        "Bo": "Uit de groep “Groep 3” blijkt niet of het een basis of een gevorderd account wordt. "
        "Kies eerst het type voor deze groep.",
    }


def test_names_of_a_plan_are_held_for_half_an_hour(world: World) -> None:
    """In every school; after that whoever asks next gets them."""
    world.enrol_names("Jan Peeters")
    world.enrol_names("Jan Peeters", school=OTHER_SCHOOL)
    plan = world.plan()
    world.clock.forward(minutes=29, seconds=59)
    assert names(world.plan(school=OTHER_SCHOOL)).keys() == {"jan.peeters1"}
    assert plan.expires_at > world.clock()
    world.clock.forward(seconds=1)
    assert plan.expires_at == world.clock()
    assert names(world.plan(school=OTHER_SCHOOL)).keys() == {"jan.peeters"}


def test_a_released_plan_holds_nothing(world: World) -> None:
    """Cancelling gives the names back at once."""
    world.enrol_names("Jan Peeters")
    release_plan(world.context, world.operator, world.plan())
    assert names(world.plan()).keys() == {"jan.peeters"}


def test_a_new_plan_takes_the_names_of_an_older_one(world: World) -> None:
    """Who left a plan, or lost it, finds the same names; only the newest plan can be made."""
    world.enrol_names("Jan Peeters", "Jan Peeters")
    older, newer = world.plan(), world.plan()
    assert names(newer) == names(older)
    with pytest.raises(Refused) as caught:
        create_accounts(world.context, world.operator, older)
    assert caught.value.code == "plan_outdated"
    create_accounts(world.context, world.operator, newer)
    assert world.accounts().keys() == names(newer).keys()


def test_a_new_plan_leaves_other_pupils_their_names(world: World) -> None:
    """Only what was held for the pupils that it is about."""
    world.enrol_names("Jan Peeters", "Jan Peeters")
    world.plan(PupilQuery(stamnummers=frozenset({"001"})))
    assert names(world.plan(PupilQuery(stamnummers=frozenset({"002"})))).keys() == {"jan.peeters1"}


def test_a_pupil_gets_the_own_name_back(world: World) -> None:
    """After an undo, and in whatever school, because a name stays with its pupil."""
    world.enrol_names("Jan Peeters", "Jan Peeters")
    undo_batch(world.context, world.operator, world.create().batch)
    first = {row.pupil.pupil_id: row.username for row in world.plan().rows}
    assert names(world.plan()) == dict.fromkeys(first.values(), "username_returned")
    assert {row.pupil.pupil_id: row.username for row in world.plan().rows} == first


def test_cards_that_are_easily_swapped_are_warned_of(world: World) -> None:
    """Two usernames of one class that differ in one character; not of two classes."""
    world.enrol(
        Child("1", "Jan Peeters", classes="4A, 4A.WIS"),
        Child("2", "Jan Peters", classes="4A"),
        Child("3", "Jan Pieters", classes="4B"),
    )
    warned = {row.username: [one.message for one in row.findings] for row in world.plan().rows}
    alike = "Lijkt sterk op {} in dezelfde klas. Let op bij het uitdelen."
    assert warned == {
        "jan.peeters": [alike.format("jan.peters")],
        "jan.peters": [alike.format("jan.peeters")],
        "jan.pieters": [],
    }


def test_without_classes_the_group_is_the_class(world: World) -> None:
    """For schools that do not share class information."""
    world.enrol(Child("1", "Jan Peeters", classes="4A"), Child("2", "Jan Peters", classes="4B"))
    share_classes(world.context, world.operator, SCHOOL, share=False)
    assert all(row.findings for row in world.plan().rows)


def test_a_filter_on_class_needs_shared_classes(world: World) -> None:
    """For a plan as for the list."""
    world.enrol_names("Jan Peeters")
    query = PupilQuery(school_class="4A")
    assert len(world.plan(query).rows) == 1
    share_classes(world.context, world.operator, SCHOOL, share=False)
    with pytest.raises(Refused) as caught:
        world.plan(query)
    assert caught.value.code == "classes_not_shared"


def test_a_plan_for_the_coming_year(world: World) -> None:
    """Applicatiebeheer: before 1 September for those who start then."""
    world.clock.set(date(2026, 8, 20))
    world.enrol_names("Jan Peeters")
    assert world.plan().rows == ()
    plan = plan_accounts(world.context, world.operator, SCHOOL, ALL, year=SchoolYear(2026))
    create_accounts(world.context, world.operator, plan)
    assert list(world.accounts()) == []
    world.clock.set(date(2026, 9, 1))
    assert list(world.accounts()) == ["jan.peeters"]


def test_who_has_an_account_keeps_it_in_the_coming_year(world: World) -> None:
    """He is named as having one, and from 1 September it is active under the same username."""
    jan = Child("1", "Jan Peeters")
    world.enrol(jan)
    world.create()
    coming = SchoolYear(2027)
    world.enrol(jan, replace(jan, group="5de leerjaar", begin="1/9/2027", end="31/8/2028"))
    plan = plan_accounts(world.context, world.operator, SCHOOL, ALL, year=coming)
    assert plan.rows == ()
    assert [one.reason.code for one in plan.skipped] == ["account_exists"]
    world.clock.set(date(2027, 9, 1))
    assert world.pupil("jan").account_status is AccountStatus.ACTIVE
    assert list(world.accounts()) == ["jan.peeters"]


def test_passwords_are_in_no_repr(world: World) -> None:
    """A plan in a log or a traceback shows none."""
    world.enrol_names("Jan Peeters", "An Peeters")
    plan = world.plan()
    assert all(row.password not in repr(plan) for row in plan.rows)


def test_renewal_skips_who_has_no_active_account(world: World) -> None:
    """With the reason."""
    jan, an, bo = Child("1", "Jan Peeters"), Child("2", "An Peeters"), Child("3", "Bo Peeters")
    world.enrol(jan, an)
    world.create()
    over = replace(an, end="1/11/2026")
    world.read(enrolment_file(jan, over, bo), accept=True)
    plan = world.plan_renewal()
    assert [row.pupil.first_name for row in plan.rows] == ["Jan"]
    assert {row.pupil.first_name: row.reason.message for row in plan.skipped} == {
        "An": "Het LeerID is inactief: de inschrijving eindigde op 1 november 2026.",
        "Bo": "Heeft nog geen LeerID.",
    }
