"""The zip of one hand-out batch, and its files one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from leerid_core.errors import Cancelled
from leerid_core.exports.groups import file_name_parts
from leerid_core.exports.options import HandOut, PrintOptions
from leerid_core.files.dated_zip import DatedZip
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

    archive = DatedZip(hand_out.made_on, options.zip_password)
    with archive, Batch(hand_out, credentials, options) as batch:
        steps = _Steps(len(credentials) + _number_of_files(batch), progress, cancelled)
        batch.draw_cards(lambda: steps.next(DRAWING))
        for name, make in _files(hand_out, batch):
            steps.next(WRITING)
            archive.add(name, make())
    steps.done(WRITING)
    return archive.data


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

    if _has_workbook(batch):
        yield f"{hand_out.name}.xlsx", lambda: make_workbook(hand_out, batch.credentials)
    parts = file_name_parts(group.name for group in batch.groups)
    # All pages first: writing the first document fixes the letters in the fonts of all.
    documents = [
        ("A4", batch.sheets()),
        ("stickers_alle", batch.stickers()),
        *(
            (f"stickers_{part}", batch.group_stickers(group))
            for part, group in zip(parts, batch.groups, strict=True)
        ),
        ("ontvangstlijst", batch.receipt()),
    ]
    for suffix, document in documents:
        yield f"{hand_out.name}_{suffix}.pdf", document.to_bytes


def _has_workbook(batch: Batch) -> bool:
    return len(batch.credentials) > 1


def _number_of_files(batch: Batch) -> int:
    return len(batch.groups) + 3 + _has_workbook(batch)
