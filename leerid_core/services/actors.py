"""Who asks, and whether they may (ARCHITECTURE.md, contract 5)."""

from __future__ import annotations

from dataclasses import dataclass

from leerid_core.errors import NotAllowed, NotFound
from leerid_core.rules.roles import Right, allows
from leerid_core.store import School, UnitOfWork


@dataclass(frozen=True, slots=True)
class Administrator:
    """Someone who signed in; the rights are looked up at each call."""

    administrator_id: int
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the command line: who holds the database and the key has every right."""

    name: str
    origin: str = "opdrachtregel"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil who does something to his own account; he has no right at any school."""

    name: str
    origin: str = "Mijn LeerID"


Actor = Administrator | Operator


def authorise(uow: UnitOfWork, actor: Actor, school_number: str, right: Right) -> School:
    """Return the school when `actor` has `right` there.

    Raises `NotAllowed` otherwise, and `NotFound` for a school that does not exist; who has no
    right gets `NotAllowed` for either, so that nobody learns which schools there are.
    """
    if isinstance(actor, Administrator):
        roles = uow.administrators.roles(actor.administrator_id, school_number)
        if not allows(roles, right):
            raise NotAllowed
    school = uow.schools.get(school_number)
    if school is None:
        raise NotFound("school_unknown", school_number=school_number)
    return school


def authorise_operator(actor: Actor) -> None:
    """Let only the command line through: what concerns the installation, not one school.

    Raises `NotAllowed` for everybody else.
    """
    if not isinstance(actor, Operator):
        raise NotAllowed
