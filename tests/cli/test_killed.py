"""`leerid create` killed at any moment leaves all or nothing (contract 3)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import forked_command
import pytest
from leerid_command import Leerid, child, passwords
from service_world import ALL, SCHOOL

from leerid_core.services.actors import Operator
from leerid_core.services.auditing import audit_trail
from leerid_core.services.batches import list_batches
from leerid_core.services.context import Context, opened
from leerid_core.services.hashing import HASHER
from leerid_core.services.plans import plan_accounts, release_plan
from leerid_core.services.pupils import list_pupils
from leerid_core.settings import Settings

PUPILS, EARLY, LATE, AT_ONCE = 30, 6, 14, 2
TESTER = Operator("test")


@dataclass(frozen=True)
class Run:
    """One `leerid create` on a copy of the prepared database."""

    leerid: Leerid

    def create(self, killed_after: float | None = None) -> float:
        """Create accounts for all; return how long it took, or was let live."""
        begin = time.monotonic()
        process = self._start()
        process.join(killed_after)
        process.kill()
        process.join()
        return time.monotonic() - begin

    def _start(self) -> BaseProcess:
        folder = self.leerid.folder
        (folder / "tmp").mkdir()
        arguments = [*self.leerid.arguments, "create", "--school", SCHOOL, "--out", "een.zip"]
        return forked_command.start(folder, arguments)

    @contextmanager
    def context(self) -> Iterator[Context]:
        """Open the database that the process left."""
        with opened(Settings.collect({}, f"sqlite:///{self.leerid.database}")) as context:
            yield context

    def accounts(self) -> int:
        """How many pupils have an account; everything else that is kept must agree."""
        with self.context() as context:
            pupils = list_pupils(context, TESTER, SCHOOL, ALL).pupils
            names = {one.listed.username for one in pupils if one.listed.username}
            batches = list_batches(context, TESTER, SCHOOL)
            made = [
                entry for entry in audit_trail(context, TESTER, SCHOOL) if "batch" in entry.details
            ]
            with context.database.read() as uow:
                owners = uow.usernames.owners(names)
                members = [one for batch in batches for one in uow.batches.members(batch.number)]
        assert len(owners) == len(members) == sum(batch.pupils for batch in batches) == len(names)
        assert [entry.pupils for entry in made] == [batch.pupils for batch in batches]
        assert all(member.sealed for member in members)
        return len(names)

    def planned_names(self) -> set[str]:
        """The usernames of a new plan, so of a second try."""
        with self.context() as context:
            plan = plan_accounts(context, TESTER, SCHOOL, ALL)
            release_plan(context, TESTER, plan)
        return {row.username for row in plan.rows}

    def reprint(self) -> dict[str, str]:
        """Print the batch again; return the passwords, of which some are tried."""
        with self.context() as context:
            (batch,) = list_batches(context, TESTER, SCHOOL)
            pupils = list_pupils(context, TESTER, SCHOOL, ALL).pupils[::10]
            with context.database.read() as uow:
                found = uow.accounts.of_pupils([one.listed.pupil_id for one in pupils])
        again = self.leerid.folder / "nog.zip"
        self.leerid.done("batches", "reprint", batch.number, "--out", again)
        printed = passwords(again.read_bytes())
        for account in found.values():
            assert HASHER.verify(account.password.password_hash, printed[account.username])
        return printed

    def files_with(self, secrets: set[str]) -> list[Path]:
        """Everything but the zips where one of `secrets` can be read."""
        files = (path for path in self.leerid.folder.rglob("*") if path.is_file())
        rest = [path for path in files if path.suffix != ".zip"]
        return [path for path in rest if _holds(path.read_bytes(), secrets)]


def _holds(content: bytes, secrets: set[str]) -> bool:
    return any(secret.encode() in content for secret in secrets)


@pytest.fixture
def prepared(leerid: Leerid) -> Leerid:
    """A school with 30 pupils, half of them in secundair."""
    leerid.prepare(
        *(
            child(f"{n}", f"Kind{n:03} Peeters", group="1e lj A" if n % 2 else "4de leerjaar")
            for n in range(PUPILS)
        )
    )
    return leerid


def copies(prepared: Leerid) -> Iterator[Run]:
    """Yield runs, each on a copy of the database in a folder of its own."""
    for number in range(EARLY + LATE + AT_ONCE):
        folder = prepared.folder / f"{number:02}"
        folder.mkdir()
        for path in prepared.folder.glob("leerid.*"):
            shutil.copy(path, folder)
        yield Run(Leerid(folder))


def test_killed_at_any_moment_it_leaves_all_or_nothing(prepared: Leerid) -> None:
    """After nothing it is done again with the same names; after all it is printed again.

    No password of what is printed again can be read anywhere but in the zips.
    """
    runs = list(copies(prepared))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        # The shorter one: a machine that was busy for a moment would make every kill too late.
        whole = min(threads.map(Run.create, runs[:AT_ONCE]))
        # Most of them late, when it prints and writes: before that there is nothing to leave.
        early = [Random(at).uniform(0, 0.6 * whole) for at in range(EARLY)]
        moments = early + [Random(at).uniform(0.6 * whole, 1.2 * whole) for at in range(LATE)]
        list(threads.map(Run.create, runs[AT_ONCE:], moments))
    left = [run.accounts() for run in runs]
    assert left[:AT_ONCE] == [PUPILS] * AT_ONCE
    assert set(left) == {0, PUPILS}
    names = {f"kind{n:03}.peeters" for n in range(PUPILS)}
    secrets = set[str]()
    for run, accounts in zip(runs, left, strict=True):
        if accounts:
            printed = run.reprint()
            assert printed.keys() == names
            secrets |= set(printed.values())
        else:
            assert run.planned_names() == names
    assert [path for run in runs for path in run.files_with(secrets)] == []
