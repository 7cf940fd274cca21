"""Who may not, cannot: every service function, tried by everybody who lacks the right.

The functions are found by walking over `leerid_core.services`: one that is new fails here until
it is said what it needs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from service_world import ALL, OTHER_SCHOOL, SCHOOL, Child, World, enrolment_file, open_world

import leerid_core.services
from leerid_core.demo import demo_schools
from leerid_core.errors import LeerIDError, NotAllowed
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.figures import Figure
from leerid_core.rules.roles import Right, Role, allows
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, Administrator
from leerid_core.services.reporting import ReportForm
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.work import Work
from leerid_core.settings import Settings


class Special(Enum):
    """What is not a right at a school."""

    OPERATOR = "only the command line"
    NOTHING = "everybody; who has no role gets nothing in the answer"


NEEDS: dict[str, Right | Special] = {
    "actors.authorise_operator": Special.OPERATOR,
    "administrators.add_administrator": Special.OPERATOR,
    "administrators.administrators_of": Right.SETTINGS,
    "administrators.list_administrators": Special.OPERATOR,
    "administrators.schools_of": Special.NOTHING,
    "administrators.set_disabled": Special.OPERATOR,
    "administrators.set_password": Special.OPERATOR,
    "administrators.set_roles": Right.SETTINGS,
    "analysis.accounts_table": Right.READ,
    "analysis.batches_table": Right.READ,
    "analysis.pupils_table": Right.READ,
    "analysis.schools_table": Right.READ,
    "analysis.sign_ins_table": Right.READ,
    "auditing.audit_trail": Right.READ,
    "auditing.installation_trail": Special.OPERATOR,
    "batch_members.list_members": Right.READ,
    "batches.find_batch": Right.READ,
    "batches.list_batches": Right.READ,
    "batches.reprint_batch": Right.ISSUE,
    "batches.undo_batch": Right.ISSUE,
    "colleagues.add_colleague": Right.SETTINGS,
    "colleagues.renew_start_password": Right.SETTINGS,
    "demo.fill_demo": Special.OPERATOR,
    "demo.let_demo_users_in": Special.OPERATOR,
    "demo_history.begin_year_before": Special.OPERATOR,
    "follow_up.make_follow_up": Right.READ,
    "import_undo.undo_import": Right.IMPORT,
    "imports.apply_import": Right.IMPORT,
    "imports.preview_import": Right.IMPORT,
    "issuing.create_accounts": Right.ISSUE,
    "issuing.renew_passwords": Right.ISSUE,
    "planning_edits.change_kind": Right.ISSUE,
    "planning_edits.rename_planned": Right.ISSUE,
    "planning_edits.renew_planned": Right.ISSUE,
    "plans.plan_accounts": Right.ISSUE,
    "plans.plan_renewal": Right.ISSUE,
    "plans.release_plan": Right.ISSUE,
    "pupil_detail.show_pupil": Right.READ,
    "pupil_export.export_pupils": Right.READ,
    "pupil_selection.count_pupils": Right.READ,
    "pupil_selection.filter_choices": Right.READ,
    "pupil_selection.select_pupils": Right.READ,
    "pupils.list_pupils": Right.READ,
    "reporting.make_report": Right.READ,
    "rights.rights_at": Special.NOTHING,
    "school_settings.list_imports": Right.IMPORT,
    "school_settings.set_sticker_offsets": Right.SETTINGS,
    "school_settings.sticker_test_sheet": Right.READ,
    "school_settings.unsettled_groups": Right.READ,
    "schools.add_school": Special.OPERATOR,
    "schools.list_schools": Special.OPERATOR,
    "schools.settle_group_type": Right.SETTINGS,
    "schools.share_classes": Right.SETTINGS,
    "sign_in_imports.import_sign_ins": Right.IMPORT,
    "sign_in_recounts.recount_sign_ins": Special.OPERATOR,
    "usage.pupils_behind": Right.READ,
    "usage.usage": Right.READ,
    "usage_totals.usage_totals": Right.READ,
    "usernames.change_username": Right.ISSUE,
}
# Steps of a service, called in its transaction: they take who asks, but no context.
DEMO = replace(demo_schools(date(2026, 11, 23))[0], rows=())
STEPS = {"actors.authorise", "auditing.record", "usage_query.schools_asked"}


def services() -> dict[str, Callable[..., Any]]:
    """Every public function of the services that takes who asks."""
    found = {}
    for module in iter_modules(leerid_core.services.__path__):
        path = f"{leerid_core.services.__name__}.{module.name}"
        for name, value in vars(import_module(path)).items():
            own = inspect.isfunction(value) and value.__module__ == path
            if own and not name.startswith("_") and "actor" in inspect.signature(value).parameters:
                found[f"{module.name}.{name}"] = value
    return found


SERVICES = services()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, dict[str, Any]]]:
    """A world in use, and an example for every argument that a service has."""
    url = f"sqlite:///{tmp_path_factory.mktemp('actors') / 'leerid.sqlite'}"
    with open_world(Settings.collect({}, url)) as world:
        yield world, _examples(world)


def _examples(world: World) -> dict[str, Any]:
    world.enrol_names("Jan Peeters", "An Peeters")
    batch = world.create().batch
    world.enrol_names("Jan Peeters", "An Peeters", "Els Peeters")
    world.administrator("someone")
    pupil_id = world.pupil("jan").listed.pupil_id
    source = enrolment_file(Child("1", "Jan Peeters"))
    return {
        "account_type": AccountType.BASIC,
        "context": world.context,
        "demo": DEMO,
        "disabled": True,
        "figure": Figure.NEVER_SIGNED_IN,
        "file_name": "lijst.csv",
        "form": ReportForm.EXCEL,
        "group": "Groep 3",
        "kind": PasswordKind.PICTURES,
        "login": "someone",
        "name": "School",
        "number": batch,
        "offset_x": 1.0,
        "offset_y": 1.0,
        "password": "correct horse battery",
        "plan": world.plan(),
        "preview": world.preview(source),
        "pupil_id": pupil_id,
        "pupil_ids": [pupil_id],
        "query": ALL,
        "right": Right.READ,
        "roles": [Role.VIEWER],
        "school_number": SCHOOL,
        "share": False,
        "source": source,
        "wanted": "jantje",
        "work": Work(),
        "year": SchoolYear.of(world.context.today()),
    }


def call(service: str, actor: Actor, examples: dict[str, Any]) -> Any:
    """Call a service with the arguments that it has to have."""
    parameters = inspect.signature(SERVICES[service]).parameters.values()
    needed = [one.name for one in parameters if one.default is one.empty and one.name != "actor"]
    if service == "schools.add_school":
        examples = examples | {"number": "000001"}
    if "UsageQuery" in {one.annotation for one in parameters}:
        examples = examples | {"query": UsageQuery((SCHOOL,))}
    answer = SERVICES[service](actor=actor, **{name: examples[name] for name in needed})
    return list(answer) if inspect.isgenerator(answer) else answer


def intruders(world: World, service: str) -> dict[str, Administrator]:
    """Everybody who may not use a service, by what they are."""
    need = NEEDS[service]
    found = {
        "without role": world.administrator(f"{service} none"),
        "disabled": world.administrator(f"{service} disabled", *Role),
        "of another school": world.administrator(f"{service} other", *Role, school=OTHER_SCHOOL),
        "unknown": Administrator(-1, "Niemand", "test"),
    }
    with world.context.database.write() as uow:
        uow.administrators.set_disabled(found["disabled"].administrator_id, world.clock())
    if need is Special.OPERATOR:
        found["with every role"] = world.administrator(f"{service} all", *Role)
    if isinstance(need, Right):
        few = [role for role in Role if not allows([role], need)]
        found |= {role: world.administrator(f"{service} {role}", role) for role in few}
    return found


def test_every_service_says_what_it_needs() -> None:
    """A new one is added to `NEEDS`, so that it is tried below."""
    assert SERVICES.keys() - STEPS == NEEDS.keys()


@pytest.mark.parametrize("service", [name for name in NEEDS if NEEDS[name] is not Special.NOTHING])
def test_who_may_not_is_refused(busy: tuple[World, dict[str, Any]], service: str) -> None:
    """Without a role, disabled, of another school, unknown, or with too little; nothing is done."""
    world, examples = busy
    before = world.trail(), world.accounts()
    for actor in intruders(world, service).values():
        with pytest.raises(NotAllowed):
            call(service, actor, examples)
    assert (world.trail(), world.accounts()) == before


@pytest.mark.parametrize("service", [name for name in NEEDS if NEEDS[name] is Special.NOTHING])
def test_who_has_no_role_gets_nothing(busy: tuple[World, dict[str, Any]], service: str) -> None:
    """What everybody may ask tells a stranger nothing about the school."""
    world, examples = busy
    someone = intruders(world, service)
    for what in ("without role", "disabled", "unknown"):
        assert not call(service, someone[what], examples)
    assert SCHOOL not in repr(call(service, someone["of another school"], examples))


@pytest.mark.parametrize(("service", "need"), NEEDS.items())
def test_who_may_is_not_refused(world: World, service: str, need: Right | Special) -> None:
    """The examples above reach the service, so a refusal is one for lack of a right."""
    examples = _examples(world)
    actors: list[Actor] = [world.operator]
    if isinstance(need, Right):
        actors += [world.administrator(role, role) for role in Role if allows([role], need)]
    assert not [actor for actor in actors if _is_refused(service, actor, examples)]


def _is_refused(service: str, actor: Actor, examples: dict[str, Any]) -> bool:
    try:
        call(service, actor, examples)
    except LeerIDError as error:
        return isinstance(error, NotAllowed)
    return False
