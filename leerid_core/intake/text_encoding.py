"""In which encoding a text file is written (DOMAIN.md, Files that administrators have)."""

from __future__ import annotations

import codecs

from leerid_core.errors import UnreadableFile
from leerid_core.intake.bounds import MEBIBYTE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDEFINED_IN_WINDOWS_1252 = b"\x81\x8d\x8f\x90\x9d"
_SAMPLE_BYTES = 4_096


def detect_encoding(data: bytes) -> str:
    """Return the Python name of the encoding of `data`.

    A byte order mark decides; then UTF-16 shows by its zero bytes and UTF-8 by being valid; what
    remains is Windows-1252, or Latin-1 where a byte means nothing in Windows-1252. Raises
    `UnreadableFile` with `file_is_no_text` for anything else.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(data, name)
    if b"\x00" in data[:_SAMPLE_BYTES]:
        return _checked(data, _utf16_by_zeros(data[:_SAMPLE_BYTES]))
    if b"\x00" in data:
        raise UnreadableFile("file_is_no_text")
    if _is_valid(data, "utf-8"):
        return "utf-8"
    undefined = len(data) != len(data.translate(None, _UNDEFINED_IN_WINDOWS_1252))
    return "latin-1" if undefined else "windows-1252"


def _utf16_by_zeros(sample: bytes) -> str:
    """Latin letters have a zero byte each: the second in little-endian, the first in big-endian."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    least = len(sample) // 8
    if second > least and first < second // 4:
        return "utf-16-le"
    if first > least and second < first // 4:
        return "utf-16-be"
    raise UnreadableFile("file_is_no_text")


def _checked(data: bytes, encoding: str) -> str:
    if not _is_valid(data, encoding):
        raise UnreadableFile("file_is_no_text")
    return encoding


def _is_valid(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    try:
        for start in range(0, len(data), MEBIBYTE):
            decoder.decode(view[start : start + MEBIBYTE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
