"""What leaves for a board: no figure about fewer than five pupils, nor one that gives it away.

Three steps (docs/cijfers.md tells them to a reader). Rows of fewer than five pupils are put
together in one, which leaves the sums whole. Then every number from 1 to 4 is hidden. Then, as
long as one of those is given away by what is still shown, because figures add up to a figure, or
rows to a row that they lie in, one more is hidden. That is asked of all sums at once
(`inference`), so that no combination of tables is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from leerid_core.rules.figures import PARTITIONS, Figure, Measure, wholes_of
from leerid_core.services.inference import (
    FEWEST,
    Cell,
    Sum,
    is_rest,
    is_small,
    to_hide,
    with_rests,
)
from leerid_core.services.nesting import Key, Row
from leerid_core.services.usage import Usage
from leerid_core.services.usage_tables import COUNTS

if TYPE_CHECKING:
    from pandas import DataFrame

TOGETHER = "Kleine groepen samen"
"""The key of the row that small ones are put together in."""

TABLES = tuple(field.name for field in fields(Usage) if field.name.startswith("by_"))
Place = tuple[str, int]
"""A row by its table and its position."""
_TOTALS: Place = ("totals", 0)


def suppressed(usage: Usage) -> Usage:
    """Return the statistics as they may leave for a board.

    A hidden number is NA in a table and None in `totals`; `shown` says "minder dan 5" or "meer dan
    407" where that is no secret. The tables have the same columns; rows of fewer than five pupils
    are one row `TOGETHER`. Of batches of fewer than five pupils nothing is left, and without five
    pupils in all nothing of sign-ins either.
    """
    tables = {name: _put_together(getattr(usage, name)) for name in TABLES}
    values = dict(_values(usage, tables))
    sums = with_rests(values, list(_sums(usage, tables, values)))
    hidden = to_hide(values, sums, (Figure.ENROLLED,))
    totals = {
        figure: None if (*_TOTALS, figure.value) in hidden else count
        for figure, count in usage.totals.items()
    }
    few = max(count or 0 for count in usage.totals.values()) < FEWEST
    return replace(
        usage,
        totals=totals,
        shown={figure: _in_words(figure, usage.totals, totals) for figure in totals},
        sign_ins=None if few else usage.sign_ins,
        **{name: _without(table, name, hidden) for name, table in tables.items()},
        **_sign_ins(usage, few=few),
        **_adoption(usage),
    )


def _put_together(table: DataFrame) -> DataFrame:
    """Make one row of the rows with few pupils; of one more when even together they are few."""
    import pandas as pd

    figures = [figure.value for figure in Figure]
    size = table[figures].max(axis="columns").fillna(0)
    used = table[Measure.SIGN_INS.value].fillna(0) > 0
    small = (size < FEWEST) & ((size > 0) | used)
    if not small.any():
        return table
    while size[small].sum() < FEWEST and (~small & (size > 0)).any():
        small |= table.index == size[~small & (size > 0)].idxmin()
    numbers = [*figures, Measure.SIGN_INS.value]
    row = table.loc[small, numbers].sum(min_count=1).to_frame().T.astype("Int64")
    keys = [name for name in table.columns if name not in numbers]
    rest = table[~small].astype(dict.fromkeys(keys, "string"))
    keyed = row.assign(**{name: TOGETHER if name == keys[-1] else pd.NA for name in keys})
    made = pd.concat([rest, keyed.astype(dict.fromkeys(keys, "string"))], ignore_index=True)
    return made[table.columns]


def _values(usage: Usage, tables: Mapping[str, DataFrame]) -> Iterator[tuple[Cell, int]]:
    """Return every number that would be shown."""
    for figure, count in usage.totals.items():
        yield (*_TOTALS, figure), count or 0
    for name, table in tables.items():
        for at, row in enumerate(table.to_dict("records")):
            for figure in Figure:
                yield (name, at, figure), int(row[figure])


def _sums(
    usage: Usage, tables: Mapping[str, DataFrame], values: Mapping[Cell, int]
) -> Iterator[Sum]:
    """Return what adds up: rows to a row they lie in, figures to a figure; and what is left over.

    The rest of a figure that is part of another is told where it is small: all but a few.
    """
    for (whole, _), parts in _rows_in_rows(usage, tables).items():
        for figure in Figure:
            yield Sum((*whole, figure), tuple((*part, figure) for part in parts))
    for name, at in dict.fromkeys(cell[:2] for cell in values):
        for figure, others in PARTITIONS.items():
            yield Sum((name, at, figure), tuple((name, at, other) for other in others))
        for part, whole_figure in _PAIRS:
            one = Sum((name, at, whole_figure), ((name, at, part),))
            if is_small(values[one.whole] - values[one.parts[0]]):
                yield one


_PAIRS = [
    *((part, whole) for part in Figure for whole in wholes_of(part)),
    # Of a year that is over, who is inactive now was enrolled then: all but a few who are not.
    *((Figure.INACTIVE, whole) for whole in (Figure.WITH_ACCOUNT, Figure.ENROLLED)),
]


def _rows_in_rows(
    usage: Usage, tables: Mapping[str, DataFrame]
) -> dict[tuple[Place, str], list[Place]]:
    """Return for a row and a table which of its rows lie in it, as they are after suppression."""
    places: dict[Row, Place] = {("totals", ()): _TOTALS}
    for name, table in tables.items():
        places |= _places(name, getattr(usage, name), table)
    within: dict[Place, set[Place]] = {}
    for row, place in places.items():
        if row in usage.nested:
            others = {places[other] for other in usage.nested[row] if other in places}
            within[place] = within.get(place, others) & others
    found: dict[tuple[Place, str], list[Place]] = {}
    for place, others in sorted(within.items()):
        for other in sorted(others):
            found.setdefault((other, place[0]), []).append(place)
    return found


def _places(name: str, before: DataFrame, after: DataFrame) -> dict[Row, Place]:
    """Return where each row of a table went: its own place, or that of the small ones together."""
    kept = {key: at for at, key in enumerate(_keys(after))}
    return {(name, key): (name, kept.get(key, len(after) - 1)) for key in _keys(before)}


def _keys(table: DataFrame) -> list[Key]:
    names = [name for name in table.columns if name not in COUNTS]
    rows = table[names].astype("object").where(table[names].notna(), None)
    return list(rows.itertuples(index=False, name=None))


def _without(table: DataFrame, name: str, hidden: Iterable[Cell]) -> DataFrame:
    import pandas as pd

    made = table.copy()
    for of, row, column in hidden:
        if of == name and not is_rest((of, row, column)):
            made.loc[made.index[row], column] = pd.NA
    return made


def _in_words(
    figure: Figure, counts: Mapping[Figure, int | None], totals: Mapping[Figure, int | None]
) -> str:
    count, whole = counts[figure] or 0, next(iter(wholes_of(figure)), None)
    if totals[figure] is not None:
        return str(count)
    if is_small(count):
        return f"minder dan {FEWEST}"
    known = totals[whole] if whole else None
    if known is not None and is_small(known - count):
        return f"meer dan {known - FEWEST}"
    return "niet getoond"


def _sign_ins(usage: Usage, *, few: bool) -> dict[str, DataFrame]:
    names = ("per_day", "per_hour", "per_application")
    return {name: getattr(usage, name).iloc[: 0 if few else None] for name in names}


def _adoption(usage: Usage) -> dict[str, DataFrame]:
    """Hide the shares that are those of a few pupils, or of all but a few."""
    import pandas as pd

    enough = usage.adoption["pupils"] >= FEWEST
    adoption = usage.adoption[enough].reset_index(drop=True)
    pupils = adoption["pupils"]
    for name in adoption.columns:
        if name == "signed_in" or name.startswith("within_"):
            count = adoption[name] if name == "signed_in" else (adoption[name] * pupils).round()
            adoption[name] = adoption[name].mask(_few(count, pupils), pd.NA)
    curves = usage.batch_curves.merge(adoption[["batch", "pupils"]], on="batch")
    curves = curves[~_few(curves["signed_in"], curves["pupils"])]
    curve = usage.adoption_curve.copy()
    if usage.adoption["pupils"].sum() < FEWEST:
        curve = curve.iloc[:0]
    for name in ("at_risk", "signed_in"):
        curve[name] = curve[name].mask(curve[name].between(1, FEWEST - 1), pd.NA)
    return {
        "adoption": adoption,
        "batch_curves": curves.drop(columns="pupils").reset_index(drop=True),
        "adoption_curve": curve.assign(share=curve["share"].round(2)),
    }


def _few(count: Any, pupils: Any) -> Any:
    few = count.between(1, FEWEST - 1) | (pupils - count).between(1, FEWEST - 1)
    return few.fillna(False).astype(bool)
