"""Accounts: their type, their kinds of password, and whether they are active."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class AccountType(StrEnum):
    """Basis for lager onderwijs, gevorderd for secundair (manual, chapter 1)."""

    BASIC = "basic"
    ADVANCED = "advanced"


class PasswordKind(StrEnum):
    """The kinds of password (manual, chapter 1); CHOSEN is set by the pupil."""

    PICTURES = "pictures"
    WORD = "word"
    TEMPORARY = "temporary"
    CHOSEN = "chosen"


class AccountStatus(StrEnum):
    """Whether a pupil can sign in today; UPCOMING waits for an enrolment that is still to begin."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    UPCOMING = "upcoming"


Period = tuple[date, date]
"""The first and the last day of an enrolment; both count."""


def account_status(periods: Iterable[Period], today: date) -> AccountStatus:
    """Return the status that the pupil's enrolments, in any school, give the account today.

    An account follows its enrolments by itself: inactive after the last day (manual, chapter 2),
    active again with a new one (DOMAIN.md, Life).
    """
    chain = _relevant_chain(periods, today)
    if chain is None or chain[1] < today:
        return AccountStatus.INACTIVE
    return AccountStatus.ACTIVE if chain[0] <= today else AccountStatus.UPCOMING


def inactive_from(periods: Iterable[Period], today: date) -> date | None:
    """Return the last day of the enrolments that count today, or None when there are none.

    This is the date of "Wordt automatisch inactief bij einde inschrijving" (manual, chapter 2).
    Enrolments that overlap or follow one another without a day between count as one. When today
    falls in none it is the end of the coming ones, else of the last that have ended.
    """
    chain = _relevant_chain(periods, today)
    return chain[1] if chain else None


def active_from(periods: Iterable[Period], today: date) -> date | None:
    """Return the first day of the enrolments that count today, or None when there are none."""
    chain = _relevant_chain(periods, today)
    return chain[0] if chain else None


def _relevant_chain(periods: Iterable[Period], today: date) -> Period | None:
    chains = _chains(periods)
    return next((chain for chain in chains if chain[1] >= today), chains[-1] if chains else None)


def _chains(periods: Iterable[Period]) -> list[Period]:
    """Join periods that touch; the result is in order and has a day or more between chains."""
    chains: list[Period] = []
    for begin, end in sorted(period for period in periods if period[0] <= period[1]):
        if chains and begin <= chains[-1][1] + timedelta(days=1):
            chains[-1] = (chains[-1][0], max(chains[-1][1], end))
        else:
            chains.append((begin, end))
    return chains
