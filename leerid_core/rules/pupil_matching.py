"""Whose enrolment is this row? A wrong answer hands one child the key of another.

On the identity number first; then on the stamnummer, which is unique within a school only and is
believed only when the name or the birth date agrees; last on name and birth date within the
school (DOMAIN.md, Identity and Words; the order is a decision).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from leerid_core.rules.enrolments import Enrolment, EnrolmentRow, enrolment_period
from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.folding import fold
from leerid_core.rules.school_years import SchoolYear


class MatchedOn(StrEnum):
    """What a pupil was recognised by."""

    IDENTITY_NUMBER = "identity_number"
    STAMNUMMER = "stamnummer"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil of one row: `pupil_id` is None for a pupil who is new here.

    `identity` is the keyed hash of the row's identity number, `learned` tells that the pupil was
    known without it. A finding that is an error keeps the row out.
    """

    row: EnrolmentRow
    matched_on: MatchedOn
    pupil_id: int | None = None
    identity: bytes | None = field(default=None, repr=False)
    learned: bool = False
    finding: Finding | None = None

    @property
    def keeps_out(self) -> bool:
        """Tell whether the finding is an error, so that the row changes nothing."""
        return self.finding is not None and self.finding.severity is Severity.ERROR


def match_pupils(
    rows: Sequence[EnrolmentRow],
    identities: Mapping[int, bytes],
    people: Mapping[bytes, int],
    enrolments: Iterable[Enrolment],
    today: date,
) -> list[Match]:
    """Return the match of every row, in the order of `rows`.

    `identities` holds the keyed hash of the identity number per row number, `people` the pupil
    that has such a hash in any school, `enrolments` every enrolment that this school ever had.
    """
    known = _KnownPupils(enrolments)
    matches = [_match(row, identities.get(row.row), people, known) for row in rows]
    learned: dict[bytes, int] = {}
    for match in matches:
        if match.learned and match.identity is not None and match.pupil_id is not None:
            learned.setdefault(match.identity, match.pupil_id)
    seen: dict[tuple[int | bytes, SchoolYear], int] = {}
    return [_once(_informed(match, learned, known), seen, today) for match in matches]


def _informed(match: Match, learned: Mapping[bytes, int], known: _KnownPupils) -> Match:
    """A number that one row teaches holds for the other rows of the file too."""
    identity = match.identity
    if identity is None or match.pupil_id == learned.get(identity, match.pupil_id):
        return match
    return _match(match.row, identity, learned, known)


def _once(match: Match, seen: dict[tuple[int | bytes, SchoolYear], int], today: date) -> Match:
    """A pupil is enrolled once a school year: the second row of one pupil is kept out."""
    person = match.pupil_id if match.pupil_id is not None else match.identity
    if person is None or match.keeps_out:
        return match
    year, _, _ = enrolment_period(match.row.begin_date, match.row.end_date, today)
    first = seen.setdefault((person, year), match.row.row)
    if first == match.row.row:
        return match
    return replace(match, finding=_error("pupil_twice", match.row, other=first))


class _KnownPupils:
    """The pupils of the school, to be found by stamnummer and by name and birth date."""

    def __init__(self, enrolments: Iterable[Enrolment]) -> None:
        self.by_stamnummer: dict[str, Enrolment] = {}
        self.by_name: defaultdict[tuple[str, str, date], dict[int, Enrolment]] = defaultdict(dict)
        for enrolment in sorted(enrolments, key=lambda enrolment: enrolment.school_year):
            if enrolment.stamnummer is not None:
                self.by_stamnummer[enrolment.stamnummer] = enrolment
            if enrolment.birth_date is not None:
                key = (*_name(enrolment), enrolment.birth_date)
                self.by_name[key][enrolment.pupil_id] = enrolment


def _match(
    row: EnrolmentRow, identity: bytes | None, people: Mapping[bytes, int], known: _KnownPupils
) -> Match:
    holder = known.by_stamnummer.get(row.stamnummer) if row.stamnummer else None
    if identity is not None and identity in people:
        return _by_identity(row, identity, people[identity], holder)
    if holder is not None:
        return _by_stamnummer(row, identity, holder)
    return _by_name(row, identity, known)


def _by_identity(
    row: EnrolmentRow, identity: bytes, pupil_id: int, holder: Enrolment | None
) -> Match:
    match = Match(row, MatchedOn.IDENTITY_NUMBER, pupil_id, identity)
    if holder is None or holder.pupil_id == pupil_id:
        return match
    code = "person_known_twice" if _agrees(row, holder) else "stamnummer_of_another"
    return replace(match, finding=_error(code, row, other=_shown(holder)))


def _by_stamnummer(row: EnrolmentRow, identity: bytes | None, holder: Enrolment) -> Match:
    match = Match(row, MatchedOn.STAMNUMMER, holder.pupil_id, identity)
    if not _agrees(row, holder):
        return replace(match, finding=_error("stamnummer_of_another", row, other=_shown(holder)))
    if identity is None or holder.identity == identity:
        return match
    if holder.identity is None:
        return replace(match, learned=True)
    # A bisnummer gives way to a rijksregisternummer: believed when name and birth date agree.
    if _name(row) != _name(holder) or row.birth_date != holder.birth_date:
        return replace(match, finding=_error("stamnummer_of_another", row, other=_shown(holder)))
    warning = Finding("identity_number_changed", Severity.WARNING, row.row)
    return replace(match, learned=True, finding=warning)


def _by_name(row: EnrolmentRow, identity: bytes | None, known: _KnownPupils) -> Match:
    nobody = Match(row, MatchedOn.NOTHING, None, identity)
    if row.birth_date is None:
        if row.stamnummer is None and identity is None:
            return replace(nobody, finding=_error("pupil_unrecognisable", row))
        return nobody
    namesakes = known.by_name.get((*_name(row), row.birth_date), {}).values()
    candidates = [known_pupil for known_pupil in namesakes if _may_be(row, identity, known_pupil)]
    if not candidates:
        return nobody
    if len(candidates) > 1:
        return replace(nobody, finding=_error("several_namesakes", row, count=len(candidates)))
    pupil = candidates[0]
    learned = identity is not None and pupil.identity is None
    note = Finding("matched_on_name", Severity.INFO, row.row)
    return Match(row, MatchedOn.NAME, pupil.pupil_id, identity, learned, note)


def _may_be(row: EnrolmentRow, identity: bytes | None, pupil: Enrolment) -> bool:
    """A namesake born on the same day is another child when any number tells them apart."""
    if identity is not None and pupil.identity is not None:
        return False
    return row.stamnummer is None or pupil.stamnummer is None


def _agrees(row: EnrolmentRow, enrolment: Enrolment) -> bool:
    """A stamnummer is believed when the name or the birth date is still the same."""
    same_birth_date = row.birth_date is not None and row.birth_date == enrolment.birth_date
    return same_birth_date or _name(row) == _name(enrolment)


def _name(person: EnrolmentRow | Enrolment) -> tuple[str, str]:
    return fold(person.first_name), fold(person.last_name)


def _shown(enrolment: Enrolment) -> str:
    return f"{enrolment.first_name} {enrolment.last_name}"


def _error(code: str, row: EnrolmentRow, **parameters: object) -> Finding:
    return Finding(code, Severity.ERROR, row.row, parameters=parameters)
