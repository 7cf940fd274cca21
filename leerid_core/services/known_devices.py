"""The browsers in which a pupil signed in before: classmates shut nobody out there.

Wrong passwords typed in such a browser count apart from those typed anywhere else, so whoever fails
at a name on purpose, hour after hour, keeps its pupil out of strange computers only (OWASP, "Slow
Down Online Guessing Attacks with Device Cookies").
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Self

from leerid_core.services.keys import Keys

REMEMBERED_MOST = 40
"""The pupils of a class that shares a computer, and some more."""
_SHAPE = re.compile(r"([0-9a-f]{32})((?: [0-9a-f]{16})*)")


@dataclass(frozen=True, slots=True)
class Device:
    """A browser: a number that tells nothing, and keyed hashes of who signed in, last first."""

    number: str = field(default_factory=lambda: secrets.token_hex(16))
    known: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `str` of a device wrote, another device for anything else."""
        found = _SHAPE.fullmatch(text)
        return cls(found[1], tuple(found[2].split())) if found else cls()

    def __str__(self) -> str:
        return " ".join((self.number, *self.known))

    def knows(self, keys: Keys, username: str) -> bool:
        """Say whether the pupil of a username signed in here before."""
        return self._hash(keys, username) in self.known

    def remembering(self, keys: Keys, username: str) -> Device:
        """Return the device after a pupil signed in; who did so longest ago may be forgotten."""
        new = self._hash(keys, username)
        others = [one for one in self.known if one != new]
        return Device(self.number, (new, *others)[:REMEMBERED_MOST])

    def _hash(self, keys: Keys, username: str) -> str:
        return keys.subject(f"known {self.number} {username}").hex()[:16]
