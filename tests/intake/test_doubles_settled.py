"""Pupils who stand in one file twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.intake.doubles import settle_doubles
from leerid_core.rules.enrolments import EnrolmentRow
from leerid_core.rules.findings import Severity

JAN = EnrolmentRow(
    row=2,
    first_name="Jan",
    last_name="Peeters",
    school_number="030569",
    stamnummer="7",
    school_classes=("1A",),
    birth_date=date(2012, 7, 20),
    begin_date=date(2024, 9, 1),
    end_date=date(2025, 8, 31),
)
LATER: dict[str, Any] = {"begin_date": date(2025, 1, 6), "administrative_group": "1e lj B"}


def settled(*changes: dict[str, Any]) -> tuple[list[EnrolmentRow], list[tuple[object, ...]]]:
    """Settle Jan's row and, below it, one with each of `changes`."""
    rows = [replace(JAN, row=n, **change) for n, change in enumerate(changes, start=3)]
    kept, findings = settle_doubles([JAN, *rows])
    return kept, [(f.code, f.severity, f.row, f.parameters["other"]) for f in findings]


def test_the_same_row_again_is_left_out() -> None:
    """The first is kept, the second has a warning that names the first."""
    assert settled({}) == ([JAN], [("double_row", Severity.WARNING, 3, 2)])


def test_a_change_of_group_keeps_the_latest_period() -> None:
    """The earlier row has a note, wherever it stands."""
    kept, findings = settled(LATER)
    assert [row.row for row in kept] == [3]
    assert findings == [("earlier_period", Severity.INFO, 2, 3)]


def test_two_school_years_are_two_enrolments() -> None:
    """A pupil who stays next year stands in the file twice, rightly."""
    kept, findings = settled({"begin_date": date(2025, 9, 1), "end_date": date(2026, 8, 31)})
    assert ([row.row for row in kept], findings) == ([2, 3], [])


def test_classes_are_joined_when_all_else_is_equal() -> None:
    """One row per class gives one row with all classes."""
    kept, findings = settled({"school_classes": ("2X", "1A")}, {"school_classes": ("3Y",)})
    assert kept == [replace(JAN, school_classes=("1A", "2X", "3Y"))]
    assert [(code, row) for code, _, row, _ in findings] == [
        ("classes_joined", 3),
        ("classes_joined", 4),
    ]


def test_other_differences_keep_the_first() -> None:
    """What cannot be settled is told."""
    kept, findings = settled({"administrative_group": "1e lj A"})
    assert (kept, findings) == ([JAN], [("double_differs", Severity.WARNING, 3, 2)])


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "An"},
        {"birth_date": date(2013, 1, 1)},
        {"first_name": "An", "begin_date": date(2025, 9, 1), "end_date": None},
    ],
)
def test_one_stamnummer_for_two_people_keeps_both_out(change: dict[str, object]) -> None:
    """Each row has an error that names the other: a wrong one hands a child another's key."""
    kept, findings = settled(change)
    assert kept == []
    assert findings == [
        ("stamnummer_of_two", Severity.ERROR, 2, 3),
        ("stamnummer_of_two", Severity.ERROR, 3, 2),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"stamnummer": "8"},
        {"school_number": "125252"},
        {"stamnummer": None, "identity_number": None, "birth_date": date(2013, 1, 1)},
    ],
)
def test_namesakes_are_two_pupils(change: dict[str, object]) -> None:
    """Another stamnummer, the same one in another school, or another birth date: two people."""
    kept, findings = settled(change)
    assert ([row.row for row in kept], findings) == ([2, 3], [])


def test_the_identity_number_tells_who_has_no_stamnummer() -> None:
    """The same number is the same pupil when the name agrees, and an error when it does not."""
    one = replace(JAN, stamnummer=None, identity_number="12072000219")
    same = replace(one, row=3, first_name="JÁN", begin_date=date(2025, 1, 6))
    kept, findings = settle_doubles([one, same])
    assert ([row.row for row in kept], [f.code for f in findings]) == ([3], ["earlier_period"])
    kept, findings = settle_doubles([one, replace(same, first_name="Piet")])
    assert (kept, {f.code for f in findings}) == ([], {"identity_number_of_two"})


def test_a_spelling_does_not_make_another_person() -> None:
    """With the same identity number a changed name is the same pupil."""
    one = replace(JAN, identity_number="12072000219")
    kept, findings = settle_doubles([one, replace(one, row=3, last_name="Pieters")])
    assert ([row.row for row in kept], [f.code for f in findings]) == ([2], ["double_differs"])


def test_without_any_mark_only_the_same_row_is_a_double() -> None:
    """Two namesakes in two classes, with neither number nor birth date, are both kept."""
    bare = EnrolmentRow(row=2, first_name="Jan", last_name="Peeters", school_classes=("1A",))
    rows = [bare, replace(bare, row=3, school_classes=("1B",)), replace(bare, row=4)]
    kept, findings = settle_doubles(rows)
    assert ([row.row for row in kept], [f.row for f in findings]) == ([2, 3], [4])


@given(
    st.lists(
        st.builds(
            EnrolmentRow,
            row=st.just(0),
            first_name=st.sampled_from(["Jan", "An"]),
            last_name=st.just("Maes"),
            stamnummer=st.sampled_from([None, "1", "2"]),
            school_classes=st.sampled_from([(), ("1A",), ("1B",)]),
            birth_date=st.sampled_from([None, date(2012, 1, 1)]),
            identity_number=st.sampled_from([None, "12072000219"]),
            begin_date=st.sampled_from([None, date(2024, 9, 1), date(2025, 1, 6)]),
        ),
        max_size=12,
    )
)
def test_every_row_is_kept_or_explained(rows: list[EnrolmentRow]) -> None:
    """No row disappears without a finding, none is both kept and left out, order is the file's."""
    numbered = [replace(row, row=number) for number, row in enumerate(rows)]
    kept, findings = settle_doubles(numbered)
    left_out = [finding.row or 0 for finding in findings]
    assert sorted([row.row for row in kept] + left_out) == list(range(len(rows)))
    assert [row.row for row in kept] == sorted(row.row for row in kept)
    stamnummers = [row.stamnummer for row in kept if row.stamnummer]
    assert len(stamnummers) == len(set(stamnummers))
    assert all(finding.message for finding in findings)
