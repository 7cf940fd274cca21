"""A file with sign-ins of other applications, read row by row however long it is."""

from __future__ import annotations

from leerid_core.intake.sign_ins.reading import SignInFile, open_sign_ins
from leerid_core.intake.sign_ins.rows import SignInFormat, SignInRow

__all__ = ["SignInFile", "SignInFormat", "SignInRow", "open_sign_ins"]
