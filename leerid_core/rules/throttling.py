"""How long one must wait after passwords that were wrong (DOMAIN.md, Passwords)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NO_WAIT = timedelta()


@dataclass(frozen=True, slots=True)
class Throttle:
    """After `free` failures each next one doubles the wait, from a second up to `longest`.

    With `drain`, one failure is forgiven for every such time that passed.
    """

    free: int
    longest: timedelta
    drain: timedelta | None = None

    def wait(self, failures: int) -> timedelta:
        """Return how long the attempt after so many failures in a row must wait."""
        if failures < self.free:
            return NO_WAIT
        # 2**20 seconds is longer than any limit: a higher power would only cost memory.
        return min(self.longest, timedelta(seconds=2 ** min(failures - self.free, 20)))

    def drained(self, failures: int, since: datetime, at: datetime) -> tuple[int, datetime]:
        """Return how many of `failures`, counted at `since`, still count, and since when.

        The time that is left over counts for the next one, however often somebody asks.
        """
        if self.drain is None:
            return failures, at
        forgiven = max(0, (at - since) // self.drain)
        if forgiven >= failures:
            return 0, at
        return failures - forgiven, since + forgiven * self.drain


# A longest wait of a quarter leaves about a hundred guesses a day, and does not let a stranger
# keep somebody out for longer (decision). A whole school may share one address.
PER_ACCOUNT = Throttle(free=4, longest=timedelta(minutes=15))
PER_ADDRESS = Throttle(free=30, longest=timedelta(minutes=15))
FORGOTTEN_AFTER = timedelta(days=1)
"""Failures count no longer when there was none for so long."""

# A child may mistype ten times; after that about thirty guesses a day are left of 255,024. A
# renewal clears it, and an hour is the longest that a classmate can keep somebody out each time.
PER_PUPIL = Throttle(free=10, longest=timedelta(hours=1))
# Three hundred pupils behind one address may each mistype three times in ten minutes; a program
# that guesses from there gets no more than one guess in ten seconds, over all pupils together.
PER_PUPIL_ADDRESS = Throttle(free=1000, longest=timedelta(minutes=15), drain=timedelta(seconds=10))
# What sends mail: nobody needs it often, and somebody else's mailbox must not be filled.
PER_MAILBOX = Throttle(free=5, longest=timedelta(hours=12), drain=timedelta(minutes=30))
