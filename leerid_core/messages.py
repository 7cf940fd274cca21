"""The Dutch sentence for every code: what happened and what to do.

One catalogue, so that a Dutch reader can check them all; `{name}` is filled from the parameters.
A test walks over the package and refuses a code without a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    # --- everywhere
    "unexpected": "Er ging iets onverwachts mis. Probeer opnieuw.",
    "cancelled": "Het werk is stopgezet. Er is niets bewaard.",
    "not_allowed": "Je hebt voor deze instelling niet de rol die hiervoor nodig is.",
    "store_unavailable": "De databank is niet bereikbaar. Er is niets bewaard; probeer opnieuw.",
    # --- rules
    # --- intake
    # --- exports
    # --- store
    # --- services
}


def sentence(code: str, parameters: Mapping[str, object] | None = None) -> str:
    """Return the Dutch sentence for `code`, filled with `parameters`.

    Raises `KeyError` for a code or a parameter that the catalogue does not have: that is a
    mistake of ours, and a test finds it.
    """
    return MESSAGES[code].format_map(dict(parameters or {}))
