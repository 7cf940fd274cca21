"""How fast a plan gets its usernames from a register that already holds a million.

Run it with `python benchmarks/usernames.py`. The names are drawn from the Belgian first and last
names of Faker, so a million people have two namesakes each on average: more than in life.
"""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Protocol

from faker.providers.person.nl_BE import Provider as Belgian
from rich.console import Console
from rich.table import Table

from leerid_core.rules.usernames import Proposal, Register, base_username, propose_usernames
from leerid_core.store import Database, Reservation, UnitOfWork

REGISTERED = 1_000_000
PLAN = 50_000
FEW, MANY = 500, 5_000


class IssuingRegister(Register, Protocol):
    """A register that can be filled."""

    def issue(self, proposals: Iterable[Proposal]) -> None:
        """Take the proposed names."""


class MemoryRegister:
    """A register in memory: what the rules themselves cost, without a database."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._highest: dict[str, int] = {}

    def taken(self, usernames: Collection[str]) -> set[str]:
        return {name for name in usernames if name in self._names}

    def highest_numbers(self, bases: Collection[str]) -> Mapping[str, int]:
        return {base: self._highest[base] for base in bases if base in self._highest}

    def issue(self, proposals: Iterable[Proposal]) -> None:
        for made in proposals:
            self._names.add(made.username)
            if made.number > self._highest.get(made.base, 0):
                self._highest[made.base] = made.number


class DatabaseRegister:
    """The register of an installation: SQLite in a file, in one writing transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._usernames = uow.usernames

    def taken(self, usernames: Collection[str]) -> set[str]:
        return self._usernames.taken(usernames)

    def highest_numbers(self, bases: Collection[str]) -> Mapping[str, int]:
        return self._usernames.highest_numbers(bases)

    def issue(self, proposals: Iterable[Proposal]) -> None:
        held = (Reservation(made.username, made.base, made.number) for made in proposals)
        self._usernames.reserve(held, "benchmark", datetime(2100, 1, 1, tzinfo=UTC))


def bases(count: int, seed: int) -> list[str]:
    """Return the bases of `count` people, the same for the same seed."""
    chance = random.Random(seed)
    first_names = chance.choices(list(Belgian.first_names), k=count)
    last_names = chance.choices(list(Belgian.last_names), k=count)
    return [base_username(*name, None) for name in zip(first_names, last_names, strict=True)]


def seconds(plan: list[str], register: Register) -> float:
    """Return the best of five times that proposing names for `plan` takes."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        propose_usernames(plan, register)
        times.append(time.perf_counter() - start)
    return min(times)


def measure(register: IssuingRegister) -> Table:
    """Fill `register` with `REGISTERED` names and return what plans against it cost."""
    register.issue(propose_usernames(bases(REGISTERED, seed=1), register))
    table = Table("plan", "seconds", "names/s", "µs/name", title=f"{REGISTERED:,} names registered")
    per_name = {}
    for label, plan in {
        f"{PLAN:,} pupils": bases(PLAN, seed=2),
        f"{FEW:,} namesakes": ["jan.benchmark"] * FEW,
        f"{MANY:,} namesakes": ["jan.benchmark"] * MANY,
    }.items():
        taken = seconds(plan, register)
        per_name[len(plan)] = taken / len(plan)
        per_second, micro = f"{len(plan) / taken:,.0f}", f"{1e6 * taken / len(plan):.2f}"
        table.add_row(label, f"{taken:.3f}", per_second, micro)
    ratio = per_name[MANY] / per_name[FEW]
    table.caption = f"time a name, {MANY:,} against {FEW:,} namesakes: x {ratio:.2f} (1 is linear)"
    return table


def main() -> None:
    """Print the table for the rules alone, and for the rules on a database."""
    console = Console()
    console.print("The rules alone, the register in memory:", measure(MemoryRegister()))
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/leerid.sqlite")
        database.upgrade()
        with database.write() as uow:
            console.print("The register in SQLite:", measure(DatabaseRegister(uow)))
        database.close()


if __name__ == "__main__":
    main()
