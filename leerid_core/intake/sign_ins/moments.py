"""From what a file writes to the moment that it means."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from leerid_core.rules.school_time import SCHOOLS_LIVE_IN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MILLISECONDS = 100_000_000_000  # 1973 in milliseconds, the year 5138 in seconds
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}),? +(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII
)
_NUMBER = re.compile(r"\d{9,15}(?:\.\d+)?", re.ASCII)


def read_moment(written: object) -> datetime:
    """Return the moment that ISO 8601, d/M/yyyy H:mm or a number since 1970 means.

    A number is of milliseconds, or of seconds where milliseconds would be before 1973. Without a
    time zone it is the clock of the schools (decision). Raises `ValueError` for anything else,
    and for a day without an hour.
    """
    if isinstance(written, str):
        return _read_text(written.strip())
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return _read_number(written)
    raise ValueError(type(written).__name__)


def _read_text(text: str) -> datetime:
    if len(text) > 10 and (text[4] == "-" or "T" in text):
        return _in_schools(datetime.fromisoformat(text))
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
        return _in_schools(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001 - see there
    if _NUMBER.fullmatch(text):
        return _read_number(float(text) if "." in text else int(text))
    raise ValueError("time")


def _in_schools(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=SCHOOLS_LIVE_IN).astimezone(UTC)


def _read_number(number: float) -> datetime:
    unit = timedelta(milliseconds=1) if number >= _FIRST_MILLISECONDS else timedelta(seconds=1)
    try:
        return _EPOCH + number * unit
    except OverflowError as error:
        raise ValueError("number") from error
