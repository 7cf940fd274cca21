"""The logins and passwords of administrators, who are no pupils (decision)."""

from __future__ import annotations

import re

from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.passwords import password_refusal

PASSWORD_MINIMUM = 12
"""The fewest characters of an administrator's password: it opens a whole school."""

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{1,98})[a-z0-9]")


def normalise_login(text: str) -> str:
    """Return a login as it is kept and compared: without spaces around it, in lower case."""
    return text.strip().lower()


def login_refusal(login: str) -> Finding | None:
    """Return why a normalised login cannot be used, or None; an e-mail address can be."""
    if _LOGIN.fullmatch(login):
        return None
    return Finding("login_malformed", Severity.ERROR)


def administrator_password_refusal(password: str, login: str) -> Finding | None:
    """Return why an administrator may not have `password`, or None when he may.

    Beside the length the rules are those of a password that a pupil chooses. The finding holds no
    part of the password.
    """
    if len(password) < PASSWORD_MINIMUM:
        parameters = {"minimum": PASSWORD_MINIMUM}
        return Finding("password_too_short", Severity.ERROR, parameters=parameters)
    return password_refusal(password, login)
