"""How large and how tangled an uploaded file may be: every limit of the intake in one place.

A real list of one school is far below each of them; a bomb is above at least one.
"""

from __future__ import annotations

from typing import Final

MEBIBYTE: Final = 1024 * 1024

FILE_BYTES: Final = 50 * MEBIBYTE

# An archive (xlsx), measured while it expands.
ARCHIVE_BYTES: Final = 300 * MEBIBYTE
ARCHIVE_RATIO: Final = 200  # a sheet expands 5 to 30 times, a bomb up to 1,000
ARCHIVE_PARTS: Final = 2_000

# A workbook; the numbers of rows and columns are Excel's own.
SHEETS: Final = 20
SHEET_ROWS: Final = 1_048_576
SHEET_COLUMNS: Final = 16_384
SHARED_STRINGS: Final = 2_500_000
SHARED_CHARACTERS: Final = 64_000_000
DESCRIPTION_BYTES: Final = 16 * MEBIBYTE  # of each part that describes the workbook
DESCRIPTION_ELEMENTS: Final = 100_000  # Excel has at most 65,490 cell styles

# XML, read in chunks. The parser keeps a tag until it ends, and every name it has met.
XML_CHUNK_BYTES: Final = 64 * 1024
XML_TAG_CHUNKS: Final = 16
XML_NAMES: Final = 10_000

# A list.
ROWS: Final = 200_000
COLUMNS: Final = 200
HEADER_ROWS: Final = 20  # the header may stand below a title
CELL_CHARACTERS: Final = 1_000
FIELD_CHARACTERS: Final = 200  # of one value; a cell may list several (sub)klassen

# A text file.
LINE_CHARACTERS: Final = 100_000
RECORD_CHARACTERS: Final = 1_000_000
RECORD_LINES: Final = 5  # a record over more lines has a quote that was never closed
