"""Reports for a board: the statistics of one school or several, as PDF, Excel or CSV."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from leerid_core.errors import Refused
from leerid_core.labels import KIND_LABELS, TYPE_LABELS
from leerid_core.reports.report import Report
from leerid_core.rules.figures import Figure
from leerid_core.rules.roles import Right
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.suppression import suppressed
from leerid_core.services.usage import Usage, usage
from leerid_core.services.usage_chapters import chapter_of, together
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.work import Work

COUNTING, DRAWING = "counting", "report"


class ReportForm(StrEnum):
    """The kinds of file, by their extension."""

    PDF = "pdf"
    EXCEL = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to hand over, and the name that it is offered under."""

    name: str
    content: bytes = field(repr=False)


def make_report(
    context: Context,
    actor: Actor,
    query: UsageQuery,
    form: ReportForm,
    work: Work | None = None,
) -> ReportFile:
    """Return the report on the schools of a query: of one, or of several together and apart.

    Small groups are not singled out. What leaves is in the audit trail of each school. Raises what
    `usage` raises, `Refused("report_empty")` where nobody is enrolled, and `Cancelled`.
    """
    work = work or Work()
    report, numbers = _collect(context, actor, query, work)
    content = _make(report, form, work)
    with context.database.write() as uow:
        for number in numbers:
            authorise(uow, actor, number, Right.READ)
            record(uow, actor, "report", context.clock(), number, form=form.value)
    of = f"_{numbers[0]}" if len(numbers) == 1 else ""
    day = f"{report.made_at:%Y-%m-%d}"
    return ReportFile(f"Gebruiksstatistieken{of}_{day}.{form}", content)


def _collect(
    context: Context, actor: Actor, query: UsageQuery, work: Work
) -> tuple[Report, tuple[str, ...]]:
    everything = usage(context, actor, query)
    if not everything.totals[Figure.ENROLLED]:
        raise Refused("report_empty")
    numbers = tuple(school.number for school in everything.schools)
    apart: list[Usage] = []
    for done, number in enumerate(numbers):
        work.check()
        work.report(done, len(numbers), COUNTING)
        one = replace(query, school_numbers=(number,))
        apart.append(everything if len(numbers) == 1 else usage(context, actor, one))
    schools = tuple(chapter_of(suppressed(one)) for one in apart)
    first, last = everything.query.first, everything.query.last
    assert first is not None and last is not None  # noqa: S101, PT018 - filled in by `usage`
    report = Report(
        schools=schools,
        overall=together(chapter_of(everything), schools) if len(schools) > 1 else None,
        first=first,
        last=last,
        made_at=context.clock().astimezone(SCHOOLS_LIVE_IN),
        made_by=actor.name,
        narrowed=_narrowed(query),
    )
    return report, numbers


def _make(report: Report, form: ReportForm, work: Work) -> bytes:
    chapters = len(report.schools) + (report.overall is not None)
    done = iter(range(chapters + 1))

    def step() -> None:
        work.check()
        work.report(next(done), chapters, DRAWING)

    if form is ReportForm.PDF:
        from leerid_core.reports.report_pdf import report_pdf

        return report_pdf(report, step)
    if form is ReportForm.EXCEL:
        from leerid_core.reports.report_workbook import report_workbook

        return report_workbook(report, step)
    from leerid_core.reports.report_csv import report_csv

    return report_csv(report)


def _narrowed(query: UsageQuery) -> str:
    """Return which part of the pupils a query is about, in Dutch; "" for all."""
    asked = [
        query.account_type and f"type {TYPE_LABELS[query.account_type].lower()}",
        query.level and f"niveau {query.level.name.lower()}",
        query.group is not None and f"administratieve groep {query.group}",
        query.school_class is not None and f"(sub)klas {query.school_class}",
        query.password_kind and KIND_LABELS[query.password_kind].lower(),
    ]
    return f"Alleen {', '.join(map(str, filter(None, asked)))}" if any(asked) else ""
