"""The logins and passwords of administrators, who are no pupils (decision)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.offensive import is_offensive
from leerid_core.rules.passwords import password_refusal

PASSWORD_MINIMUM = 12
"""The fewest characters of an administrator's password: it opens a whole school."""

START_PASSWORD_DAYS = 7
"""After so many days a start password that was never changed is refused (decision)."""

# Small letters and digits that no font makes alike: it is read out, or copied from a note.
_LEGIBLE = "23456789adefhkmnpt"
_GROUPS, _GROUP = 4, 4

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


def generate_start_password(random: Random) -> str:
    """Return a password for a new administrator, who replaces it at once: "7kfa-m3te-28np-hd94".

    66 bits. `random` must be a `secrets.SystemRandom` outside tests.
    """
    while True:
        groups = ("".join(random.choices(_LEGIBLE, k=_GROUP)) for _ in range(_GROUPS))
        password = "-".join(groups)
        if not is_offensive(password):
            return password


def start_password_expiry(made_at: datetime) -> datetime:
    """Return the moment from which a start password made at `made_at` is refused."""
    return made_at + timedelta(days=START_PASSWORD_DAYS)
