"""The work of many sign-ins at once: hashes on all cores, and transactions that are shared."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from leerid_core.errors import LeerIDError, Refused
from leerid_core.services.context import Context
from leerid_core.store import UnitOfWork

A = TypeVar("A")
T = TypeVar("T")
Step = Callable[[Context, UnitOfWork, Sequence[A]], Sequence[T | Refused]]
"""What is done in a transaction for everybody who asks for it; the answers are in their order.

Who is refused has written nothing. It may be done again when the transaction breaks.
"""
Groups = dict[Step[Any, Any], list[Any]]

WAITING_MOST = 1500
"""More than a school that begins its day at once; each waits some ten milliseconds for the next."""
JOINED_FOR, JOINED_FOR_EACH = 0.25, 0.005
"""Seconds that a transaction waits for others to join, at most and for each hash that waits."""
CORES = os.cpu_count() or 1
MAILS_AT_ONCE = 4

log = logging.getLogger(__name__)


class Workers:
    """Runs what pupils wait for, off the event loop.

    Hashes go to as many threads as there are cores: argon2 lets them run at once. Writes go to one
    thread, because the database lets writers in one by one: all who wait share a transaction, and
    each kind of step asks the database once for all of them.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._hashing = ThreadPoolExecutor(CORES, thread_name_prefix="mijn-argon2")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="mijn-store")
        self._mailing = ThreadPoolExecutor(MAILS_AT_ONCE, thread_name_prefix="mijn-mail")
        self._hashes = self._writes = 0
        self._waiting: dict[Step[Any, Any], list[tuple[Any, asyncio.Future[Any]]]] = {}
        self._writer: asyncio.Task[None] | None = None

    def admit(self) -> None:
        """Raise `Refused("pupil_busy")` when too many are waiting already."""
        if self._hashes + self._writes >= WAITING_MOST:
            raise Refused("pupil_busy")

    async def hash(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what `work` returns, done on one of the cores."""
        self._hashes += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._hashing, work, *arguments)
        finally:
            self._hashes -= 1

    async def write(self, step: Step[A, T], asked: A) -> T:
        """Return what `step` answers to `asked`, kept; raises the `Refused` that it answers."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(step, []).append((asked, answer))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        self._writes += 1
        try:
            return await answer
        finally:
            self._writes -= 1

    def mail(self, work: Callable[..., T], *arguments: object) -> asyncio.Future[T]:
        """Return what `work` will return, which talks to the mail server.

        That may take long to answer: nobody waits for it who sends no mail.
        """
        return asyncio.get_running_loop().run_in_executor(self._mailing, work, *arguments)

    def mail_later(self, work: Callable[..., object], *arguments: object) -> None:
        """Do what sends a mail while nobody waits; when it is not sent the log says why."""
        self.mail(work, *arguments).add_done_callback(_log_unsent)

    def close(self) -> None:
        """Let go of the threads; what is waiting is not done.

        Nor is mail: some waits only for a server that hangs, and stopping may not.
        """
        self._mailing.shutdown(wait=False, cancel_futures=True)
        self._hashing.shutdown(wait=False, cancel_futures=True)
        self._writing.shutdown(wait=False, cancel_futures=True)

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            # While hashes wait for a core nobody loses anything when others join a transaction.
            behind = max(0, self._hashes - CORES)
            await asyncio.sleep(min(JOINED_FOR, behind * JOINED_FOR_EACH))
            now, self._waiting = self._waiting, {}
            groups = {step: [asked for asked, _ in waiting] for step, waiting in now.items()}
            answers = await loop.run_in_executor(self._writing, self._together, groups)
            for step, waiting in now.items():
                for (_, future), answer in zip(waiting, answers[step], strict=True):
                    _settle(future, answer)

    def _together(self, groups: Groups) -> Groups:
        """Answer all in one transaction; when one breaks it, each in one of its own."""
        try:
            with self._context.database.write() as uow:
                return {
                    step: list(step(self._context, uow, asked)) for step, asked in groups.items()
                }
        except Exception as error:
            if sum(map(len, groups.values())) == 1:
                return {step: [error] for step in groups}
            return {
                step: [self._together({step: [one]})[step][0] for one in asked]
                for step, asked in groups.items()
            }


def _log_unsent(sent: asyncio.Future[Any]) -> None:
    error = None if sent.cancelled() else sent.exception()
    if isinstance(error, LeerIDError):
        log.warning("a mail was not sent: %s", error.code)
    elif error is not None:
        log.error("a mail was not sent", exc_info=error)


def _settle(future: asyncio.Future[Any], answer: object) -> None:
    if future.cancelled():
        return
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)
