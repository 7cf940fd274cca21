"""E-mail addresses that pupils give."""

from __future__ import annotations

import re

LONGEST = 254
"""Characters that mail servers take (RFC 5321)."""

# As the HTML standard has it for a field of type email, with a dot in the domain.
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ADDRESS = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def is_email_address(text: str) -> bool:
    """Say whether mail can be sent to `text`; whether somebody reads it, a mail must show."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
