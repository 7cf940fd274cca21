"""Unique usernames for a whole plan: who gets the name itself, and who which number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from leerid_core.rules.usernames.base import numbered, stem
from leerid_core.rules.usernames.manual import RESERVED


class Register(Protocol):
    """Every username ever issued or reserved, in all schools."""

    def taken(self, usernames: Collection[str]) -> Set[str]:
        """Return those of `usernames` that cannot be issued any more."""

    def highest_numbers(self, bases: Collection[str]) -> Mapping[str, int]:
        """Return the highest number issued behind each base; absent where there is none."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A free username: `base` with `number` behind it, 0 for the base itself."""

    username: str
    base: str
    number: int


def propose_usernames(bases: Sequence[str], register: Register) -> list[Proposal]:
    """Return a username for each of `bases`, in order, all different and none taken or reserved.

    The first namesake gets number 1 (DOMAIN.md, Username), later ones a number above the highest
    in use. n namesakes cost time in proportion to n and calls in proportion to log n, also when
    manual names stand in between and when long bases are cut to the same stem.
    """
    used = {*RESERVED, *register.taken({numbered(base, 0) for base in bases})}
    proposals: dict[int, Proposal] = {}
    waiting: list[int] = []
    for index, base in enumerate(bases):
        username = numbered(base, 0)
        if username in used:
            waiting.append(index)
        else:
            proposals[index] = Proposal(username, base, 0)
            used.add(username)
    if waiting:
        proposals.update(_Numbering(bases, used, register).run(waiting))
    return [proposals[index] for index in range(len(bases))]


class _Series:
    """The numbers of one length behind one stem: all bases that are cut to it share them."""

    def __init__(self, stem: str, start: int, misses: int) -> None:
        self.stem = stem
        self.next = start
        self.end = 10 ** len(str(start))
        self.misses = misses

    def username(self, number: int) -> str:
        return f"{self.stem}{number}"

    def block(self, wanted: int) -> range:
        """Return the numbers to try next: the more were taken so far, the further ahead."""
        block = range(self.next, min(self.next + wanted + self.misses, self.end))
        self.next = block.stop
        return block


class _Numbering:
    """Gives a number to the rows that cannot have their base, in rounds of one question each."""

    def __init__(self, bases: Sequence[str], used: set[str], register: Register) -> None:
        self._bases = bases
        self._used = used
        self._register = register
        self._series: dict[tuple[str, int], _Series] = {}
        self._series_of: dict[str, _Series] = {}

    def run(self, waiting: list[int]) -> dict[int, Proposal]:
        """Return a proposal for every row in `waiting`."""
        proposals: dict[int, Proposal] = {}
        bases = list(dict.fromkeys(self._bases[index] for index in waiting))
        highest = self._register.highest_numbers(bases)
        for base in bases:
            self._enter(base, highest.get(base, 0) + 1, misses=0)
        while waiting:
            queues = self._queues(waiting)
            blocks = {series: series.block(len(queue)) for series, queue in queues.items()}
            self._used |= self._register.taken(
                {series.username(number) for series, block in blocks.items() for number in block}
            )
            for series, queue in queues.items():
                proposals.update(self._serve(series, queue, blocks[series]))
            waiting = [index for index in waiting if index not in proposals]
        return proposals

    def _enter(self, base: str, number: int, misses: int) -> None:
        """Let `base` look for a free number from `number` on."""
        digits = len(str(number))
        key = stem(base, digits), digits
        if key not in self._series:
            self._series[key] = _Series(key[0], number, misses)
        self._series_of[base] = self._series[key]

    def _queues(self, waiting: list[int]) -> dict[_Series, list[int]]:
        queues: dict[_Series, list[int]] = defaultdict(list)
        for index in waiting:
            queues[self._series_of[self._bases[index]]].append(index)
        return queues

    def _serve(self, series: _Series, queue: list[int], block: range) -> dict[int, Proposal]:
        """Give the free numbers of `block` to the rows in `queue`; who is left tries further on."""
        free = [number for number in block if series.username(number) not in self._used]
        series.misses += len(block) - len(free)
        served = {
            index: Proposal(series.username(number), self._bases[index], number)
            for index, number in zip(queue, free, strict=False)
        }
        self._used.update(proposal.username for proposal in served.values())
        if series.next == series.end:
            for base in {self._bases[index] for index in queue[len(served) :]}:
                self._enter(base, series.end, series.misses)
        return served
