"""A zip in memory whose bytes depend on its content only."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_READABLE_FILE = 0o100644 << 16
_UNIX = 3


class DatedZip:
    """Collects entries, all dated `made_on`, in a `with`; a `password` encrypts them (AES-256)."""

    def __init__(self, made_on: date, password: str | None = None) -> None:
        self._moment = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
        self._target = BytesIO()
        self._zip: Any
        if password is None:
            self._zip, self._entry = ZipFile(self._target, "w"), ZipInfo
        else:
            import pyzipper

            self._zip = pyzipper.AESZipFile(self._target, "w", encryption=pyzipper.WZ_AES)
            self._zip.setpassword(password.encode())
            self._entry = self._zip.zipinfo_cls

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes, compression: int = ZIP_STORED) -> None:
        """Add the file `name`."""
        entry = self._entry(name, self._moment)
        entry.compress_type = compression
        entry.create_system = _UNIX
        entry.external_attr = _READABLE_FILE
        self._zip.writestr(entry, data)

    @property
    def data(self) -> bytes:
        """The zip, complete after the `with`."""
        return self._target.getvalue()
