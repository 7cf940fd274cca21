"""An uploaded file becomes enrolment rows with findings, by its content and never by its name."""

from __future__ import annotations

from leerid_core.intake.columns import ColumnMatch, Match
from leerid_core.intake.doubles import rows_of_school
from leerid_core.intake.fields import Field, Shape
from leerid_core.intake.reading import EnrolmentFile, read_enrolments

__all__ = [
    "ColumnMatch",
    "EnrolmentFile",
    "Field",
    "Match",
    "Shape",
    "read_enrolments",
    "rows_of_school",
]
