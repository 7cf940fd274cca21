"""The statistics of a school's accounts: who has one, and who uses it.

What each figure counts is in `rules/figures.py`. The state of pupils and accounts comes from one
query, sign-ins only from the counts that are kept as they arrive: what a page costs grows with
what it shows, not with history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leerid_core.rules.figures import Figure
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.adoption import adoption_tables
from leerid_core.services.context import Context
from leerid_core.services.nesting import Nesting, nesting
from leerid_core.services.usage_query import (
    UsageQuery,
    as_of,
    filled_in,
    period,
    schools_asked,
    start_of,
)
from leerid_core.services.usage_sign_ins import counted_sign_ins, sign_in_tables
from leerid_core.services.usage_tables import part_keys, part_tables, totals
from leerid_core.store import (
    AsOf,
    Behind,
    Counted,
    HandOut,
    PupilQuery,
    School,
    UnitOfWork,
)

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """The statistics of some schools; figures are those of `rules.figures.Figure`.

    `query` is what was asked, with schools and period filled in; `made_at` the moment of the
    figures. `totals` has every figure, `shown` the same as text, `sign_ins` how often was signed
    in in the period: None with a filter on the kind of password, which the counts of sign-ins do
    not know (then their three tables have no rows).

    Tables, one row a part, with a column for every figure and `sign_ins` (all Int64):
      `by_school` (school_number, school_name); `by_school_year` (school_year, "2026-2027": each
      as on its last day in the period); `by_level` (level); `by_type` (account_type); `by_kind`
      (password_kind; no sign-ins); `by_group` (school_number, administrative_group); `by_class`
      (school_number, school_class: who is in two classes counts in both, and schools that do not
      share class information are left out). What is not known is NA in a key of level, type or
      kind, and "" for a group.

    Tables of sign-ins: `per_day` (day, sign_ins), every day of the period; `per_hour` (weekday, 0
    is Monday, hour, sign_ins), all 168; `per_application` (application, sign_ins), most first.

    Adoption, over the batches made in the period: `adoption` (batch, school_number, kind,
    handed_out, pupils, signed_in until now, and the shares within_1, within_3, within_7,
    within_14, within_30: NA until those days are over); `batch_curves` (batch, days, signed_in,
    share) and `adoption_curve` (days, at_risk, signed_in, share) by whole days since hand-out.

    `nested` tells which rows of the tables by part lie in which others, and in ("totals", ()).
    """

    query: UsageQuery
    schools: tuple[School, ...]
    made_at: datetime
    totals: Mapping[Figure, int | None]
    shown: Mapping[Figure, str]
    sign_ins: int | None
    by_school: DataFrame
    by_school_year: DataFrame
    by_level: DataFrame
    by_type: DataFrame
    by_kind: DataFrame
    by_group: DataFrame
    by_class: DataFrame
    per_day: DataFrame
    per_hour: DataFrame
    per_application: DataFrame
    adoption: DataFrame
    batch_curves: DataFrame
    adoption_curve: DataFrame
    nested: Nesting


def usage(context: Context, actor: Actor, query: UsageQuery) -> Usage:
    """Return the statistics of the schools of a query, as they are now.

    Raises `NotAllowed` for who may not read in one of them, `Refused("classes_not_shared")` for a
    filter on (sub)klas at a school that does not share them, `Refused("usage_period")` for a
    period that ends before it begins and `Refused("usage_no_school")` when there is no school.
    """
    with context.database.read() as uow:
        schools = schools_asked(uow, actor, query)
        query = filled_in(context, query, schools)
        moments = as_of(context, uow, query)
        years = _count(uow, query, moments)
        signed = counted_sign_ins(uow, query)
        hand_outs = _hand_outs(uow, query)
    of_year = years[max(years)]
    counted = totals(of_year)
    return Usage(
        query=query,
        schools=schools,
        made_at=moments.now,
        totals=counted,
        shown={figure: str(count) for figure, count in counted.items()},
        sign_ins=None if signed is None else signed.total,
        **part_tables(schools, years, signed),
        **sign_in_tables(signed, query),
        **adoption_tables(hand_outs, moments.today),
        nested=nesting(of_year, part_keys(schools) | {"totals": lambda _: [()]}),
    )


def pupils_behind(
    context: Context, actor: Actor, query: UsageQuery, figure: Figure
) -> dict[str, PupilQuery]:
    """Return per school the query of the pupil list that has just the pupils behind a figure.

    With the school year of `query_year`, every service that takes a `PupilQuery` then lists,
    counts, selects or renews them; narrow `query` first to get those behind a row of a table.
    Raises what `usage` raises.
    """
    with context.database.read() as uow:
        schools = schools_asked(uow, actor, query)
        query = filled_in(context, query, schools)
        behind = Behind(figure, query.population, as_of(context, uow, query))
    return {school.number: PupilQuery(behind=behind) for school in schools}


def query_year(context: Context, query: UsageQuery) -> SchoolYear:
    """Return the school year whose pupils the figures of a query are about."""
    _, last = period(filled_in(context, query, ()))
    return SchoolYear.of(last)


def _count(uow: UnitOfWork, query: UsageQuery, moments: AsOf) -> dict[SchoolYear, list[Counted]]:
    """Count each school year of the period as on its own last day in it."""
    numbers = query.school_numbers or ()
    first, last = SchoolYear.of(moments.first), SchoolYear.of(moments.day)
    years = [SchoolYear(start) for start in range(first.start, last.start + 1)]
    return {
        year: uow.statistics.count(
            numbers, year, query.population, replace(moments, day=min(moments.day, year.end))
        )
        for year in years
    }


def _hand_outs(uow: UnitOfWork, query: UsageQuery) -> list[HandOut]:
    first, last = period(query)
    return uow.statistics.hand_outs(
        query.school_numbers or (),
        start_of(first),
        start_of(last + timedelta(days=1)),
        query.population,
        SchoolYear.of(last),
    )
