"""Zip entries whose bytes depend on their content only."""

from __future__ import annotations

from datetime import date
from zipfile import ZipInfo


def zip_entry(name: str, made_on: date, compression: int) -> ZipInfo:
    """Return the head of an entry `name` dated `made_on`, readable by everyone who can open it."""
    entry = ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry
