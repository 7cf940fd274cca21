"""The zip of one hand-out batch, and its files one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from leerid_core.errors import Cancelled
from leerid_core.exports.dated_zip import DatedZip
from leerid_core.exports.groups import file_name_parts, in_order
from leerid_core.exports.options import HandOut, PrintOptions
from leerid_core.rules.credentials import Credential

if TYPE_CHECKING:
    from leerid_core.exports.batch import Batch

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and the phase in Dutch."""

DRAWING, WRITING = "Kaartjes tekenen", "Bestanden maken"
_DEFAULT = PrintOptions()


def archive_name(hand_out: HandOut) -> str:
    """Return the file name `LeerID_<school>_<date>_<batch>.zip`."""
    return f"{hand_out.name}.zip"


def make_archive(
    hand_out: HandOut,
    credentials: Sequence[Credential],
    options: PrintOptions = _DEFAULT,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """Return the zip for `credentials` (manual, chapters 2 and 3).

    It holds the Excel (not for a single pupil, as the manual says), the A4 PDF, a sticker PDF with
    all and one for each group, and the receipt list. Nothing is written to disk, and the same
    arguments give the same bytes unless the zip has a password. `cancelled` is asked before each
    card and each file; when it says True, `Cancelled` is raised. Raises `Refused` with the code
    `nothing_to_hand_out` when `credentials` is empty.
    """
    from leerid_core.exports.batch import Batch

    batch = Batch(hand_out, credentials, options)
    steps = _Steps(len(credentials) + len(batch.groups) + 4, progress, cancelled)
    batch.draw_cards(lambda: steps.next(DRAWING))
    archive = DatedZip(hand_out.made_on, options.zip_password)
    for name, make in _files(hand_out, batch):
        steps.next(WRITING)
        archive.add(name, make())
    steps.done(WRITING)
    return archive.to_bytes()


class _Steps:
    """Counts the cards and files made, and asks whether to stop."""

    def __init__(
        self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._done, self._total = 0, total
        self._progress, self._cancelled = progress, cancelled

    def next(self, phase: str) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(self._done, self._total, phase)
        self._done += 1

    def done(self, phase: str) -> None:
        if self._progress is not None:
            self._progress(self._total, self._total, phase)


def _files(hand_out: HandOut, batch: Batch) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of every file, and what makes its bytes."""
    from leerid_core.exports.workbook import make_workbook

    # All pages first: writing the first document fixes the letters in the fonts of all.
    parts = file_name_parts(group.name for group in batch.groups)
    documents = [
        ("A4", batch.sheets()),
        ("stickers_alle", batch.stickers()),
        *(
            (f"stickers_{part}", batch.group_stickers(group))
            for part, group in zip(parts, batch.groups, strict=True)
        ),
        ("ontvangstlijst", batch.receipt()),
    ]
    if len(batch.credentials) > 1:
        yield f"{hand_out.name}.xlsx", lambda: make_workbook(hand_out, batch.credentials)
    for suffix, document in documents:
        yield f"{hand_out.name}_{suffix}.pdf", document.to_bytes


def cards_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the A4 PDF with cards to cut out; raises `Refused` as `make_archive` does."""
    batch = _drawn(hand_out, credentials, options)
    return batch.sheets().to_bytes()


def stickers_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the sticker PDF with all pupils; raises `Refused` as `make_archive` does."""
    batch = _drawn(hand_out, credentials, options)
    return batch.stickers().to_bytes()


def receipt_pdf(
    hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions = _DEFAULT
) -> bytes:
    """Return the receipt list, without passwords; raises `Refused` as `make_archive` does."""
    from leerid_core.exports.batch import Batch

    return Batch(hand_out, credentials, options).receipt().to_bytes()


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

    run = PrintRun(hand_out.school_name, hand_out.made_on)
    return calibration_document(run, options).to_bytes()


def _drawn(hand_out: HandOut, credentials: Sequence[Credential], options: PrintOptions) -> Batch:
    from leerid_core.exports.batch import Batch

    batch = Batch(hand_out, credentials, options)
    batch.draw_cards()
    return batch
