"""What ends when a school gives pupils another password, or takes it back."""

from __future__ import annotations

from collections.abc import Collection

from leerid_core.services.context import Context
from leerid_core.services.pupil_throttling import clear
from leerid_core.store import Purpose, UnitOfWork


def end_entries(context: Context, uow: UnitOfWork, pupil_ids: Collection[int]) -> None:
    """End the sessions of pupils, the links they were mailed and the waits after wrong passwords.

    Called in the transaction that replaces the passwords: nobody stays in with the old one, and a
    new card works at once.
    """
    accounts = uow.accounts.of_pupils(pupil_ids)
    clear(context, uow, [account.username for account in accounts.values()])
    uow.pupil_sessions.end_of(pupil_ids)
    uow.mail_links.remove_of(pupil_ids, Purpose.RESET)
