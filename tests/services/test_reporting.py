"""Reports and follow-up lists of a real school: what is in them, and who is told."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pypdf
import pytest
from openpyxl import load_workbook
from service_world import OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.errors import Cancelled, Refused
from leerid_core.reports.report import Chapter
from leerid_core.rules.figures import DEFINITIONS, Figure
from leerid_core.rules.roles import Role
from leerid_core.services.actors import Actor
from leerid_core.services.follow_up import make_follow_up
from leerid_core.services.reporting import ReportForm, make_report
from leerid_core.services.schools import share_classes
from leerid_core.services.suppression import suppressed
from leerid_core.services.usage import usage
from leerid_core.services.usage_chapters import chapter_of, together
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.work import Work
from leerid_core.store import PupilQuery

NEVER = DEFINITIONS[Figure.NEVER_SIGNED_IN].name
ONE = UsageQuery((SCHOOL,))


@pytest.fixture
def school(world: World) -> World:
    """Fourteen pupils in two classes, with accounts for 20 days; seven of 4A signed in."""
    names = [f"An{chr(97 + at)} Peeters" for at in range(7)]
    late = [f"Bo{chr(97 + at)} Maes" for at in range(7)]
    share_classes(world.context, world.operator, SCHOOL, share=True)
    world.enrol(
        *(Child(f"{at:03}", name) for at, name in enumerate(names)),
        *(Child(f"1{at:02}", name, classes="4B") for at, name in enumerate(late)),
    )
    world.create()
    world.clock.forward(days=20)
    for name in names:
        world.sign_in(name)
    return world


def _lines(world: World, query: UsageQuery = ONE, actor: Actor | None = None) -> Any:
    made = make_report(world.context, actor or world.operator, query, ReportForm.CSV)
    return list(csv.DictReader(StringIO(made.content.decode("utf-8-sig")), delimiter=";"))


def _names(content: bytes) -> list[tuple[str, str]]:
    rows = load_workbook(BytesIO(content)).active.iter_rows(min_row=4, values_only=True)
    return [(str(row[0]), f"{row[1]} {row[2]}") for row in rows]


def test_a_report_has_the_figures_of_the_school(school: World) -> None:
    """In each form, of a class too, under a name that tells which school and which day."""
    lines = {line["Deel"]: line for line in _lines(school)}
    assert (lines["Alles"]["Ingeschreven"], lines["Alles"][NEVER]) == ("14", "7")
    assert (lines["4A"][NEVER], lines["4B"][NEVER]) == ("0", "7")
    excel = make_report(school.context, school.operator, ONE, ReportForm.EXCEL)
    assert excel.name == f"Gebruiksstatistieken_{SCHOOL}_2026-12-13.xlsx"
    of_class = UsageQuery((SCHOOL,), school_class="4B")
    pdf = make_report(school.context, school.operator, of_class, ReportForm.PDF)
    first, second, *_ = (
        page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.content)).pages
    )
    assert "Alleen (sub)klas 4B" in first
    assert "telt 7" in second.replace("\n", " ")
    assert school.trail().count("report") == 3


def test_a_report_singles_out_no_small_group(school: World) -> None:
    """Two who never signed in are not told, nor what would give them away."""
    for at in range(5):
        school.sign_in(f"Bo{chr(97 + at)}")
    lines = {line["Deel"]: line for line in _lines(school)}
    assert lines["Alles"][NEVER] == ""
    assert lines["4B"][NEVER] == ""
    assert "" in (lines["Alles"]["Met account"], lines["Alles"]["Ooit aangemeld"])


def test_all_schools_of_who_asks(school: World) -> None:
    """The operator gets both, an administrator those where he may read.

    A school of three tells nothing by being added to one of fourteen.
    """
    school.enrol(*(Child(f"{at:03}", f"Cé{at} Claes") for at in range(3)), school=OTHER_SCHOOL)
    assert [line["Ingeschreven"] for line in _lines(school, UsageQuery())[:3]] == ["", "14", ""]
    assert "report" in school.trail(OTHER_SCHOOL)
    viewer = school.administrator("viewer", Role.VIEWER)
    assert {line["Instelling"] for line in _lines(school, UsageQuery(), viewer)} == {
        f"School {SCHOOL} ({SCHOOL})"
    }
    context, operator = school.context, school.operator
    apart = [
        chapter_of(suppressed(usage(context, operator, UsageQuery((number,)))))
        for number in (SCHOOL, OTHER_SCHOOL)
    ]
    overall = together(chapter_of(usage(context, operator, UsageQuery())), apart)
    for figure in Figure:
        known = [one.totals[figure] for one in apart]
        assert overall.totals[figure] == (None if None in known else sum(_counts(apart, figure)))
    assert overall.sign_ins is None
    assert [one.empty for one in (overall.per_day, overall.per_hour)] == [True, True]
    assert len(overall.breakdowns) == 1


def _counts(chapters: list[Chapter], figure: Figure) -> list[int]:
    return [one.totals[figure] or 0 for one in chapters]


def test_a_school_without_pupils_has_no_report(world: World) -> None:
    """A sentence instead of empty pages; the trail stays as it was."""
    with pytest.raises(Refused, match="report_empty"):
        make_report(world.context, world.operator, ONE, ReportForm.PDF)
    assert "report" not in world.trail()


def test_a_report_that_is_stopped_leaves_no_trace(world: World) -> None:
    """Nothing left the system, so the trail says nothing."""
    world.enrol_names(*(f"Jan{at} Peeters" for at in range(5)))
    for form in ReportForm:
        with pytest.raises(Cancelled):
            make_report(world.context, world.operator, ONE, form, Work(cancelled=lambda: True))
    assert "report" not in world.trail()


def test_who_never_signed_in_is_listed_by_class(school: World) -> None:
    """Not who did, nor who has no account; and the trail knows who was listed."""
    school.enrol(Child("901", "Zonder Account"))
    school.sign_in("Boa")
    made = make_follow_up(school.context, school.operator, ONE, ReportForm.EXCEL)
    assert _names(made.content) == [("4B", f"Bo{letter} Maes") for letter in "bcdefg"]
    assert made.name == f"Nog_niet_aangemeld_{SCHOOL}_2026-12-13.xlsx"
    with school.context.database.read() as uow:
        entry = uow.audit.of_school(SCHOOL)[-1]
    assert entry.action == "follow_up"
    assert "Maes" not in str(entry.details)


def test_a_list_can_be_of_some_classes(school: World) -> None:
    """Each under the name that was asked for, with the day of the last card."""
    school.renew(PupilQuery(search="Maes"))
    made = make_follow_up(
        school.context, school.operator, ONE, ReportForm.EXCEL, ["4B", "4A", "4B"]
    )
    assert {group for group, _ in _names(made.content)} == {"4B"}
    rows = load_workbook(BytesIO(made.content)).active.iter_rows(min_row=4, values_only=True)
    assert [row[7].date() for row in rows] == [date(2026, 12, 13)] * 7
    share_classes(school.context, school.operator, SCHOOL, share=False)
    with pytest.raises(Refused, match="classes_not_shared"):
        make_follow_up(school.context, school.operator, ONE, ReportForm.PDF, ["4B"])
    made = make_follow_up(school.context, school.operator, ONE, ReportForm.EXCEL)
    assert {group for group, _ in _names(made.content)} == {"4de leerjaar"}


@pytest.mark.parametrize(
    ("query", "form", "code"),
    [
        (ONE, ReportForm.CSV, "follow_up_form"),
        (UsageQuery(), ReportForm.PDF, "follow_up_one_school"),
        (UsageQuery((SCHOOL, OTHER_SCHOOL)), ReportForm.PDF, "follow_up_one_school"),
    ],
)
def test_lists_that_there_are_not(
    world: World, query: UsageQuery, form: ReportForm, code: str
) -> None:
    """A list is of one school, on paper or in Excel."""
    with pytest.raises(Refused, match=code):
        make_follow_up(world.context, world.operator, query, form)
