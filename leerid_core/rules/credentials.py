"""What one pupil is handed: the content of a card."""

from __future__ import annotations

from dataclasses import dataclass, field

from leerid_core.rules.accounts import AccountType, PasswordKind


@dataclass(frozen=True, slots=True)
class Credential:
    """The content of one card and of one line in the Excel.

    `password` is clear text, so it is kept out of `repr`; for PICTURES it is the picture keys of
    `rules.pictures` in order, separated by one space. `link` is printed and in the QR code.
    """

    first_name: str
    last_name: str
    administrative_group: str
    account_type: AccountType
    username: str
    password_kind: PasswordKind
    password: str = field(repr=False)
    link: str
    stamnummer: str | None = None
    school_classes: tuple[str, ...] = ()
