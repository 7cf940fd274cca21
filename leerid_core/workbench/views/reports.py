"""Reports and follow-up lists by button: made beside the page, then given to the browser."""

from __future__ import annotations

from collections.abc import Callable

from leerid_core.services.follow_up import make_follow_up
from leerid_core.services.reporting import ReportFile, ReportForm, make_report
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.work import Work
from leerid_core.workbench.components.files import CSV, PDF, WORKBOOK
from leerid_core.workbench.desk import Desk
from leerid_core.workbench.preloading import preload

FORM_LABELS = {ReportForm.PDF: "PDF", ReportForm.EXCEL: "Excel", ReportForm.CSV: "CSV"}
_MEDIA_TYPES = {ReportForm.PDF: PDF, ReportForm.EXCEL: WORKBOOK, ReportForm.CSV: CSV}


def give_report(desk: Desk, query: UsageQuery, form: ReportForm) -> None:
    """Make the report on a query, and let the browser save it.

    Raises `Refused("work_under_way")` while other work is being done.
    """
    _give(desk, form, lambda work: make_report(desk.context, desk.actor, query, form, work))


def give_follow_up(desk: Desk, query: UsageQuery, form: ReportForm) -> None:
    """Make the list of who never signed in, and let the browser save it; raises likewise."""
    _give(desk, form, lambda work: make_follow_up(desk.context, desk.actor, query, form, work=work))


def _give(desk: Desk, form: ReportForm, make: Callable[[Work], ReportFile]) -> None:
    def work(work: Work) -> ReportFile:
        preload()
        return make(work)

    def done(made: ReportFile) -> None:
        desk.download.give(made.name, _MEDIA_TYPES[form], made.content)
        desk.message.tell(f"{made.name} wordt gedownload.", "success")

    desk.run(work, done)
