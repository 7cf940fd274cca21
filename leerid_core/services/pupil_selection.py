"""What a filter can be set to, and whom it has: for lists that are filtered and selected from."""

from __future__ import annotations

from dataclasses import dataclass

from leerid_core.rules.roles import Right
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.context import Context
from leerid_core.services.pupils import check_query
from leerid_core.store import PupilQuery


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """The administrative groups and (sub)klassen of a school year.

    `school_classes` is None where the school does not share class information.
    """

    groups: tuple[str, ...]
    school_classes: tuple[str, ...] | None


def filter_choices(
    context: Context, actor: Actor, school_number: str, year: SchoolYear
) -> FilterChoices:
    """Return what the list can be filtered on; raises `NotAllowed` for who may not read there."""
    with context.database.read() as uow:
        school = authorise(uow, actor, school_number, Right.READ)
        groups = tuple(uow.listing.groups(school_number, year))
        if not school.shares_classes:
            return FilterChoices(groups, None)
        return FilterChoices(groups, tuple(uow.listing.school_classes(school_number, year)))


def select_pupils(
    context: Context, actor: Actor, school_number: str, query: PupilQuery, year: SchoolYear
) -> frozenset[int]:
    """Return the ids of all pupils of a query, so that "select all" is one question.

    Raises what `list_pupils` raises.
    """
    with context.database.read() as uow:
        check_query(authorise(uow, actor, school_number, Right.READ), query)
        return frozenset(uow.listing.ids(school_number, year, query))


def count_pupils(
    context: Context, actor: Actor, school_number: str, query: PupilQuery, year: SchoolYear
) -> int:
    """Return how many pupils a query has; raises what `list_pupils` raises."""
    with context.database.read() as uow:
        check_query(authorise(uow, actor, school_number, Right.READ), query)
        return uow.listing.count(school_number, year, query)
