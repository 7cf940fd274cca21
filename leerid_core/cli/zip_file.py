"""The zip on disk: never over another file, and readable by its owner only."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.errors import Refused
from leerid_core.exports import PrintOptions
from leerid_core.services.cards import Archive
from leerid_core.store import School

_OUT = typer.Option("--out", metavar="ZIP", help="Het zipbestand, of een map waarin het komt.")
RequiredOut = Annotated[Path, _OUT]
Out = Annotated[Path | None, _OUT]
StartAt = Annotated[
    int, typer.Option(min=1, max=12, help="Eerste vrije sticker op een gebruikt vel.")
]
OffsetX = Annotated[
    float | None, typer.Option(min=-10, max=10, metavar="MM", help="Stickers naar rechts.")
]
OffsetY = Annotated[
    float | None, typer.Option(min=-10, max=10, metavar="MM", help="Stickers naar onder.")
]
PasswordFromStdin = Annotated[
    bool,
    typer.Option("--zip-password-stdin", help="Lees een wachtwoord voor het zipbestand."),
]


def check_place(out: Path) -> None:
    """Refuse a place where the zip cannot be written, before anything is made."""
    folder = out if out.is_dir() else out.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Refused("out_unwritable", path=out)
    if out.exists() and not out.is_dir():
        raise Refused("out_exists", path=out)


@dataclass(frozen=True, slots=True)
class Printing:
    """How and where a command was asked to print; an offset that is not given is the school's."""

    out: Path
    start_at: int = 1
    offset_x: float | None = None
    offset_y: float | None = None
    password_from_stdin: bool = False

    def options(self, school: School) -> PrintOptions:
        """Return the print options for this school."""
        return PrintOptions(
            start_at=self.start_at,
            offset_x=school.sticker_offset_x if self.offset_x is None else self.offset_x,
            offset_y=school.sticker_offset_y if self.offset_y is None else self.offset_y,
            zip_password=sys.stdin.readline().rstrip("\r\n") if self.password_from_stdin else None,
        )


def write(archive: Archive, out: Path, batch: int) -> Path:
    """Write the zip of a batch that has been kept, and return its path.

    Raises `Refused("out_failed")` when that does not work; the batch can be printed again then.
    """
    path = out / archive.name if out.is_dir() else out
    try:
        write_new(path, archive.content)
    except OSError as error:
        raise Refused("out_failed", path=path, batch=batch) from error
    return path


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, whole or not at all, for its owner only.

    Raises `OSError` when that does not work.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
