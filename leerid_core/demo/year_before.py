"""A demo school a year earlier: a class lower, without who came since, with who has left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from leerid_core.demo.identity import identity_number
from leerid_core.demo.names import draw_name
from leerid_core.demo.schools import DemoSchool
from leerid_core.rules.enrolments import EnrolmentRow, Level
from leerid_core.rules.school_years import SchoolYear

_CAME_SINCE = 0.06
_UNUSED = 30
"""From here on, numbers of those born on a day are not given out to the pupils of today."""
_SOME_DAY = date(2010, 3, 1)
_BEFORE = {
    **{f"{year}de leerjaar": f"{year - 1}de leerjaar" for year in (3, 4, 5, 6)},
    "2de leerjaar": "1ste leerjaar",
    "1ste leerjaar": "3de kleuterklas",
    "3de kleuterklas": "2de kleuterklas",
    "2de kleuterklas": "1ste kleuterklas",
    "2e lj A": "1e lj A",
    "2e lj B": "1e lj B",
    "1e lj 3e gr Economie-wiskunde ASO": "2e lj 2e gr Economische wetensch. ASO",
    "1e lj 3e gr Wetensch.-wiskunde ASO": "2e lj 2e gr Natuurwetensch. ASO",
    "1e lj 3e gr Elektri.installatietechn.TSO": "2e lj 2e gr Technologische wetensch. TSO",
    "1e lj 3e gr Elektr. installaties BSO": "2e lj 2e gr Elektriciteit BSO",
    "3e lj 3e gr Industriële elektriciteit BSO": "2e lj 3e gr Elektr. installaties BSO",
    "Kapper DBSO": "Kapper DBSO",
}
"""The group a year earlier; who is in none of these came since, but for the rules of `_group`."""
LAST_YEARS = (
    "6de leerjaar",
    "2e lj 3e gr Economie-wiskunde ASO",
    "2e lj 3e gr Wetensch.-wiskunde ASO",
    "2e lj 3e gr Elektri.installatietechn.TSO",
    "3e lj 3e gr Industriële elektriciteit BSO",
)
"""The groups after which pupils leave the school."""


def year_before(school: DemoSchool, today: date) -> DemoSchool:
    """Return a school of `demo_schools(today)` as it was in the school year before.

    The same arguments give the same school.
    """
    random = Random(f"{school.number} before")  # noqa: S311 - nothing here is secret
    year = SchoolYear(SchoolYear.of(today).start - 1)
    stayed = [row for row in school.rows if random.random() >= _CAME_SINCE]
    left = [row for row in school.rows if row.administrative_group in LAST_YEARS]
    births: Counter[date] = Counter()
    rows = [
        *_a_class_lower(stayed),
        *(_who_left(row, nth, births, random) for nth, row in enumerate(left)),
    ]
    whole_year = [replace(row, begin_date=year.begin, end_date=year.end) for row in rows]
    numbered = (replace(row, row=place) for place, row in enumerate(whole_year, start=2))
    return replace(school, rows=tuple(numbered))


def _a_class_lower(rows: list[EnrolmentRow]) -> Iterator[EnrolmentRow]:
    for row in rows:
        group = _group(row.administrative_group)
        if group is not None:
            names = tuple(map(_class_before, row.school_classes))
            level = Level.KLEUTER if "kleuter" in group else row.level
            yield replace(row, administrative_group=group, school_classes=names, level=level)


def _group(group: str) -> str | None:
    if group.startswith("1e lj 2e gr") and not group.endswith("DBSO"):
        return "2e lj B" if group.endswith("BSO") else "2e lj A"
    if group.startswith("2e lj") and " gr " in group:
        return group.replace("2e lj", "1e lj", 1)
    return _BEFORE.get(group)


def _class_before(name: str) -> str:
    """Return "2A" for "3A", and "K3A" for the "1A" that comes after it."""
    if re.fullmatch(r"1[ABC]", name):
        return f"K3{'B' if name == '1C' else name[1]}"
    return re.sub(r"^(K?)(\d)", lambda found: f"{found[1]}{int(found[2]) - 1}", name)


def _who_left(row: EnrolmentRow, nth: int, births: Counter[date], random: Random) -> EnrolmentRow:
    """Return somebody else, who was in the same class a year earlier."""
    first_name, last_name, sex = draw_name(random)
    born = (row.birth_date or _SOME_DAY) - timedelta(days=365)
    births[born] += 1
    return replace(
        row,
        stamnummer=f"{(row.stamnummer or '')[:-4]}{9_000 + nth}",
        first_name=first_name,
        last_name=last_name,
        sex=sex,
        birth_date=born,
        identity_number=identity_number(born, sex, _UNUSED + births[born]),
    )
