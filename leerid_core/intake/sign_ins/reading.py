"""Open a file with sign-ins, tell its format, and read it row by row."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from leerid_core.errors import UnreadableFile
from leerid_core.intake.delimited import SEPARATORS, records
from leerid_core.intake.sign_ins import json_values
from leerid_core.intake.sign_ins.columns import find_columns, written_by_keys
from leerid_core.intake.sign_ins.rows import (
    SignInFormat,
    SignInRow,
    Written,
    keycloak_sign_in,
    read_row,
)
from leerid_core.intake.source import Container, recognise_container
from leerid_core.rules.findings import Finding, Severity

_SAMPLE_BYTES = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class SignInFile:
    """A file that is open; `rows` reads it once."""

    def __init__(self, file: BinaryIO, file_format: SignInFormat | None) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)
        file.seek(0)
        sample = file.read(_SAMPLE_BYTES)
        file.seek(0)
        if not sample.strip():
            raise UnreadableFile("file_empty")
        if recognise_container(sample) is not Container.TEXT:
            raise UnreadableFile("sign_ins_no_text")
        self._encoding = _encoding(sample)
        self._start = sample.decode(self._encoding, errors="replace").lstrip("\ufeff \t\r\n")
        self.format = file_format or _format(self._start)

    @property
    def position(self) -> int:
        """How many bytes of `size` were read."""
        return self._file.tell()

    def rows(self, now: datetime) -> Iterator[SignInRow | Finding | None]:
        """Yield each sign-in, what is wrong with a row, or None for what is no sign-in.

        Raises `UnreadableFile` where the file stops being one of its format.
        """
        for written in self._written():
            yield read_row(written, now) if isinstance(written, Written) else written

    def _written(self) -> Iterator[Written | Finding | None]:
        # Kept: a wrapper that is let go closes the file.
        self._text = text = io.TextIOWrapper(
            self._file, self._encoding, errors="replace", newline=""
        )
        if self.format is SignInFormat.CSV:
            return _of_table(text, self._start.partition("\n")[0])
        is_list = self._start.startswith("[")
        values = json_values.read_list(text) if is_list else json_values.read_lines(text)
        return _of_objects(values, self.format)


@contextmanager
def open_sign_ins(
    source: bytes | Path, file_format: SignInFormat | None = None
) -> Iterator[SignInFile]:
    """Open a file with sign-ins; without `file_format` its content tells how it is written.

    Raises `UnreadableFile` for a file that cannot be opened, or that is no text.
    """
    try:
        file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    except OSError as error:
        raise UnreadableFile("file_cannot_be_opened") from error
    with file:
        yield SignInFile(file, file_format)


def _of_table(text: io.TextIOWrapper, first_line: str) -> Iterator[Written | Finding]:
    rows = records(text, max(SEPARATORS, key=first_line.count))
    _, headers = next(rows, (0, ()))
    username, time, application = find_columns([str(header) for header in headers])
    for row, cells in rows:
        if len(cells) <= max(username, time):
            yield Finding("sign_in_row_unreadable", Severity.ERROR, row)
        else:
            named = cells[application : application + 1] if application is not None else ()
            yield Written(row, cells[username], cells[time], named[0] if named else None)


def _of_objects(
    values: Iterator[json_values.Value], file_format: SignInFormat
) -> Iterator[Written | Finding | None]:
    read = keycloak_sign_in if file_format is SignInFormat.KEYCLOAK else written_by_keys
    for row, value in values:
        if isinstance(value, dict):
            yield read(row, value)
        else:
            yield Finding("sign_in_row_unreadable", Severity.ERROR, row)


def _encoding(sample: bytes) -> str:
    """A mark decides; then UTF-8 by being valid, but for a letter cut at the end of the sample."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _format(start: str) -> SignInFormat:
    if not start.startswith(("[", "{")):
        return SignInFormat.CSV
    for key in ('"clientId"', '"realmId"', '"details"'):
        if key in start:
            return SignInFormat.KEYCLOAK
    return SignInFormat.JSONL
