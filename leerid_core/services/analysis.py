"""Tables for people who explore in their own notebook, with columns that are written down.

docs/analyse.md describes the same columns. Nothing here holds a password, a hash or an identity
number: what is not selected cannot leak.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level, Sex
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.services.usage_query import UsageQuery, filled_in, period, schools_asked, start_of
from leerid_core.store import BatchKind, Rows, School, UnitOfWork

if TYPE_CHECKING:
    from pandas import DataFrame, Series

DAYS = 30
"""Without a begin, sign-ins are those of so many days."""

MOMENT = f"datetime64[us, {SCHOOLS_LIVE_IN.key}]"
DAY = "datetime64[s]"
CATEGORIES: Mapping[str, Sequence[str]] = {
    "level": [level.name.lower() for level in Level],
    "account_type": list(AccountType),
    "password_kind": list(PasswordKind),
    "sex": list(Sex),
    "kind": list(BatchKind),
}
COLUMNS: dict[str, dict[str, str]] = {
    "schools": {"school_number": "string", "name": "string", "level": "category"},
    "pupils": {
        "school_number": "category",
        "school_year": "string",
        "pupil_id": "int64",
        "stamnummer": "string",
        "first_name": "string",
        "last_name": "string",
        "sex": "category",
        "birth_date": DAY,
        "administrative_group": "category",
        "level": "category",
        "account_type": "category",
        "school_classes": "string",
        "begin_date": DAY,
        "end_date": DAY,
    },
    "accounts": {
        "school_number": "category",
        "pupil_id": "int64",
        "username": "string",
        "account_type": "category",
        "password_kind": "category",
        "password_set_at": MOMENT,
        "password_expires_at": MOMENT,
        "created_at": MOMENT,
        "last_sign_in": MOMENT,
        "sign_in_count": "int64",
    },
    "sign_ins": {
        "school_number": "category",
        "pupil_id": "int64",
        "at": MOMENT,
        "application": "category",
        "administrative_group": "category",
    },
    "batches": {
        "batch": "int64",
        "school_number": "category",
        "kind": "category",
        "created_at": MOMENT,
        "undone_at": MOMENT,
        "pupil_id": "int64",
        "first_sign_in": MOMENT,
    },
}
"""The columns of each table and their dtypes."""


def schools_table(context: Context, actor: Actor, query: UsageQuery) -> DataFrame:
    """Return the schools of a query; raises `NotAllowed` for who may not read in one of them."""
    return _read(context, actor, query, "schools", lambda uow, asked: uow.analysis.schools(asked))


def pupils_table(context: Context, actor: Actor, query: UsageQuery, year: SchoolYear) -> DataFrame:
    """Return the enrolments of a school year; classes that a school does not share are left out.

    Raises what `schools_table` raises.
    """
    return _read(
        context, actor, query, "pupils", lambda uow, asked: uow.analysis.pupils(asked, year)
    )


def accounts_table(
    context: Context, actor: Actor, query: UsageQuery, year: SchoolYear
) -> DataFrame:
    """Return the accounts of who is enrolled in a school year; raises what `schools_table` does."""
    return _read(
        context, actor, query, "accounts", lambda uow, asked: uow.analysis.accounts(asked, year)
    )


def sign_ins_table(context: Context, actor: Actor, query: UsageQuery) -> DataFrame:
    """Return the sign-ins of a period, each as it was; without a begin those of `DAYS` days.

    Of pupils enrolled in the school year in which the period ends. Raises what `usage` raises.
    """
    if query.first is None:
        last = min(query.last or context.today(), context.today())
        query = UsageQuery(query.school_numbers, last - timedelta(days=DAYS - 1), last)
    first, last = period(filled_in(context, query, ()))
    begin, end = start_of(first), start_of(last + timedelta(days=1))

    def rows(uow: UnitOfWork, asked: Sequence[str]) -> Rows:
        return uow.analysis.sign_ins(asked, SchoolYear.of(last), begin, end)

    return _read(context, actor, query, "sign_ins", rows)


def batches_table(context: Context, actor: Actor, query: UsageQuery) -> DataFrame:
    """Return who was on the batches made in a period, one row a pupil; raises what `usage` does."""
    first, last = period(filled_in(context, query, ()))
    begin, end = start_of(first), start_of(last + timedelta(days=1))

    def rows(uow: UnitOfWork, asked: Sequence[str]) -> Rows:
        return uow.analysis.batches(asked, begin, end)

    return _read(context, actor, query, "batches", rows)


def _read(
    context: Context,
    actor: Actor,
    query: UsageQuery,
    name: str,
    rows: Callable[[UnitOfWork, Sequence[str]], Rows],
) -> DataFrame:
    with context.database.read() as uow:
        schools = schools_asked(uow, actor, query)
        found = rows(uow, [school.number for school in schools])
    return _table(found, COLUMNS[name], schools)


def _table(found: Rows, columns: Mapping[str, str], schools: Sequence[School]) -> DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(map(tuple, found.rows)), columns=list(found.columns))
    if "school_year" in frame:
        frame["school_year"] = [str(SchoolYear(start)) for start in frame["school_year"]]
    if "level" in frame:
        frame["level"] = [_level(level) for level in frame["level"]]
    if "school_classes" in frame:
        shared = {school.number for school in schools if school.shares_classes}
        of = zip(frame["school_number"], frame["school_classes"], strict=True)
        frame["school_classes"] = [", ".join(names) if at in shared else "" for at, names in of]
    return frame.assign(**{name: _typed(frame[name], dtype) for name, dtype in columns.items()})


def _level(level: float | None) -> str | None:
    return None if level is None or level != level else Level(int(level)).name.lower()  # noqa: PLR0124 - NaN


def _typed(values: Series[Any], dtype: str) -> Series[Any]:
    import pandas as pd

    if dtype == MOMENT:
        return pd.to_datetime(values, utc=True).astype(MOMENT)
    if dtype == DAY:
        return pd.to_datetime(values).astype(DAY)
    known = CATEGORIES.get(str(values.name))
    if dtype == "category" and known is not None:
        return values.astype(pd.CategoricalDtype([str(one) for one in known]))
    return values.astype(dtype)
