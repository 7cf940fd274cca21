"""Prove that the counts of sign-ins equal the sign-ins themselves, or make them so."""

from __future__ import annotations

from leerid_core.services.actors import Actor, authorise_operator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.work import Work


def recount_sign_ins(context: Context, actor: Actor, work: Work | None = None) -> dict[str, int]:
    """Count all sign-ins anew, school by school; return how many counts of each were wrong.

    None should be. What is wrong is righted, each school in a transaction of its own. Raises
    `Cancelled` when the user stopped it, and `NotAllowed` for all but the operator.
    """
    authorise_operator(actor)
    work = work or Work()
    with context.database.read() as uow:
        numbers = [school.number for school in uow.schools.all()]
    wrong = {}
    for done, number in enumerate(numbers):
        work.check()
        work.report(done, len(numbers), "recounting")
        with context.database.write() as uow:
            wrong[number] = uow.sign_ins.recount(number)
            if wrong[number]:
                at = context.clock()
                record(uow, actor, "sign_ins_recounted", at, number, wrong=wrong[number])
    return wrong
