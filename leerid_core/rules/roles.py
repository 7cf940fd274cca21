"""Roles of administrators at a school, and what each may do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Right(StrEnum):
    """What a role can allow; ISSUE is to create, renew, undo and print again."""

    READ = "read"
    ISSUE = "issue"
    IMPORT = "import"
    SETTINGS = "settings"


class Role(StrEnum):
    """The roles of the manual, and inzage for who only looks (DOMAIN.md, Words)."""

    VIEWER = "viewer"
    ACCOUNT_MANAGER = "account_manager"
    DATA_MANAGER = "data_manager"

    @property
    def dutch(self) -> str:
        """The name that users see."""
        return _DUTCH[self]


_DUTCH = {
    Role.VIEWER: "inzage",
    Role.ACCOUNT_MANAGER: "LeerID-beheerder",
    Role.DATA_MANAGER: "LeerID-databeheerder",
}

_RIGHTS = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.ACCOUNT_MANAGER: frozenset({Right.READ, Right.ISSUE}),
    Role.DATA_MANAGER: frozenset({Right.READ, Right.IMPORT, Right.SETTINGS}),
}


def allows(roles: Iterable[Role], right: Right) -> bool:
    """Say whether one of `roles` gives `right`; without a role nothing is allowed.

    Importing does not include issuing: a data manager who also issues accounts has both roles
    (decision).
    """
    return any(right in _RIGHTS[role] for role in roles)
