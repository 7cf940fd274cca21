"""Take an uploaded file in, and tell by its content which kind of container it is."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import FILE_BYTES, MEBIBYTE

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SOMETHING = re.compile(rb"[^\x00\t\n\r \xef\xbb\xbf\xff\xfe]")
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Container(StrEnum):
    """What a list can be wrapped in."""

    WORKBOOK = "workbook"
    XML = "xml"
    TEXT = "text"


def read_bounded(source: BinaryIO | bytes | Path) -> bytes:
    """Return the content of `source`, never holding more than the bound.

    A stream is read from where it stands and left open. Raises `UnreadableFile` with
    `file_too_large`, `file_empty` or `file_cannot_be_opened`.
    """
    try:
        data = _content(source)
    except OSError as error:
        raise UnreadableFile("file_cannot_be_opened") from error
    if not _SOMETHING.search(data):
        raise UnreadableFile("file_empty")
    return data


def _content(source: BinaryIO | bytes | Path) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _content(file)
    if isinstance(source, bytes):
        _check_size(len(source))
        return source
    parts = bytearray()
    while part := source.read(MEBIBYTE):
        parts += part
        _check_size(len(parts))
    return bytes(parts)


def _check_size(size: int) -> None:
    if size > FILE_BYTES:
        raise UnreadableFile("file_too_large", limit=FILE_BYTES // MEBIBYTE)


def recognise_container(data: bytes) -> Container:
    """Return the container of `data` by its first bytes, whatever the file is called.

    Raises `UnreadableFile` with `file_is_old_excel`, `file_is_encrypted`, `file_is_pdf` or
    `file_is_web_page` for what looks like a list but cannot be read.
    """
    if data.startswith(b"PK\x03\x04"):
        return Container.WORKBOOK
    if data.startswith(_OLE):
        raise UnreadableFile("file_is_encrypted" if _ENCRYPTED in data else "file_is_old_excel")
    if data.startswith(b"%PDF"):
        raise UnreadableFile("file_is_pdf")
    start = _start(data)
    if start.startswith(_HTML):
        raise UnreadableFile("file_is_web_page")
    return Container.XML if start.startswith(b"<") else Container.TEXT


def _start(data: bytes) -> bytes:
    """The first letters in lower case, of UTF-16 as of UTF-8."""
    start = data[:200]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"").lstrip().lower()
