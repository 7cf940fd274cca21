"""Whatever a file holds: a list with findings, or one sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from intake_files import SAMPLES, text_file, workbook

from leerid_core.errors import UnreadableFile
from leerid_core.intake import EnrolmentFile, Field, read_enrolments
from leerid_core.messages import sentence

LABELS = [field.label for field in Field if field is not Field.IGNORE]
TEXTS = st.text(max_size=40)
SHEET_TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
CELLS = st.one_of(
    st.none(),
    SHEET_TEXTS,
    st.sampled_from(
        ["#N/A", "1e999", "0", "-1", "31/02/2012", "=1+1", "?", "x" * 1_001, "\r\n" * 9]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
SAMPLE_FILES = sorted(SAMPLES.iterdir())


def read_or_refuse(data: bytes) -> EnrolmentFile | None:
    """Read a file; what is not read is refused with a sentence."""
    try:
        file = read_enrolments(data)
    except UnreadableFile as refusal:
        sentence(refusal.code, refusal.parameters)  # raises for a code without one
        return None
    assert all(finding.message and finding.row for finding in file.findings)
    assert len(file.rows) + file.skipped <= file.read
    assert all(row.first_name and row.last_name for row in file.rows)
    return file


def is_explained(file: EnrolmentFile) -> bool:
    """Tell whether each row that was read is kept, skipped or found wanting."""
    found = {finding.row for finding in file.findings} - {row.row for row in file.rows}
    return len(file.rows) + len(found) + file.skipped == file.read


@given(st.lists(st.lists(TEXTS, min_size=len(LABELS), max_size=len(LABELS)), max_size=4))
def test_any_text_in_any_cell_of_a_text_file(rows: list[list[str]]) -> None:
    """No text of a cell stops the file, and every row is accounted for."""
    encodable = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    file = read_or_refuse(text_file(LABELS, *encodable))
    assert file is None or is_explained(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=len(LABELS), max_size=len(LABELS)), max_size=3))
def test_any_value_in_any_cell_of_a_workbook(rows: list[list[object]]) -> None:
    """No value of a cell stops the file, and every row is accounted for."""
    file = read_or_refuse(workbook([LABELS, *rows]))
    assert file is None or is_explained(file)


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"\xff\xfe<")
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind are a list or refused."""
    read_or_refuse(data)


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_sample_that_broke_off(path: Path, data: st.DataObject) -> None:
    """The first part of a real file is a list or refused."""
    content = path.read_bytes()
    read_or_refuse(content[: data.draw(st.integers(0, len(content)))])


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_sample_that_was_changed(path: Path, data: st.DataObject) -> None:
    """A real file with bytes changed, put in or taken out is a list or refused."""
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.integers(0, 8))
        content[start : start + gone] = data.draw(st.binary(max_size=8))
    read_or_refuse(bytes(content))
