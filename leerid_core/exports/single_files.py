"""The files of the zip one by one, and the test sheet."""

from __future__ import annotations

from collections.abc import Sequence

from leerid_core.exports.groups import in_order
from leerid_core.exports.options import HandOut, PrintOptions
from leerid_core.rules.credentials import Credential

_DEFAULT = PrintOptions()


def cards_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the A4 PDF with cards to cut out; raises `Refused` as `make_archive` does."""
    from leerid_core.exports.batch import Batch

    with Batch(hand_out, credentials, options) as batch:
        batch.draw_cards()
        return batch.sheets().to_bytes()


def stickers_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the sticker PDF with all pupils; raises `Refused` as `make_archive` does."""
    from leerid_core.exports.batch import Batch

    with Batch(hand_out, credentials, options) as batch:
        batch.draw_cards()
        return batch.stickers().to_bytes()


def receipt_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the receipt list, without passwords; raises `Refused` as `make_archive` does."""
    from leerid_core.exports.batch import Batch

    with Batch(hand_out, credentials, options) as batch:
        return batch.receipt().to_bytes()


def credentials_workbook(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the Excel (DOMAIN.md, The Excel in the zip)."""
    from leerid_core.exports.workbook import make_workbook

    ordered = in_order(credentials, options.order, by_class=hand_out.by_class)
    return make_workbook(hand_out, ordered)


def test_sheet_pdf(options: PrintOptions, hand_out: HandOut) -> bytes:
    """Return a sheet with the outlines of the labels, to hold against a sheet of stickers."""
    from leerid_core.exports.calibration import calibration_document
    from leerid_core.exports.documents import PrintRun

    with PrintRun(hand_out.school_name, hand_out.made_on) as run:
        return calibration_document(run, options).to_bytes()
