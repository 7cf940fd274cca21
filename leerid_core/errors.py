"""What can go wrong, as a code and its parameters; the Dutch sentence is in `messages`."""

from __future__ import annotations

from typing import ClassVar


class LeerIDError(Exception):
    """The root of every error of this package.

    `code` names the sentence in `messages`, `parameters` fill it. Parameters never hold a
    password, and nothing that a log may not hold.
    """

    default_code: ClassVar[str] = "unexpected"

    def __init__(self, code: str | None = None, **parameters: object) -> None:
        self.code = code or self.default_code
        self.parameters = parameters
        super().__init__(self.code)


class NotAllowed(LeerIDError):
    """The actor lacks the role that this needs at this school."""

    default_code = "not_allowed"


class NotFound(LeerIDError):
    """What was asked for does not exist, or not for this school."""


class Refused(LeerIDError):
    """A rule forbids it; the code says which."""


class Cancelled(LeerIDError):
    """The user stopped long work before anything was written."""

    default_code = "cancelled"


class UnreadableFile(LeerIDError):
    """An uploaded file cannot be read at all."""


class ConfigurationError(LeerIDError):
    """The database, the key or another setting is missing or wrong."""


class StoreError(LeerIDError):
    """The database refused or could not be reached."""

    default_code = "store_unavailable"
