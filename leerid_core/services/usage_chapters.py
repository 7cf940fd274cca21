"""The statistics as charts and reports take them: with Dutch names, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leerid_core.labels import BATCH_LABELS, KIND_LABELS, TYPE_LABELS
from leerid_core.reports.charts.adoption import MOST
from leerid_core.reports.report import Breakdown, Chapter
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.dates import dutch_date
from leerid_core.rules.figures import Figure, Measure
from leerid_core.services.suppression import TOGETHER
from leerid_core.services.usage import Usage
from leerid_core.store import BatchKind

if TYPE_CHECKING:
    from pandas import DataFrame

ALL_BATCHES = "Alle afdruklijsten"
SCHOOLS_COMPARED = "Instellingen vergeleken"
NO_GROUP = "Zonder groep"
UNKNOWN = "Niet bekend"
_LEVELS = {
    "kleuter": "Kleuteronderwijs",
    "lager": "Lager onderwijs",
    "secundair": "Secundair onderwijs",
    "hoger": "Hoger onderwijs",
}
_COUNTS = [*(figure.value for figure in Figure), Measure.SIGN_INS.value]


def chapter_of(usage: Usage) -> Chapter:
    """Return the statistics of one school by its groups, or of several by school."""
    several = len(usage.schools) > 1
    breakdowns = _of_schools(usage) if several else _of_school(usage)
    first, *others = breakdowns
    names = dict(zip(usage.adoption["batch"], _batch_names(usage, several=several), strict=True))
    return Chapter(
        name=(
            f"{len(usage.schools)} instellingen"
            if several
            else f"{usage.schools[0].name} ({usage.schools[0].number})"
        ),
        totals=usage.totals,
        shown=usage.shown,
        sign_ins=usage.sign_ins,
        breakdowns=(first, *(one for one in others if len(one.frame) > 1)),
        adoption=usage.adoption_curve.assign(series=ALL_BATCHES)[["series", "days", "share"]],
        batches=_curves(usage, names),
        hand_outs=_hand_outs(usage, names),
        per_day=usage.per_day,
        per_hour=usage.per_hour,
        per_application=usage.per_application,
        several=several,
    )


def together(overall: Chapter, schools: Sequence[Chapter]) -> Chapter:
    """Return what may be told of several schools beside the chapters of each.

    A figure that one of them hides is hidden of all of them too, and there are no breakdowns but
    the schools themselves: then nothing follows here that does not follow from their chapters.
    """
    hiding = {one for school in schools for one in Figure if school.totals[one] is None}
    totals = {one: None if one in hiding else overall.totals[one] for one in Figure}
    tell = all(school.sign_ins is not None for school in schools)
    tables = ("per_day", "per_hour", "per_application")
    return replace(
        overall,
        totals=totals,
        shown={},
        sign_ins=overall.sign_ins if tell else None,
        breakdowns=(_compared(schools),),
        **{name: getattr(overall, name).iloc[: None if tell else 0] for name in tables},
    )


def _compared(schools: Sequence[Chapter]) -> Breakdown:
    import pandas as pd

    rows = [
        (school.name, *(school.totals[one] for one in Figure), school.sign_ins)
        for school in schools
    ]
    frame = pd.DataFrame(rows, columns=["name", *_COUNTS]).astype(dict.fromkeys(_COUNTS, "Int64"))
    return Breakdown(SCHOOLS_COMPARED, "Instelling", frame)


def _of_schools(usage: Usage) -> list[Breakdown]:
    pairs = zip(usage.by_school["school_name"], usage.by_school["school_number"], strict=True)
    names = [f"{name} ({number})" for name, number in pairs]
    schools = Breakdown(SCHOOLS_COMPARED, "Instelling", _named(usage.by_school, names))
    return [schools, *_for_all(usage)]


def _of_school(usage: Usage) -> list[Breakdown]:
    groups = usage.by_group["administrative_group"].replace("", NO_GROUP)
    classes = usage.by_class["school_class"]
    return [
        Breakdown(
            "Per administratieve groep", "Administratieve groep", _named(usage.by_group, groups)
        ),
        Breakdown("Per (sub)klas", "(sub)Klas", _named(usage.by_class, classes)),
        *_for_all(usage),
    ]


def _for_all(usage: Usage) -> list[Breakdown]:
    types = {kind.value: TYPE_LABELS[kind] for kind in AccountType}
    kinds = {kind.value: KIND_LABELS[kind] for kind in PasswordKind}
    return [
        Breakdown("Per type", "Type", _labelled(usage.by_type, "account_type", types, UNKNOWN)),
        Breakdown("Per niveau", "Niveau", _labelled(usage.by_level, "level", _LEVELS, UNKNOWN)),
        Breakdown(
            "Per wachtwoord type",
            "Wachtwoord type",
            _labelled(usage.by_kind, "password_kind", kinds, "Geen account"),
        ),
        Breakdown(
            "Per schooljaar",
            "Schooljaar",
            _named(usage.by_school_year, usage.by_school_year["school_year"]),
        ),
    ]


def _labelled(frame: DataFrame, column: str, labels: Mapping[str, str], missing: str) -> DataFrame:
    labels = {**labels, TOGETHER: TOGETHER}
    return _named(frame, [labels.get(str(value), missing) for value in frame[column]])


def _named(frame: DataFrame, names: Any) -> DataFrame:
    counts = _COUNTS if frame[Measure.SIGN_INS.value].notna().any() else _COUNTS[:-1]
    return frame[counts].assign(name=list(names))[["name", *counts]]


def _batch_names(usage: Usage, *, several: bool) -> list[str]:
    schools = {school.number: school.name for school in usage.schools}
    return [
        f"Lijst {row.batch} · {dutch_date(row.handed_out.date())}"
        + (f" · {schools[row.school_number]}" if several else "")
        for row in usage.adoption.itertuples()
    ]


def _hand_outs(usage: Usage, names: Mapping[int, str]) -> DataFrame:
    within = [column for column in usage.adoption.columns if column.startswith("within_")]
    kinds = [BATCH_LABELS[BatchKind(kind)] for kind in usage.adoption["kind"]]
    frame = usage.adoption.assign(
        name=[names[batch] for batch in usage.adoption["batch"]], kind=kinds
    )
    return frame[["name", "kind", "pupils", *within]]


def _curves(usage: Usage, names: Mapping[int, str]) -> DataFrame:
    """Return the curves of the newest batches, as many as can be told apart."""
    newest = sorted(names, reverse=True)[:MOST]
    curves = usage.batch_curves[usage.batch_curves["batch"].isin(newest)]
    curves = curves.sort_values(["batch", "days"], ascending=[False, True])
    series = [names[batch] for batch in curves["batch"]]
    return curves.assign(series=series)[["series", "days", "share"]]
