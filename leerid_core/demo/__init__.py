"""The demo schools: two schools with invented pupils, as files that a school would upload."""

from leerid_core.demo.history import Learner, sign_ins
from leerid_core.demo.school_days import school_day_until
from leerid_core.demo.schools import DemoSchool, demo_schools
from leerid_core.demo.workbook import enrolment_workbook
from leerid_core.demo.year_before import LAST_YEARS, year_before

__all__ = [
    "LAST_YEARS",
    "DemoSchool",
    "Learner",
    "demo_schools",
    "enrolment_workbook",
    "school_day_until",
    "sign_ins",
    "year_before",
]
