"""The demo schools: two schools with invented pupils, as files that a school would upload."""

from leerid_core.demo.schools import DemoSchool, demo_schools
from leerid_core.demo.workbook import enrolment_workbook

__all__ = ["DemoSchool", "demo_schools", "enrolment_workbook"]
