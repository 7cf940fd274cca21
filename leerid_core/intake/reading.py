"""Read an enrolment file whole: what it is, whom it holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leerid_core.errors import UnreadableFile
from leerid_core.intake import delimited, informat_xml, workbooks
from leerid_core.intake.columns import ColumnMatch, columns_by_field
from leerid_core.intake.doubles import settle_doubles
from leerid_core.intake.fields import Field, Shape
from leerid_core.intake.rows import LeftOut, read_row
from leerid_core.intake.source import Container, read_bounded, recognise_container
from leerid_core.intake.tables import Record, Table, first_table
from leerid_core.intake.text_encoding import detect_encoding
from leerid_core.rules.enrolments import EnrolmentRow
from leerid_core.rules.findings import Finding

_ROWS_PER_REPORT = 500


@dataclass(frozen=True, slots=True)
class EnrolmentFile:
    """What a file holds.

    `encoding` is that of a text file, by its Python name. `columns` are in the file's order,
    `rows` and `findings` by row. Of the `read` rows that stand for a pupil, `skipped` were annulled
    or provisional; the others that are not in `rows` have a finding.
    """

    shape: Shape
    encoding: str | None
    columns: tuple[ColumnMatch, ...]
    rows: tuple[EnrolmentRow, ...]
    findings: tuple[Finding, ...]
    skipped: int
    read: int


def read_enrolments(
    source: BinaryIO | bytes | Path,
    mapping: Mapping[str, Field] | None = None,
    progress: Callable[[int], None] | None = None,
) -> EnrolmentFile:
    """Return the enrolments in `source`, whatever kind of list it is (DOMAIN.md, Files).

    `mapping` says for a header, as `columns` shows it, which field the user wants in it.
    `progress` is told how many rows were read, now and then and at the end; what it raises stops
    the reading.

    A row that cannot be used is left out with a finding; it never stops the file. Raises
    `UnreadableFile` for a file that is no list, is damaged or exceeds `bounds`, and `Refused` for
    a `mapping` that does not fit the file (see `columns.match_columns`).
    """
    data = read_bounded(source)
    container = recognise_container(data)
    encoding = detect_encoding(data) if container is Container.TEXT else None
    table = first_table(_candidates(data, container, encoding), mapping or {})
    reading = _Reading(table, by_lines=encoding is not None)
    count = 0
    for count, (row, cells) in enumerate(table.records, start=1):
        reading.add(row, cells)
        if progress and count % _ROWS_PER_REPORT == 0:
            progress(count)
    if progress:
        progress(count)
    return reading.result(encoding)


def _candidates(
    data: bytes, container: Container, encoding: str | None
) -> Iterable[Iterator[Record]]:
    """The ways to read a file as a list: each sheet of a workbook, a text by each separator."""
    if container is Container.WORKBOOK:
        return workbooks.read_sheets(data)
    if encoding is None:
        return [informat_xml.read_records(data)]
    return (delimited.read_records(data, encoding, separator) for separator in delimited.SEPARATORS)


class _Reading:
    """The rows and findings so far."""

    def __init__(self, table: Table, *, by_lines: bool) -> None:
        self.table = table
        self.by_lines = by_lines
        self.columns = columns_by_field(table.columns)
        self.rows: list[EnrolmentRow] = []
        self.findings: list[Finding] = []
        self.read = 0
        self.skipped = 0

    def add(self, row: int, cells: Sequence[object]) -> None:
        if self.by_lines and (finding := delimited.check_record(row, cells, self.table.width)):
            self.read += 1
            self.findings.append(finding)
            return
        enrolment, findings = read_row(row, cells, self.columns)
        self.findings += findings
        self.read += enrolment is not LeftOut.NO_PUPIL
        self.skipped += enrolment is LeftOut.SKIPPED
        if isinstance(enrolment, EnrolmentRow):
            self.rows.append(enrolment)

    def result(self, encoding: str | None) -> EnrolmentFile:
        if not self.read:
            raise UnreadableFile("no_pupils")
        rows, doubles = settle_doubles(self.rows)
        findings = sorted(self.findings + doubles, key=lambda finding: finding.row or 0)
        return EnrolmentFile(
            self.table.shape,
            encoding,
            self.table.columns,
            tuple(rows),
            tuple(findings),
            self.skipped,
            self.read,
        )
