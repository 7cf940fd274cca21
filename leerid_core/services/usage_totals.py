"""The figures alone, without their tables: what a dashboard shows first. No pandas is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leerid_core.rules.figures import Figure
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.services.usage_query import (
    UsageQuery,
    as_of,
    filled_in,
    period,
    schools_asked,
)
from leerid_core.services.usage_sign_ins import count_sign_ins
from leerid_core.store import School


@dataclass(frozen=True, slots=True, eq=False)
class UsageTotals:
    """The figures of some schools together, equal to those of `Usage`."""

    query: UsageQuery
    schools: tuple[School, ...]
    made_at: datetime
    totals: Mapping[Figure, int]
    sign_ins: int | None


def usage_totals(context: Context, actor: Actor, query: UsageQuery) -> UsageTotals:
    """Return every figure of the schools of a query, as it is now; raises what `usage` raises."""
    with context.database.read() as uow:
        schools = schools_asked(uow, actor, query)
        query = filled_in(context, query, schools)
        moments = as_of(context, uow, query)
        year = SchoolYear.of(period(query)[1])
        counted = uow.statistics.count(query.school_numbers or (), year, query.population, moments)
        sign_ins = count_sign_ins(uow, query)
    totals = {figure: sum(one.counts[figure] for one in counted) for figure in Figure}
    return UsageTotals(query, schools, moments.now, totals, sign_ins)
