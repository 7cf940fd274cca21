"""Sign-ins that another application tells of, from a file however long (Schoolinstellingen).

The file is read as a stream and kept in pieces, each whole: stopping it half-way loses nothing,
and reading it again counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leerid_core.errors import Cancelled, LeerIDError, Refused, UnreadableFile
from leerid_core.intake.sign_ins import (
    NAME_CHARACTERS,
    SignInFile,
    SignInFormat,
    SignInRow,
    one_line,
    open_sign_ins,
)
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, authorise, authorise_operator
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.services.frequencies import Frequencies
from leerid_core.services.work import Work
from leerid_core.store import SignInEvent, UnitOfWork

NO_APPLICATION = "Onbekend"
PIECE = 20_000
REMEMBERED = 200_000  # usernames, so that memory does not grow with the file
APPLICATIONS = 200  # more different names than this are no applications
FINDINGS, UNKNOWN_NAMES = 100, 50


@dataclass(frozen=True, slots=True)
class SignInImport:
    """What a file told, row by row.

    `new` sign-ins were kept, `known` ones had been told before, `unknown` are of usernames that
    nobody has (or nobody of this school), `wrong` rows have an error, `other` are events that are
    no sign-in. `unknown_names` holds the most frequent usernames with how often, `findings` the
    first errors. `stopped` is why not all of the file was read.
    """

    new: int
    known: int
    unknown: int
    wrong: int
    other: int
    unknown_names: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    stopped: LeerIDError | None = None

    def counts(self) -> dict[str, int]:
        """Return the numbers alone, as the trail keeps them."""
        return {
            "new": self.new,
            "known": self.known,
            "unknown": self.unknown,
            "wrong": self.wrong,
            "other": self.other,
        }


def import_sign_ins(
    context: Context,
    actor: Actor,
    school_number: str | None,
    source: bytes | Path,
    file_name: str,
    *,
    file_format: SignInFormat | None = None,
    application: str = NO_APPLICATION,
    work: Work | None = None,
) -> SignInImport:
    """Keep the sign-ins of a file; return what it told.

    With a `school_number` only those of its pupils count; without one those of everybody, which
    only the operator may. `application` is for rows that name none. A file that breaks off, or
    work that the user stops, keeps what was read before: see `stopped`. Raises `UnreadableFile`
    for a file without a single row to read, and `NotAllowed` for who may not import there.
    """
    work = work or Work()
    with context.database.read() as uow:
        _authorise(uow, actor, school_number)
    with open_sign_ins(source, file_format) as file:
        importing = _Importing(context, actor, school_number, file_name, application)
        stopped: LeerIDError | None = None
        try:
            _read(file, importing, work)
        except Cancelled:
            stopped = Refused("sign_ins_stopped")
        except UnreadableFile as error:
            if not importing.begun:
                raise
            stopped = error
        return importing.end(stopped)


def _read(file: SignInFile, importing: _Importing, work: Work) -> None:
    for row in file.rows(importing.now):
        importing.take(row)
        if importing.is_full:
            importing.keep()
            work.report(file.position * 100 // file.size, 100, "sign_ins")
            work.check()


def _authorise(uow: UnitOfWork, actor: Actor, school_number: str | None) -> None:
    if school_number is None:
        authorise_operator(actor)
    else:
        authorise(uow, actor, school_number, Right.IMPORT)


class _Importing:
    """One file on its way into the database."""

    def __init__(
        self,
        context: Context,
        actor: Actor,
        school_number: str | None,
        file_name: str,
        application: str,
    ) -> None:
        self.now = context.clock()
        self.begun = False
        self._context = context
        self._actor = actor
        self._school_number = school_number
        self._file_name = file_name
        self._application = one_line(application)[:NAME_CHARACTERS] or NO_APPLICATION
        self._applications: set[str] = set()
        self._pupils: dict[str, int | None] = {}
        self._piece: list[SignInRow] = []
        self._findings: list[Finding] = []
        self._unknown_names = Frequencies()
        self._is_in_trail = False
        self._new = self._known = self._unknown = self._wrong = self._other = 0

    @property
    def is_full(self) -> bool:
        """Whether what was taken should be kept before more is."""
        return len(self._piece) >= PIECE

    def take(self, row: SignInRow | Finding | None) -> None:
        """Take a row of the file in."""
        self.begun = True
        if row is None:
            self._other += 1
        elif isinstance(row, Finding):
            self._refuse(row)
        elif self._takes(row.application or self._application):
            self._piece.append(row)
        else:
            self._refuse(Finding("sign_in_applications_many", Severity.ERROR, row.row))

    def keep(self) -> None:
        """Write what was taken, in one transaction."""
        piece, self._piece = self._piece, []
        with self._context.database.write() as uow:
            _authorise(uow, self._actor, self._school_number)
            self._find_pupils(uow, {row.username for row in piece})
            events = list(self._events(piece))
            new = uow.sign_ins.record(events)
            if not self._is_in_trail:
                # Before the counts are known, so that an import that is killed is in it too.
                self._record(uow, "sign_ins_import", file=self._file_name)
        self._is_in_trail = True
        self._new += new
        self._known += len(events) - new

    def end(self, stopped: LeerIDError | None) -> SignInImport:
        """Write the rest and the trail; return what the file told."""
        self.keep()
        result = SignInImport(
            self._new,
            self._known,
            self._unknown,
            self._wrong,
            self._other,
            tuple(self._unknown_names.most_frequent(UNKNOWN_NAMES)),
            tuple(self._findings),
            stopped,
        )
        with self._context.database.write() as uow:
            details = {"file": self._file_name, **result.counts(), "whole": stopped is None}
            self._record(uow, "sign_ins_imported", **details)
        return result

    def _record(self, uow: UnitOfWork, action: str, **details: object) -> None:
        at = self._context.clock()
        record(uow, self._actor, action, at, self._school_number, (), **details)

    def _refuse(self, finding: Finding) -> None:
        self._wrong += 1
        if len(self._findings) < FINDINGS:
            self._findings.append(finding)

    def _takes(self, application: str) -> bool:
        if application not in self._applications and len(self._applications) < APPLICATIONS:
            self._applications.add(application)
        return application in self._applications

    def _find_pupils(self, uow: UnitOfWork, names: set[str]) -> None:
        """Look up whom names belong to that were not met before; a name never changes hands."""
        if len(self._pupils) > REMEMBERED:
            self._pupils.clear()
        unmet = names - self._pupils.keys()
        owners = uow.usernames.owners(unmet)
        if self._school_number is not None:
            own = uow.enrolments.enrolled_at(self._school_number, set(owners.values()))
            owners = {name: pupil for name, pupil in owners.items() if pupil in own}
        self._pupils.update((name, owners.get(name)) for name in unmet)

    def _events(self, piece: list[SignInRow]) -> Iterator[SignInEvent]:
        for row in piece:
            pupil_id = self._pupils[row.username]
            if pupil_id is None:
                self._unknown += 1
                self._unknown_names.add(row.username)
            else:
                yield SignInEvent(pupil_id, row.at, row.application or self._application)
