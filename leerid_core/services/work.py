"""Long work tells how far it is, and can be stopped before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leerid_core.errors import Cancelled

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and the phase (a code)."""


@dataclass(frozen=True, slots=True)
class Work:
    """How a long service reports, and learns that it should stop."""

    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None

    def report(self, done: int, total: int, phase: str) -> None:
        """Tell how far it is."""
        if self.progress is not None:
            self.progress(done, total, phase)

    def check(self) -> None:
        """Raise `Cancelled` when the user asked to stop."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
