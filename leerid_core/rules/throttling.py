"""How long one must wait after passwords that were wrong (DOMAIN.md, Passwords)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

NO_WAIT = timedelta()


@dataclass(frozen=True, slots=True)
class Throttle:
    """After `free` failures each next one doubles the wait, from a second up to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """Return how long the attempt after so many failures in a row must wait."""
        if failures < self.free:
            return NO_WAIT
        # 2**20 seconds is longer than any limit: a higher power would only cost memory.
        return min(self.longest, timedelta(seconds=2 ** min(failures - self.free, 20)))


# A longest wait of a quarter leaves about a hundred guesses a day, and does not let a stranger
# keep somebody out for longer (decision). A whole school may share one address.
PER_ACCOUNT = Throttle(free=4, longest=timedelta(minutes=15))
PER_ADDRESS = Throttle(free=30, longest=timedelta(minutes=15))
FORGOTTEN_AFTER = timedelta(days=1)
"""Failures count no longer when there was none for so long."""
