"""How large and how tangled an uploaded file may be: every limit of the intake in one place.

A real list of one school is far below each of them; a bomb is above at least one.
"""

from __future__ import annotations

from typing import Final

MEBIBYTE: Final = 1024 * 1024

FILE_BYTES: Final = 50 * MEBIBYTE

# An archive (xlsx), measured while it expands.
ARCHIVE_BYTES: Final = 300 * MEBIBYTE
ARCHIVE_RATIO: Final = 200  # a sheet expands 5 to 30 times; deflate can do 1,000
ARCHIVE_PARTS: Final = 2_000

# A table.
ROWS: Final = 200_000
COLUMNS: Final = 200
HEADER_ROWS: Final = 20  # the header may stand below a title
EMPTY_ROWS: Final = 10_000  # in a row; a sheet may declare a million
CELL_CHARACTERS: Final = 1_000

# A text file.
LINE_CHARACTERS: Final = 100_000
RECORD_LINES: Final = 5  # a record over more lines has a quote that was never closed

# One XML part. A tree costs memory per element, so elements are counted, not only bytes.
XML_DEPTH: Final = 50
XML_LIST_ELEMENTS: Final = 3_000_000  # rows of a sheet, shared strings
XML_ROW_ELEMENTS: Final = 100_000  # 16,384 columns, each a cell, a value and a formula
XML_TEXT_CHARACTERS: Final = 1_000_000  # of one element
XML_PART_CHARACTERS: Final = 64_000_000
XML_TOKEN_BYTES: Final = MEBIBYTE  # one tag with its attributes
