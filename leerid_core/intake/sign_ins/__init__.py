"""A file with sign-ins of other applications, read row by row however long it is."""

from __future__ import annotations

from leerid_core.intake.sign_ins.reading import SignInFile, open_sign_ins
from leerid_core.intake.sign_ins.rows import NAME_CHARACTERS, SignInFormat, SignInRow, one_line

__all__ = [
    "NAME_CHARACTERS",
    "SignInFile",
    "SignInFormat",
    "SignInRow",
    "one_line",
    "open_sign_ins",
]
