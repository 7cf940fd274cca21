"""Dates as the manual writes them."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def dutch_date(day: date) -> str:
    """Return `day` as "31 augustus 2024", whatever the locale (manual, chapter 2)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dutch_moment(moment: datetime) -> str:
    """Return `moment` as "31 augustus 2024 om 14.05 uur", in the time zone that it has."""
    return f"{dutch_date(moment.date())} om {moment:%H.%M} uur"
