"""What is handed out, and how the user wants it printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from leerid_core.errors import Refused

LABELS_ON_A_SHEET = 12
LARGEST_OFFSET = 10.0


class CardOrder(StrEnum):
    """The order of the cards in every file."""

    CLASS = "class"
    NAME = "name"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How one user's printer and started sheet want it (DOMAIN.md, Stickers).

    `start_at` is the first free label, 1 to 12 in reading order, on the first sheet of each
    sticker PDF. `offset_x` (right) and `offset_y` (down) in millimetres move the labels; what is
    printed stays 7 mm from the sheet's edge, so beyond some millimetres the outer labels' content
    stops moving. `zip_password` encrypts the zip with AES-256. Raises `Refused` with the code
    `start_at_outside`, `offset_outside` or `zip_password_empty`.
    """

    start_at: int = 1
    offset_x: float = 0.0
    offset_y: float = 0.0
    order: CardOrder = CardOrder.CLASS
    zip_password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.start_at <= LABELS_ON_A_SHEET:
            raise Refused("start_at_outside", start_at=self.start_at)
        for offset in (self.offset_x, self.offset_y):
            if not abs(offset) <= LARGEST_OFFSET:
                raise Refused("offset_outside", offset=offset)
        if self.zip_password == "":
            raise Refused("zip_password_empty")


@dataclass(frozen=True, slots=True)
class HandOut:
    """The hand-out batch that the files are about.

    `by_class` makes the groups per (sub)klas, for schools that share class information, rather
    than per administrative group. `made_on` also dates the files themselves, so that the same
    hand-out gives the same bytes.
    """

    school_number: str
    school_name: str
    batch: int
    made_on: date
    by_class: bool

    @property
    def name(self) -> str:
        """The first part of every file name."""
        return f"LeerID_{self.school_number}_{self.made_on:%Y-%m-%d}_{self.batch}"
