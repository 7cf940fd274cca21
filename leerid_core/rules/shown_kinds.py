"""Which field a sign-in page shows for a username: pictures to tap, or a password to type."""

from __future__ import annotations

from leerid_core.rules.accounts import PasswordKind

_PICTURES_OF_256 = 96


def shows_pictures(kind: PasswordKind | None, name_hash: bytes) -> bool:
    """Say whether the page shows the pictures for a password of `kind`.

    For a name that nobody has (None), a keyed hash of it decides, always in the same way: three
    names of eight get pictures. So the page tells a stranger of which sort the password would be,
    and not whether the name exists (decision, SECURITY.md).
    """
    if kind is None:
        return name_hash[0] < _PICTURES_OF_256
    return kind is PasswordKind.PICTURES
