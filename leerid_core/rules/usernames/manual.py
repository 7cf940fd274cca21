"""Usernames that an administrator types: the rules, and the reason of a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable

from leerid_core.rules.findings import Finding, Severity
from leerid_core.rules.usernames.base import MAX_LENGTH, SEPARATORS

# Who could be taken for the system or the school, and words that an address may need
# behind mijn.leerid.be/ (DOMAIN.md, Username).
_RESERVED = """
    aanmelden aanvraag abuse account accounts admin administrator afmelden api app apps assets
    auth beheer beheerder beveiliging bevestig blog cdn contact css dashboard databeheerder demo
    dev directeur directie discimus docs download downloads email favicon.ico gast gebruiker
    gegevens ghost guest health help helpdesk home hostmaster ict img index index.html info
    inloggen js juf klassenraad leerid leerkracht leerling leerlingen login logout mail meester
    mijn nieuw nobody noreply null onderwijs postmaster privacy profiel public register
    registreer robots.txt root scholen school schoolloket secretariaat security server service
    sitemap.xml staff static status support sysadmin systeem system test tester uitloggen
    undefined user users vergeten vlaanderen voorwaarden wachtwoord webmail webmaster www
"""

RESERVED: frozenset[str] = frozenset(_RESERVED.split())


_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("username_empty", lambda name: not name),
    ("username_too_long", lambda name: len(name) > MAX_LENGTH),
    ("username_at_sign", lambda name: "@" in name),
    ("username_characters", lambda name: not re.fullmatch(r"[a-z0-9._-]+", name)),
    ("username_ends", lambda name: name[0] in SEPARATORS or name[-1] in SEPARATORS),
    ("username_signs_in_a_row", lambda name: bool(re.search(r"[._-]{2}", name))),
    ("username_reserved", lambda name: name in RESERVED),
)


def normalise_username(text: str) -> str:
    """Return what was typed as usernames are kept: trimmed and in lower case."""
    return text.strip().lower()


def username_refusal(username: str) -> Finding | None:
    """Return the first rule that a normalised manual `username` breaks, or None.

    At most 50 characters and no "@" (manual, chapter 2); only [a-z0-9._-], a letter or digit at
    both ends, not reserved (DOMAIN.md, Username); no two signs in a row, because on a card they
    look like one (decision). Whether the username is taken is not looked at.
    """
    parameters = {"username": username, "maximum": MAX_LENGTH}
    for code, is_broken in _RULES:
        if is_broken(username):
            return Finding(code, Severity.ERROR, parameters=parameters)
    return None
