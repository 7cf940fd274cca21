"""Find the list in the records of a file: the header, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import COLUMNS, HEADER_ROWS, ROWS
from leerid_core.intake.columns import ColumnMatch, match_columns, recognise_shape
from leerid_core.intake.fields import Field, Shape
from leerid_core.intake.headers import WISA_BESTAND_COLUMNS
from leerid_core.intake.values import read_date, read_sex, read_text

# The number of a record: the sheet row, the line on which it begins, or the place in the XML.
Record = tuple[int, Sequence[object]]

_NAMES = {Field.FIRST_NAME, Field.LAST_NAME}


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its columns; `records` are those below the header, to be read once.

    `width` is the number of cells of the header.
    """

    shape: Shape
    columns: tuple[ColumnMatch, ...]
    width: int
    records: Iterator[Record]


def first_table(candidates: Iterable[Iterable[Record]], mapping: Mapping[str, Field]) -> Table:
    """Return the first list among `candidates`: the sheets of a workbook, the readings of a text.

    Raises what `find_table` raises when none is one, by preference an error that says more than
    that there is no header.
    """
    error = UnreadableFile("header_missing")
    for records in candidates:
        try:
            return find_table(records, mapping)
        except UnreadableFile as reason:
            if error.code == "header_missing":
                error = reason
    raise error


def find_table(records: Iterable[Record], mapping: Mapping[str, Field]) -> Table:
    """Return the list that `records` hold.

    The header is the first of the first 20 records that names a column for the first and for the
    last name; without one, the records may be those of a wisa-bestand, which has no header.
    Raises `UnreadableFile` with `name_columns_missing`, `header_missing` or `too_many_columns`,
    and what `match_columns` raises.
    """
    rest = iter(records)
    first = list(islice(rest, HEADER_ROWS))
    for position, (_, cells) in enumerate(first):
        headers = [_header(cell) for cell in cells]
        if _holds_names(headers, mapping):
            return _table(headers, mapping, chain(first[position + 1 :], rest))
    if _is_wisa_bestand(first):
        return _table(WISA_BESTAND_COLUMNS, mapping, chain(first, rest), positional=True)
    raise _no_header(first)


def _table(
    headers: Sequence[str],
    mapping: Mapping[str, Field],
    records: Iterator[Record],
    *,
    positional: bool = False,
) -> Table:
    if any(headers[COLUMNS:]):
        raise UnreadableFile("too_many_columns", limit=COLUMNS)
    columns = match_columns(headers, mapping, positional=positional)
    if not {column.field for column in columns} >= _NAMES:
        raise UnreadableFile("name_columns_missing", headers=", ".join(headers))
    return Table(recognise_shape(headers), columns, len(headers), _limited(records))


def _limited(records: Iterator[Record]) -> Iterator[Record]:
    for count, record in enumerate(records, start=1):
        if count > ROWS:
            raise UnreadableFile("too_many_rows", limit=f"{ROWS:,}".replace(",", " "))
        yield record


def _header(cell: object) -> str:
    try:
        return read_text(cell)
    except ValueError:
        return ""


def _holds_names(headers: Sequence[str], mapping: Mapping[str, Field]) -> bool:
    known = {header: field for header, field in mapping.items() if header in headers}
    fields = {column.field for column in match_columns(headers, known)}
    return fields >= _NAMES


def _is_wisa_bestand(records: Sequence[Record]) -> bool:
    """Most records have its 20 columns, with a sex and a birth date where they belong."""
    fitting = sum(_fits_wisa_bestand(cells) for _, cells in records)
    return fitting > len(records) // 2


def _fits_wisa_bestand(cells: Sequence[object]) -> bool:
    if len(cells) != len(WISA_BESTAND_COLUMNS):
        return False
    try:
        return read_sex(cells[2]) is not None and read_date(cells[3]) is not None
    except ValueError:
        return False


def _no_header(records: Sequence[Record]) -> UnreadableFile:
    """Name the headers that were found, but never a row of a file that has no header."""
    for _, cells in records:
        headers = [_header(cell) for cell in cells]
        if any(column.field for column in match_columns(headers, {})):
            shown = ", ".join(filter(None, headers[:COLUMNS]))
            return UnreadableFile("name_columns_missing", headers=shown[:500])
    return UnreadableFile("header_missing")
