"""Dates as the manual writes them."""

from __future__ import annotations

from datetime import date

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
