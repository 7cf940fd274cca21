"""Schools, their settings, and the types they settle for groups."""

from __future__ import annotations

from dataclasses import replace

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.rules.roles import Right
from leerid_core.rules.school_numbers import parse_school_number
from leerid_core.services.actors import Actor, authorise, authorise_operator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.store import School


def add_school(
    context: Context, actor: Actor, number: str, name: str, level: Level | None = None
) -> School:
    """Add a school; `number` may lack its leading zero ("30569" is 030569).

    `level` is that of pupils whose file names neither level nor group. Class information is
    shared until the data manager switches it off: a file that a school brings itself has the
    classes on purpose (decision). Raises `Refused` for a number that is malformed or there
    already, and for an empty name.
    """
    authorise_operator(actor)
    school_number = parse_school_number(number)
    if school_number is None:
        raise Refused("school_number_malformed", number=number)
    if not name.strip():
        raise Refused("school_name_missing")
    school = School(school_number, name.strip(), level, shares_classes=True)
    with context.database.write() as uow:
        if uow.schools.get(school_number) is not None:
            raise Refused("school_exists", number=school_number)
        uow.schools.add(school, context.clock())
        record(uow, actor, "school_added", context.clock(), school_number, name=school.name)
    return school


def list_schools(context: Context, actor: Actor) -> list[School]:
    """Return every school, by number; raises `NotAllowed` for all but the operator."""
    authorise_operator(actor)
    with context.database.read() as uow:
        return uow.schools.all()


def share_classes(context: Context, actor: Actor, school_number: str, *, share: bool) -> School:
    """Show and use class information at a school, or not (manual, chapter 3).

    Raises `NotAllowed` for who may not change the settings there.
    """
    with context.database.write() as uow:
        school = authorise(uow, actor, school_number, Right.SETTINGS)
        changed = replace(school, shares_classes=share)
        uow.schools.save(changed)
        record(uow, actor, "classes_shared", context.clock(), school_number, share=share)
    return changed


def settle_group_type(
    context: Context, actor: Actor, school_number: str, group: str, account_type: AccountType
) -> int:
    """Decide the type of a group whose name does not tell it; return how many pupils got it.

    Raises `NotFound` for a group without such pupils, `NotAllowed` for who may not change the
    settings there.
    """
    with context.database.write() as uow:
        authorise(uow, actor, school_number, Right.SETTINGS)
        pupils = uow.enrolments.set_group_type(school_number, group, account_type)
        if not pupils:
            raise NotFound("group_not_open", group=group)
        uow.schools.set_group_type(school_number, group, account_type)
        record(
            uow,
            actor,
            "group_settled",
            context.clock(),
            school_number,
            group=group,
            account_type=account_type,
        )
    return pupils
