"""The enrolments of a file: first what they would change, then the change itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leerid_core.errors import Refused
from leerid_core.intake import EnrolmentFile, Field, read_enrolments, rows_of_school
from leerid_core.rules.enrolment_changes import (
    NEW_PUPIL,
    Change,
    EnrolmentChange,
    SchoolRules,
    compare,
    ended,
    is_large,
    missing,
)
from leerid_core.rules.enrolments import Enrolment, EnrolmentRow
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.pupil_matching import Match, MatchedOn, match_pupils
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor, authorise
from leerid_core.services.auditing import record
from leerid_core.services.context import Context
from leerid_core.store import Import, Person, School, UnitOfWork


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change at a school, row by row; nothing has been written.

    `changes` has one entry an enrolment, `findings` everything to know about the rows, in the
    order of the file. `is_large` tells that the import stops and asks.
    """

    school_number: str
    file: EnrolmentFile
    changes: tuple[EnrolmentChange, ...]
    findings: tuple[Finding, ...]
    is_large: bool
    end_missing: bool

    def count(self, change: Change) -> int:
        """Return how many enrolments change in this way."""
        return sum(one.change is change for one in self.changes)

    def counts(self) -> dict[str, int]:
        """Return the number of each change, and of rows skipped, errors and warnings."""
        severities = Counter(finding.severity for finding in self.findings)
        return {
            **{change.value: self.count(change) for change in Change},
            "skipped": self.file.skipped,
            "errors": severities[Severity.ERROR],
            "warnings": severities[Severity.WARNING],
        }


def preview_import(
    context: Context,
    actor: Actor,
    school_number: str,
    source: bytes | Path,
    *,
    mapping: Mapping[str, Field] | None = None,
    end_missing: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportPreview:
    """Return what the file `source` would change at a school.

    `mapping` corrects the match of columns, `end_missing` also ends the enrolments that the file
    does not have, unless a row of it was kept out by an error (decision). Raises
    `UnreadableFile` for a file that cannot be read at all, `NotAllowed` for who may not import
    there.
    """
    with context.database.read() as uow:
        authorise(uow, actor, school_number, Right.IMPORT)
    file = read_enrolments(source, mapping, progress)
    with context.database.read() as uow:
        school = authorise(uow, actor, school_number, Right.IMPORT)
        return _preview(uow, context, school, file, end_missing=end_missing)


def apply_import(
    context: Context,
    actor: Actor,
    preview: ImportPreview,
    file_name: str,
    *,
    accept_large_change: bool = False,
) -> ImportPreview:
    """Write what `preview` shows, in one transaction; return what was written.

    Raises `Refused("import_large")` when more than a tenth of the enrolments would end and that
    is not accepted, `Refused("import_outdated")` when something else changed since the preview,
    and `NotAllowed` for who may not import there.
    """
    with context.database.write() as uow:
        school = authorise(uow, actor, preview.school_number, Right.IMPORT)
        fresh = _preview(uow, context, school, preview.file, end_missing=preview.end_missing)
        if fresh.changes != preview.changes:
            raise Refused("import_outdated")
        if fresh.is_large and not accept_large_change:
            raise Refused("import_large", ended=fresh.count(Change.ENDED))
        at, counts = context.clock(), fresh.counts()
        pupil_ids, replaced = _write(uow, school, fresh.changes)
        shape = preview.file.shape
        done = Import(0, school.number, file_name, shape, at, actor.name, counts)
        uow.imports.add(done, _fingerprint(preview.file.rows), replaced)
        details = {"file": file_name, **counts}
        record(uow, actor, "import", at, school.number, pupil_ids, **details)
    return fresh


def _preview(
    uow: UnitOfWork, context: Context, school: School, file: EnrolmentFile, *, end_missing: bool
) -> ImportPreview:
    today = context.today()
    current = uow.enrolments.of_school(school.number)
    own, doubles = rows_of_school(file.rows, school.number)
    identities = {
        row.row: context.keys.identity(row.identity_number) for row in own if row.identity_number
    }
    people = uow.enrolments.people(set(identities.values()))
    matches = match_pupils(own, identities, people, current, today)
    rules = SchoolRules(uow.schools.group_types(school.number), school.level)
    accepted = [match for match in matches if not match.keeps_out]
    given = {column.field.value for column in file.columns if column.field is not None}
    changes = compare(accepted, current, given, rules, today)
    gone = missing(changes, current, today)
    unmatched = [match.finding for match in matches if match.finding is not None]
    unread = [*file.findings, *doubles, *unmatched]
    # Who is missing may stand in a row that was kept out.
    ends = end_missing and all(finding.severity is not Severity.ERROR for finding in unread)
    findings = [
        *unread,
        *_of_other_schools(file.rows, school),
        *_groups_without_type(changes),
    ]
    findings.sort(key=lambda finding: finding.row or 0)
    findings += [*_how_matched(accepted, given), *_missing_findings(gone, ends=ends)]
    if ends:
        changes += [ended(enrolment, today) for enrolment in gone]
    elif end_missing and gone:
        findings.append(Finding("missing_not_ended", Severity.WARNING))
    large = is_large(changes, current, today)
    return ImportPreview(school.number, file, tuple(changes), tuple(findings), large, end_missing)


def _of_other_schools(rows: Sequence[EnrolmentRow], school: School) -> list[Finding]:
    return [
        Finding(
            "row_of_another_school",
            Severity.ERROR,
            row.row,
            parameters={"other": row.school_number, "school_number": school.number},
        )
        for row in rows
        if row.school_number not in {None, school.number}
    ]


def _groups_without_type(changes: Sequence[EnrolmentChange]) -> list[Finding]:
    first: dict[str, EnrolmentChange] = {}
    pupils: Counter[str] = Counter()
    for change in changes:
        if change.enrolment.account_type is None:
            group = change.enrolment.administrative_group
            first.setdefault(group, change)
            pupils[group] += 1
    return [
        Finding(
            "group_without_type" if group else "pupils_without_level",
            Severity.WARNING,
            change.match.row.row if change.match else None,
            parameters={"group": group, "count": pupils[group]},
        )
        for group, change in first.items()
    ]


def _how_matched(accepted: Sequence[Match], given: set[str]) -> list[Finding]:
    """A file without stamnummers says what its pupils were recognised by."""
    if Field.STAMNUMMER.value in given or not accepted:
        return []
    ways = Counter(match.matched_on for match in accepted)
    parameters = {way.value: ways[way] for way in MatchedOn}
    return [Finding("matched_without_stamnummer", Severity.INFO, parameters=parameters)]


def _missing_findings(gone: Sequence[Enrolment], *, ends: bool) -> list[Finding]:
    code = "missing_ended" if ends else "missing_from_file"
    return [
        Finding(
            code,
            Severity.WARNING,
            parameters={
                "first_name": enrolment.first_name,
                "last_name": enrolment.last_name,
                "stamnummer": enrolment.stamnummer or "zonder stamnummer",
            },
        )
        for enrolment in gone
    ]


def _write(
    uow: UnitOfWork, school: School, changes: Sequence[EnrolmentChange]
) -> tuple[set[int], dict[int, Enrolment | None]]:
    """Write every change; return whom it changed something for, and what was replaced by it."""
    new = _with_pupils(uow, [one for one in changes if one.change is Change.NEW])
    other = [one for one in changes if one.change not in {Change.NEW, Change.UNCHANGED}]
    replaced: dict[int, Enrolment | None] = dict.fromkeys(uow.enrolments.add(school.number, new))
    uow.enrolments.save([one.enrolment for one in other])
    uow.enrolments.save_people(_people_to_save(changes))
    for one in other:
        if one.enrolment.enrolment_id is not None:
            replaced[one.enrolment.enrolment_id] = one.before
    pupil_ids = {one.pupil_id for one in new} | {one.enrolment.pupil_id for one in other}
    return pupil_ids, replaced


def _with_pupils(uow: UnitOfWork, changes: Sequence[EnrolmentChange]) -> list[Enrolment]:
    """Add the pupils who are new; return the enrolments with the pupils that they are of."""
    people: list[Person] = []
    place_of: dict[object, int] = {}
    places = [_place(change.enrolment, people, place_of) for change in changes]
    ids = uow.enrolments.add_people(people)
    return [
        change.enrolment if place is None else replace(change.enrolment, pupil_id=ids[place])
        for change, place in zip(changes, places, strict=True)
    ]


def _place(enrolment: Enrolment, people: list[Person], place_of: dict[object, int]) -> int | None:
    """Return where in `people` a new pupil is, who is added there unless a row before did so.

    One file can enrol one new pupil for two school years, under one of two numbers.
    """
    if enrolment.pupil_id != NEW_PUPIL:
        return None
    numbers = [key for key in (enrolment.identity, enrolment.stamnummer) if key is not None]
    place = next((place_of[key] for key in numbers if key in place_of), len(people))
    if place == len(people):
        people.append(_person(enrolment))
    elif people[place].identity is None:
        people[place] = replace(people[place], identity=enrolment.identity)
    place_of.update(dict.fromkeys(numbers, place))
    return place


def _people_to_save(changes: Sequence[EnrolmentChange]) -> dict[int, Person]:
    """Official data follow a school that corrects them, and a number that is learned."""
    personal = {"first_name", "last_name", "sex", "birth_date"}
    people = {}
    for change in changes:
        if change.match is None or change.enrolment.pupil_id == NEW_PUPIL:
            continue
        corrected = any(difference.field in personal for difference in change.differences)
        if corrected or change.match.learned:
            identity = change.match.identity if change.match.learned else None
            people[change.enrolment.pupil_id] = replace(
                _person(change.enrolment), identity=identity
            )
    return people


def _person(enrolment: Enrolment) -> Person:
    return Person(
        enrolment.first_name,
        enrolment.last_name,
        enrolment.sex,
        enrolment.birth_date,
        enrolment.identity,
    )


def _fingerprint(rows: Sequence[EnrolmentRow]) -> str:
    """Tell two files apart in the log; identity numbers are not shown by a row, so not in it."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()
