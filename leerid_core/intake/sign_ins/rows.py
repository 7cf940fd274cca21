"""One sign-in of a file, from the values that its format gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from leerid_core.intake.sign_ins.moments import read_moment
from leerid_core.rules.findings import Finding, Severity

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)  # before it, a number was no time
NAME_CHARACTERS: Final = 200
USERNAME_CHARACTERS: Final = 100  # more than any has
SHOWN_CHARACTERS: Final = 40


class SignInFormat(StrEnum):
    """How a file writes sign-ins."""

    CSV = "csv"
    JSONL = "jsonl"
    KEYCLOAK = "keycloak"


class SignInRow(NamedTuple):
    """A sign-in as the file tells it; `application` is None where it names none."""

    row: int
    username: str
    at: datetime
    application: str | None


class Written(NamedTuple):
    """A sign-in as it stands in the file."""

    row: int
    username: object
    at: object
    application: object


def read_row(written: Written, now: datetime) -> SignInRow | Finding:
    """Return the sign-in, or what is wrong with it; one later than `now` is refused."""
    username = one_line(written.username).lower()[:USERNAME_CHARACTERS]
    application = one_line(written.application)
    if not username:
        return Finding("sign_in_username_missing", Severity.ERROR, written.row)
    if len(application) > NAME_CHARACTERS:
        return Finding("sign_in_application_long", Severity.ERROR, written.row)
    try:
        at = read_moment(written.at)
    except ValueError:
        shown = str(written.at)[:SHOWN_CHARACTERS]
        return Finding(
            "sign_in_time_unreadable", Severity.ERROR, written.row, parameters={"value": shown}
        )
    if at > now:
        return Finding("sign_in_in_future", Severity.ERROR, written.row)
    if at < EARLIEST:
        return Finding("sign_in_too_old", Severity.ERROR, written.row)
    return SignInRow(written.row, username, at, application or None)


def keycloak_sign_in(row: int, event: Mapping[str, Any]) -> Written | None:
    """Return the sign-in of an event of Keycloak, None for an event that is none.

    The shape is that of `EventRepresentation` in Keycloak's admin API: time in milliseconds, type,
    clientId, and the username among the details.
    """
    if event.get("type") != "LOGIN":
        return None
    details = event.get("details")
    username = details.get("username") if isinstance(details, dict) else None
    return Written(row, username, event.get("time"), event.get("clientId"))


def one_line(value: object) -> str:
    """Return a text or number as one line that every database takes, "" for anything else.

    Control signs and half letters become spaces.
    """
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if text.isascii() and text.isprintable():
        return text
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
