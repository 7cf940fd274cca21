"""Two invented schools of realistic size, as the enrolments that a school's file gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from leerid_core.demo.classes import SchoolClass, primary_classes, secondary_classes
from leerid_core.demo.names import HARD_NAMES, draw_name
from leerid_core.demo.pupils import Chance
from leerid_core.rules.enrolments import EnrolmentRow, Level, Sex
from leerid_core.rules.folding import fold
from leerid_core.rules.school_years import SchoolYear


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A demo school; `level` is that of most of its pupils, `rows` are sorted by name."""

    number: str
    name: str
    level: Level
    rows: tuple[EnrolmentRow, ...]


def demo_schools(today: date, seed: int = 2026) -> tuple[DemoSchool, DemoSchool]:
    """Return a primary school of 412 pupils and a secondary school of 688, invented throughout.

    The same arguments give the same schools. The enrolments are those of the school year of
    `today`, and all of them run on that day: who came late did so by then, who leaves early does
    so afterwards. The school numbers are far above those in use.
    """
    chance = Chance(today, Random(seed))  # noqa: S311 - nothing here is secret
    primary = _places(primary_classes())
    secondary = _places(secondary_classes())
    lower = _rows("990412", primary, _primary_stamnummers(primary), chance)
    upper = _rows("990688", secondary, _secondary_stamnummers(secondary, today), chance)
    return (
        DemoSchool("990412", "BRUSSEL-STAD - TEST School 1", Level.LAGER, lower),
        DemoSchool("990688", "BRUSSEL-STAD - TEST School 2", Level.SECUNDAIR, upper),
    )


def _places(classes: Iterable[SchoolClass]) -> list[SchoolClass]:
    return [school_class for school_class in classes for _ in range(school_class.size)]


def _primary_stamnummers(places: Sequence[SchoolClass]) -> list[str]:
    """Number the pupils through, the youngest last come; the oldest have a leading zero."""
    return [f"{10_261 - place:05}" for place in range(len(places))]


def _secondary_stamnummers(places: Sequence[SchoolClass], today: date) -> list[str]:
    """Number the pupils within the year they came, whose last two digits stand in front."""
    given: Counter[int] = Counter()
    stamnummers = []
    for place in places:
        years_here = 0 if place.group == "OKAN" else place.age - 12
        came = SchoolYear.of(today).start - years_here
        given[came] += 1
        stamnummers.append(f"{came % 100:02}{given[came]:05}")
    return stamnummers


def _rows(
    number: str, places: Sequence[SchoolClass], stamnummers: Sequence[str], chance: Chance
) -> tuple[EnrolmentRow, ...]:
    names = [draw_name(chance.random) for _ in places]
    spread = chance.random.sample(range(len(places)), len(HARD_NAMES))
    for place, name in zip(spread, HARD_NAMES, strict=True):
        names[place] = name
    rows = [
        _row(number, stamnummer, place, name, chance)
        for stamnummer, place, name in zip(stamnummers, places, names, strict=True)
    ]
    rows.sort(key=lambda row: (fold(row.last_name), fold(row.first_name)))
    # Row 1 of the file is its header.
    return tuple(replace(row, row=position) for position, row in enumerate(rows, start=2))


def _row(
    number: str, stamnummer: str, place: SchoolClass, name: tuple[str, str, Sex], chance: Chance
) -> EnrolmentRow:
    first_name, last_name, sex = name
    birth_date = chance.birth_date(place)
    begin_date, end_date = chance.period()
    return EnrolmentRow(
        row=0,
        first_name=first_name,
        last_name=last_name,
        school_number=number,
        stamnummer=stamnummer,
        administrative_group=place.group,
        level=place.level,
        school_classes=place.names,
        sex=sex,
        birth_date=birth_date,
        identity_number=chance.identity_number(place, birth_date, sex),
        begin_date=begin_date,
        end_date=end_date,
    )
