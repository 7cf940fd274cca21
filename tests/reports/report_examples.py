"""Reports to lay out, for the tests: any number of schools and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import chart_frames
import pandas as pd
import pypdf
from openpyxl import load_workbook

from leerid_core.reports.report import Breakdown, Chapter, Report
from leerid_core.rules.figures import Figure
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN

MADE_AT = datetime(2026, 11, 24, 16, 5, tzinfo=SCHOOLS_LIVE_IN)
LONG_NAME = "Élisabeth-Marie van den Broeck-Vanderstraeten de la Fontaine y " * 2


def counts(enrolled: int, having: int, signed: int, never: int) -> dict[Figure, int | None]:
    """Return every figure; those that are not given follow, or are zero."""
    given = {
        Figure.ENROLLED: enrolled,
        Figure.WITH_ACCOUNT: having,
        Figure.WITHOUT_ACCOUNT: enrolled - having,
        Figure.HANDED_OUT: having,
        Figure.SIGNED_IN: signed,
        Figure.NEVER_SIGNED_IN: never,
        Figure.TOO_NEW: having - signed - never,
        Figure.LAST_7_DAYS: signed,
    }
    return {figure: given.get(figure, 0) for figure in Figure}


def breakdown(
    names: Sequence[str], title: str = "Per administratieve groep", hidden: bool = False
) -> Breakdown:
    """Return a breakdown with better and better groups; the last is hidden if asked."""
    rows: list[dict[str, Any]] = [
        {"name": name, "sign_ins": 3 * at, **_values(counts(20, 10 + at % 10, at % 10, 5))}
        for at, name in enumerate(names)
    ]
    if hidden:
        rows[-1] |= dict.fromkeys([figure.value for figure in Figure])
    frame = pd.DataFrame(rows)
    numbers = [name for name in frame if name != "name"]
    return Breakdown(title, "Administratieve groep", frame.astype(dict.fromkeys(numbers, "Int64")))


def _values(known: Mapping[Figure, int | None]) -> dict[str, int | None]:
    return {figure.value: count for figure, count in known.items()}


def chapter(
    name: str = "TEST School 1 (030569)", groups: Sequence[str] = ("1A", "2A"), **changes: Any
) -> Chapter:
    """Return a school of 100 pupils."""
    made = Chapter(
        name=name,
        totals=counts(100, 90, 60, 20),
        shown={},
        sign_ins=100,
        breakdowns=(breakdown(groups),),
        adoption=chart_frames.adoption().query("series == 'Alle leerlingen'"),
        batches=chart_frames.adoption(),
        hand_outs=pd.DataFrame(
            {"name": ["Lijst 1"], "kind": ["Aanmaken"], "pupils": [90], "within_1": [0.4]}
        ).assign(within_7=[None]),
        per_day=chart_frames.per_day(),
        per_hour=chart_frames.heat_map(),
        per_application=chart_frames.applications(),
    )
    return replace(made, **changes)


def report(*chapters: Chapter, overall: Chapter | None = None) -> Report:
    """Return a report of these schools."""
    return Report(
        schools=chapters or (chapter(),),
        overall=overall,
        first=date(2026, 9, 1),
        last=date(2026, 11, 24),
        made_at=MADE_AT,
        made_by="An Peeters",
    )


def two_schools() -> Report:
    """Return a report of two schools, which it also compares."""
    schools = [chapter(f"School {letter} (00000{at})") for at, letter in enumerate("AB")]
    compared = breakdown([one.name for one in schools], "Instellingen vergeleken")
    return report(*schools, overall=chapter("2 instellingen", breakdowns=(compared,)))


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, with every space an ordinary one."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def opened(workbook: bytes) -> Any:
    """Return a workbook as openpyxl reads it."""
    return load_workbook(BytesIO(workbook))
