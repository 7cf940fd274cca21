"""Which texts come most often, in memory that does not grow with how many there are."""

from __future__ import annotations

from collections import Counter

KEPT = 10_000


class Frequencies:
    """Counts texts; exact for up to `KEPT` different ones, after that for the frequent ones.

    When there are too many, the rarest half is forgotten (lossy counting).
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count a text once more."""
        self._counts[text] += 1
        if len(self._counts) > KEPT:
            self._counts = Counter(dict(self._counts.most_common(KEPT // 2)))

    def most_frequent(self, count: int) -> list[tuple[str, int]]:
        """Return the texts that came most often with how often, at most `count` of them."""
        ranked = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return ranked[:count]
