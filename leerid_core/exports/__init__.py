"""Credentials to cards, Excel and zip: values in, bytes out."""

from leerid_core.exports.archive import archive_name, make_archive
from leerid_core.exports.options import CardOrder, HandOut, PrintOptions
from leerid_core.exports.single_files import (
    cards_pdf,
    credentials_workbook,
    receipt_pdf,
    stickers_pdf,
    test_sheet_pdf,
)

__all__ = [
    "CardOrder",
    "HandOut",
    "PrintOptions",
    "archive_name",
    "cards_pdf",
    "credentials_workbook",
    "make_archive",
    "receipt_pdf",
    "stickers_pdf",
    "test_sheet_pdf",
]
