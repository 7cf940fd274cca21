"""The work of many sign-ins at once: hashes on all cores, and transactions that are shared."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from leerid_core.errors import Refused
from leerid_core.store import Database, UnitOfWork

T = TypeVar("T")
Step = Callable[[UnitOfWork], Any]

WAITING_MOST = 1500
"""More than a school that begins its day at once; each waits some ten milliseconds for the next."""
TOGETHER_MOST = 64
JOINED_FOR, JOINED_FOR_EACH = 0.1, 0.003
"""Seconds that a transaction waits for others to join, at most and for each hash that waits."""


class Workers:
    """Runs what pupils wait for, off the event loop.

    Hashes go to as many threads as there are cores: argon2 lets them run at once. Writes go to one
    thread, because the database lets writers in one by one: those that wait share a transaction, so
    that the disk is asked once for all of them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hashing = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="mijn-argon2")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="mijn-store")
        self._hashes = 0
        self._steps: list[tuple[Step, asyncio.Future[Any]]] = []
        self._writer: asyncio.Task[None] | None = None

    def admit(self) -> None:
        """Raise `Refused("pupil_busy")` when too many are waiting already."""
        if self._hashes + len(self._steps) >= WAITING_MOST:
            raise Refused("pupil_busy")

    async def hash(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what `work` returns, done on one of the cores."""
        self._hashes += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._hashing, work, *arguments)
        finally:
            self._hashes -= 1

    async def write(self, step: Callable[[UnitOfWork], T]) -> T:
        """Return what `step` returns, done in a writing transaction and kept.

        A step that raises `Refused` has written nothing before. It may be run again.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._steps.append((step, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return await done

    def close(self) -> None:
        """Let go of the threads; what is waiting is not done."""
        self._hashing.shutdown(wait=False, cancel_futures=True)
        self._writing.shutdown(wait=False, cancel_futures=True)

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._steps:
            # Who waits long for a hash loses nothing when others join his transaction.
            await asyncio.sleep(min(JOINED_FOR, self._hashes * JOINED_FOR_EACH))
            now, self._steps = self._steps[:TOGETHER_MOST], self._steps[TOGETHER_MOST:]
            steps = [step for step, _ in now]
            results = await loop.run_in_executor(self._writing, self._together, steps)
            for (_, done), result in zip(now, results, strict=True):
                if done.cancelled():
                    continue
                if isinstance(result, BaseException):
                    done.set_exception(result)
                else:
                    done.set_result(result)

    def _together(self, steps: Sequence[Step]) -> list[Any]:
        """Run steps in one transaction; when one breaks it, each in one of its own."""
        try:
            with self._database.write() as uow:
                return [_result(step, uow) for step in steps]
        except Exception as error:
            if len(steps) == 1:
                return [error]
            return [self._together([step])[0] for step in steps]


def _result(step: Step, uow: UnitOfWork) -> Any:
    try:
        return step(uow)
    except Refused as refused:
        return refused
