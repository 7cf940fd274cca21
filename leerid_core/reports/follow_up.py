"""What a follow-up list is made of: who has a card and never signed in, by class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from leerid_core.rules.class_order import class_order
from leerid_core.rules.dates import dutch_date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pupil who has an account and never signed in; `handed_out` is when the last card was made.

    `group` is the class, or the administrative group, that the list puts the pupil under.
    """

    group: str
    first_name: str
    last_name: str
    stamnummer: str
    administrative_group: str
    username: str
    password_kind: str
    handed_out: date | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A list for the school itself: it has names, and no passwords."""

    school: str
    head: str
    pupils: tuple[Waiting, ...]
    made_at: datetime
    made_by: str

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"Nog niet aangemeld: {self.school}"

    @property
    def made(self) -> str:
        """When and by whom."""
        return f"Gemaakt op {dutch_date(self.made_at.date())} door {self.made_by}"


def by_group(pupils: Iterable[Waiting]) -> list[tuple[str, list[Waiting]]]:
    """Return the groups in the order of their names, each with its pupils as they came."""
    groups: dict[str, list[Waiting]] = {}
    for pupil in pupils:
        groups.setdefault(pupil.group, []).append(pupil)
    return [(name, groups[name]) for name in sorted(groups, key=class_order)]
