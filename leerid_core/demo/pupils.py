"""One invented pupil in a class: birth date, identity number and period of enrolment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from leerid_core.demo.classes import SchoolClass
from leerid_core.demo.identity import identity_number
from leerid_core.rules.enrolments import Level, Sex
from leerid_core.rules.school_years import SchoolYear

# How many of a hundred pupils are of the class's own age, one year older and two years older.
_AGES = {
    Level.KLEUTER: (100, 0, 0),
    Level.LAGER: (90, 10, 0),
    Level.SECUNDAIR: (74, 20, 6),
}


@dataclass(frozen=True, slots=True)
class Chance:
    """What is drawn for pupils: all of it from `random`, as seen on `today`.

    `births` counts the numbers given out for a day of birth, so that no two pupils share one.
    """

    today: date
    random: Random
    births: Counter[date] = field(default_factory=Counter)

    def birth_date(self, school_class: SchoolClass) -> date:
        """Draw a birth date that fits the class; some pupils have repeated a year."""
        (repeated,) = self.random.choices((0, 1, 2), _AGES[school_class.level])
        first = date(SchoolYear.of(self.today).start - school_class.age - repeated, 1, 1)
        return first + timedelta(days=self.random.randrange(365))

    def identity_number(self, school_class: SchoolClass, birth_date: date, sex: Sex) -> str | None:
        """Draw a number; 3 % have none, and newcomers often have none or a bisnummer."""
        newcomer = school_class.group == "OKAN"
        drawn = self.random.random()
        if drawn < (0.25 if newcomer else 0.03):
            return None
        self.births[birth_date] += 1
        nth = self.births[birth_date] - 1
        return identity_number(birth_date, sex, nth, bis=newcomer and drawn < 0.5)

    def period(self) -> tuple[date, date]:
        """Draw begin and end: 4 % came after 1 September, 2 % leave before 31 August."""
        year = SchoolYear.of(self.today)
        drawn, when = self.random.random(), self.random.random()
        if drawn < 0.04:
            return year.begin + when * (self.today - year.begin), year.end
        if drawn > 0.98:
            return year.begin, self.today + when * (year.end - self.today)
        return year.begin, year.end
