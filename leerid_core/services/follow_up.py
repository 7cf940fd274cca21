"""Follow-up lists: who never signed in, by class, for the school itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from leerid_core.errors import Refused
from leerid_core.labels import KIND_LABELS
from leerid_core.reports.follow_up import FollowUp, Waiting, by_group
from leerid_core.rules.figures import Figure
from leerid_core.rules.roles import Right
from leerid_core.rules.school_time import SCHOOLS_LIVE_IN, school_day
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.pupils import Pupil, list_pupils
from leerid_core.services.reporting import DRAWING, ReportFile, ReportForm
from leerid_core.services.usage import pupils_behind, query_year
from leerid_core.services.usage_query import UsageQuery
from leerid_core.services.work import Work
from leerid_core.store import ListedPupil

NO_GROUP = "Zonder groep"


def make_follow_up(
    context: Context,
    actor: Actor,
    query: UsageQuery,
    form: ReportForm,
    classes: Collection[str] = (),
    work: Work | None = None,
) -> ReportFile:
    """Return the list of who has an account and never signed in, of the one school of a query.

    Under the (sub)klassen asked for, else under the first of each pupil, else under the
    administrative group. It has names, so it is in the audit trail with the pupils on it; it has
    no passwords. Raises what `usage` raises, `Refused("follow_up_one_school")` without just one
    school, `Refused("follow_up_form")` for a CSV, and `Cancelled`.
    """
    if form is ReportForm.CSV:
        raise Refused("follow_up_form")
    if query.school_numbers is None or len(query.school_numbers) != 1:
        raise Refused("follow_up_one_school")
    number, work = query.school_numbers[0], work or Work()
    found = _never_signed_in(context, actor, query, sorted(set(classes)) or [query.school_class])
    ids = {pupil.listed.pupil_id for _, pupil in found}
    with context.database.write() as uow:
        school = authorise(uow, actor, number, Right.READ)
        handed_out = uow.batches.last_hand_outs(ids)
        record(uow, actor, "follow_up", context.clock(), number, ids, form=form.value)
    follow_up = FollowUp(
        school=f"{school.name} ({school.number})",
        head="(sub)Klas" if school.shares_classes else "Administratieve groep",
        pupils=tuple(
            _waiting(name, pupil.listed, handed_out.get(pupil.listed.pupil_id))
            for name, pupil in found
        ),
        made_at=context.clock().astimezone(SCHOOLS_LIVE_IN),
        made_by=actor.name,
    )
    name = f"Nog_niet_aangemeld_{number}_{context.today():%Y-%m-%d}.{form}"
    return ReportFile(name, _make(follow_up, form, work))


def _never_signed_in(
    context: Context, actor: Actor, query: UsageQuery, classes: Sequence[str | None]
) -> list[tuple[str | None, Pupil]]:
    """Return each pupil with the class that was asked for, by name within it."""
    year = query_year(context, query)
    found: list[tuple[str | None, Pupil]] = []
    for name in classes:
        narrowed = replace(query, school_class=name)
        behind = pupils_behind(context, actor, narrowed, Figure.NEVER_SIGNED_IN)
        for number, pupils in behind.items():
            listed = list_pupils(context, actor, number, pupils, year=year).pupils
            found += [(name, pupil) for pupil in listed]
    return found


def _waiting(asked: str | None, listed: ListedPupil, handed_out: datetime | None) -> Waiting:
    first_class = listed.school_classes[0] if listed.school_classes else None
    return Waiting(
        group=asked or first_class or listed.administrative_group or NO_GROUP,
        first_name=listed.first_name,
        last_name=listed.last_name,
        stamnummer=listed.stamnummer or "",
        administrative_group=listed.administrative_group,
        username=listed.username or "",
        password_kind=KIND_LABELS[listed.password_kind],
        handed_out=school_day(handed_out) if handed_out else None,
    )


def _make(follow_up: FollowUp, form: ReportForm, work: Work) -> bytes:
    groups = len(by_group(follow_up.pupils))
    done = iter(range(groups + 1))

    def step() -> None:
        work.check()
        work.report(next(done), groups, DRAWING)

    if form is ReportForm.EXCEL:
        from leerid_core.reports.follow_up_workbook import follow_up_workbook

        return follow_up_workbook(follow_up)
    from leerid_core.reports.follow_up_pdf import follow_up_pdf

    return follow_up_pdf(follow_up, step)
