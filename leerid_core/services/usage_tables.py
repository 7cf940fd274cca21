"""The tables of the statistics by part of the pupils: by school, level, group, class, ..."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level
from leerid_core.rules.figures import Figure, Measure
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services.nesting import Key, Keys
from leerid_core.services.usage_sign_ins import CountedSignIns, SignedIn
from leerid_core.store import Counted, School

if TYPE_CHECKING:
    from pandas import DataFrame
    from pandas.api.extensions import ExtensionArray

COUNTS = [*(figure.value for figure in Figure), Measure.SIGN_INS.value]
"""The columns with numbers, in every table by part."""

_KEYS = {
    "by_school": ("school_number", "school_name"),
    "by_school_year": ("school_year",),
    "by_level": ("level",),
    "by_type": ("account_type",),
    "by_kind": ("password_kind",),
    "by_group": ("school_number", "administrative_group"),
    "by_class": ("school_number", "school_class"),
}
Part = Counted | SignedIn
"""What is counted of pupils that no table tells apart."""
Years = Mapping[SchoolYear, Sequence[Counted]]
NOBODY = dict.fromkeys(Figure, 0)


def totals(counted: Sequence[Counted]) -> dict[Figure, int]:
    """Return every figure of one school year."""
    return {figure: sum(one.counts[figure] for one in counted) for figure in Figure}


def part_keys(schools: Sequence[School]) -> dict[str, Keys]:
    """Return which rows of each table by part some pupils count in."""
    return {**_part_keys(schools), "by_kind": lambda one: [(one.password_kind,)]}


def _part_keys(schools: Sequence[School]) -> dict[str, Callable[[Part], Iterable[Key]]]:
    """Return the same for what does not know the kind of password."""
    names = {school.number: school.name for school in schools}
    shared = {school.number for school in schools if school.shares_classes}
    return {
        "by_school": lambda one: [(one.school_number, names[one.school_number])],
        "by_school_year": lambda one: [(str(SchoolYear(one.school_year)),)],
        "by_level": lambda one: [(one.level.name.lower() if one.level else None,)],
        "by_type": lambda one: [(one.account_type,)],
        "by_group": lambda one: [(one.school_number, one.administrative_group)],
        "by_class": lambda one: _classes(one, shared),
    }


def part_tables(
    schools: Sequence[School], years: Years, signed: CountedSignIns | None
) -> dict[str, DataFrame]:
    """Return the tables by part, by the names that `Usage` has for them.

    All but `by_school_year` show the figures of the last of `years`, and all of them the sign-ins
    of the whole period.
    """
    keys, of_year = part_keys(schools), years[max(years)]
    every = [one for part in years.values() for one in part]
    figures = {
        name: _figures(every if name == "by_school_year" else of_year, keys[name]) for name in keys
    }
    names = {school.number: school.name for school in schools}
    figures["by_school"] = dict.fromkeys(names.items(), NOBODY) | figures["by_school"]
    sign_ins = _signed(schools, signed)
    return {name: _table(_KEYS[name], rows, sign_ins.get(name)) for name, rows in figures.items()}


def _signed(schools: Sequence[School], signed: CountedSignIns | None) -> dict[str, dict[Key, int]]:
    """Return the sign-ins of each table that has them, when they are known at all."""
    if signed is None:
        return {}
    found: dict[str, dict[Key, int]] = {}
    for name, keys in _part_keys(schools).items():
        sums = found.setdefault(name, {})
        for part in signed.parts:
            for key in keys(part):
                sums[key] = sums.get(key, 0) + part.sign_ins
    return found


def _classes(one: Part, shared: set[str]) -> list[Key]:
    if one.school_number not in shared:
        return []
    return [(one.school_number, name) for name in dict.fromkeys(one.school_classes)]


def _figures(counted: Iterable[Counted], keys: Keys) -> dict[Key, dict[Figure, int]]:
    sums: dict[Key, dict[Figure, int]] = {}
    for one in counted:
        for key in keys(one):
            row = sums.setdefault(key, dict(NOBODY))
            for figure, count in one.counts.items():
                row[figure] += count
    return sums


def _table(
    columns: Sequence[str],
    figures: Mapping[Key, Mapping[Figure, int]],
    signed: Mapping[Key, int] | None,
) -> DataFrame:
    """Return a row for each key with pupils or sign-ins; sign-ins that are not known are NA."""
    import pandas as pd

    keys = sorted(figures.keys() | (signed or {}).keys(), key=_order)
    every = [figures.get(key, NOBODY) for key in keys]
    sign_ins = None if signed is None else [signed.get(key, 0) for key in keys]
    # Each column with its type at once: to change it afterwards takes five times as long.
    return pd.DataFrame(
        {name: _key_column(name, [key[at] for key in keys]) for at, name in enumerate(columns)}
        | {figure.value: _count_column([one[figure] for one in every]) for figure in Figure}
        | {Measure.SIGN_INS.value: _count_column(sign_ins or [0] * len(keys), signed is not None)}
    )


def _count_column(values: list[int], known: bool = True) -> ExtensionArray:
    """Return whole numbers, NA where they are not known."""
    import numpy as np
    import pandas as pd

    return pd.arrays.IntegerArray(np.array(values, "int64"), np.full(len(values), not known))


_ORDERED = {
    "level": [level.name.lower() for level in Level],
    "account_type": [one.value for one in AccountType],
    "password_kind": [kind.value for kind in PasswordKind],
}
_RANK = {value: at for values in _ORDERED.values() for at, value in enumerate(values)}


def _order(key: Key) -> Key:
    """By the keys as users know them: levels and kinds in their own order, unknown last."""
    return tuple((value is None, _RANK.get(value, 0), str(value)) for value in key)


def _key_column(name: str, values: list[Any]) -> ExtensionArray:
    """Return a category where the values are known beforehand, else a text."""
    import pandas as pd

    known = _ORDERED.get(name)
    if known is None:
        return pd.array(values, dtype="string")
    return pd.Categorical(values, categories=known, ordered=True)
