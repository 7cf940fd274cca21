"""Passwords to hashes, on all cores, while other work goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from leerid_core.services.work import Work

# OWASP's minimum for argon2id (DOMAIN.md, Passwords).
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Of a password that nobody knows: an unknown name takes the same work as a known one.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$wlNjLEQa4b9TmgDMOzgMag"
    "$UCLDLCDG6ThblU9GySzjL0Sr3ZtOvRfzNeIH9y59Vi8"
)


def verifies(password_hash: str, password: str) -> bool:
    """Say whether `password` is the one of a hash; a hash that is damaged is of none."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


class Hashing:
    """Passwords that are being hashed in the background."""

    def __init__(self, futures: Sequence[Future[str]]) -> None:
        self._futures = futures

    def hashes(self, work: Work) -> list[str]:
        """Wait for the hashes and return them in the order of the passwords.

        Raises `Cancelled` as soon as `work` is.
        """
        total = len(self._futures)
        for done, _ in enumerate(as_completed(self._futures), 1):
            work.check()
            work.report(done, total, "hashing")
        return [future.result() for future in self._futures]


@contextmanager
def hashing(passwords: Sequence[str]) -> Iterator[Hashing]:
    """Hash `passwords` with as many threads as there are cores; argon2 lets them run at once."""
    executor = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="argon2")
    try:
        yield Hashing([executor.submit(HASHER.hash, password) for password in passwords])
    finally:
        executor.shutdown(cancel_futures=True)
