"""Take back the last import of a school: the wrong file, or the file of another year."""

from __future__ import annotations

from leerid_core.errors import NotFound, Refused
from leerid_core.rules.enrolments import Enrolment
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.store import Import, Person, UnitOfWork


def undo_import(context: Context, actor: Actor, number: int) -> Import:
    """Bring the enrolments of a school back to what they were before its last import.

    What was new is gone, what changed is as before; an identity number that was learned stays.
    Raises `Refused` for an import that is not the last one or was undone already, and when new
    pupils got a LeerID since; `NotFound` for an unknown import; `NotAllowed` for who may not
    import there.
    """
    at = context.clock()
    with context.database.write() as uow:
        done = uow.imports.get(number)
        if done is None:
            raise NotFound("import_unknown")
        authorise(uow, actor, done.school_number, Right.IMPORT)
        if done.undone_at is not None or uow.imports.of_school(done.school_number)[0] != done:
            raise Refused("import_not_last")
        replaced = uow.imports.replaced(number)
        before = [old for old in replaced.values() if old is not None]
        new = [enrolment_id for enrolment_id, old in replaced.items() if old is None]
        pupil_ids = uow.enrolments.pupils_of(new)
        _check_no_accounts(uow, pupil_ids, done)
        uow.enrolments.remove(new)
        uow.enrolments.save(before)
        uow.enrolments.save_people({old.pupil_id: _person(old) for old in before})
        uow.imports.mark_undone(number, at)
        pupil_ids |= {old.pupil_id for old in before}
        record(uow, actor, "import_undone", at, done.school_number, pupil_ids, number=number)
    return done


def _check_no_accounts(uow: UnitOfWork, pupil_ids: set[int], done: Import) -> None:
    accounts = uow.accounts.of_pupils(pupil_ids).values()
    count = sum(account.created_at >= done.applied_at for account in accounts)
    if count:
        raise Refused("import_has_accounts", count=count)


def _person(enrolment: Enrolment) -> Person:
    return Person(enrolment.first_name, enrolment.last_name, enrolment.sex, enrolment.birth_date)
