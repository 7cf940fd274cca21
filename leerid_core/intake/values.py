"""From the content of one cell to the value of one field.

A cell holds what openpyxl gives (text, number, date, truth value) or the text of a text file. The
functions return None, or nothing, for an empty cell and raise `ValueError` for one they cannot
read. What a list repeats (dates, groups, classes) is read once and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from leerid_core.rules.enrolments import Level, Sex

_Value = TypeVar("_Value")

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_SERIALS = range(3_654, 73_416)  # 1910 to 2100, so that a mere number is not taken for a date
_YEARS = range(1900, 2101)
_TIME = r"(?:[T ]\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_NUMBER = re.compile(r"(\d{1,12})(?:[.,]0+)?", re.ASCII)
_CLASS_SEPARATORS = re.compile(r"[,;\n]")
_SEXES = {
    "m": Sex.MALE,
    "man": Sex.MALE,
    "jongen": Sex.MALE,
    "v": Sex.FEMALE,
    "vrouw": Sex.FEMALE,
    "meisje": Sex.FEMALE,
    "x": Sex.OTHER,
}
_LEVELS = {
    "kleuter": Level.KLEUTER,
    "kleuteronderwijs": Level.KLEUTER,
    "lager": Level.LAGER,
    "lager onderwijs": Level.LAGER,
    "secundair": Level.SECUNDAIR,
    "secundair onderwijs": Level.SECUNDAIR,
    "hoger": Level.HOGER,
    "hoger onderwijs": Level.HOGER,
}
_TRUE = frozenset({"1", "-1", "ja", "j", "true", "waar", "x"})
_EXCEL_ERRORS = frozenset(
    {"#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?", "#DIV/0!"}
    | {"#DEEL/0!", "#NULL!", "#LEEG!", "#NUM!", "#GETAL!"}
)


def read_text(cell: object) -> str:
    """Return the text of a cell: one line, composed (NFC), without control characters.

    A whole number keeps its digits only. Raises `ValueError` for the error value of a formula and
    for a date, which here is a text such as "1-2" that Excel took for one.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (int, float)):
        return str(cell)
    raise ValueError(type(cell).__name__)


def read_digits(cell: object) -> str:
    """Return the text of a cell that holds a number, without the ".0" that conversions add."""
    text = read_text(cell)
    number = _NUMBER.fullmatch(text)
    return number[1] if number else text


def read_date(cell: object) -> date | None:
    """Return the date in a cell: an Excel date or serial, d/M/yyyy, an ISO date or yyyyMMdd."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or cell is None:
        return cell
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        raise ValueError(type(cell).__name__)
    return _parse_date(cell)


@lru_cache(maxsize=65_536)
def _parse_date(cell: str | float) -> date | None:
    text = _clean(cell) if isinstance(cell, str) else str(cell)
    if not text:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DAY_FIRST.fullmatch(text):
        day = date(int(found[4]), int(found[3]), int(found[1]))
    else:
        day = _date_of_number(float(text))
    if day.year not in _YEARS:
        raise ValueError("year")
    return day


def _date_of_number(number: float) -> date:
    if not 0 < number < 100_000_000:
        raise ValueError("number")
    whole = int(number)
    if whole in _EXCEL_SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=whole)
    return date(whole // 10_000, whole // 100 % 100, whole % 100)


def read_sex(cell: object) -> Sex | None:
    """Return the sex in a cell: M, V or X, or the Dutch word."""
    text = read_text(cell)
    if not text:
        return None
    return _found(_SEXES, text)


def read_level(cell: object) -> Level | None:
    """Return the Niveau code in a cell, 1 to 4, or the level's Dutch name."""
    text = read_digits(cell)
    if not text:
        return None
    return Level(int(text)) if text.isdecimal() else _found(_LEVELS, text)


def read_classes(cell: object) -> tuple[str, ...]:
    """Return the (sub)klassen in a cell, separated by commas, in their order, each once."""
    if isinstance(cell, str):
        return _split_classes(cell)
    text = read_text(cell)
    return (text,) if text else ()


@lru_cache(maxsize=8_192)
def _split_classes(text: str) -> tuple[str, ...]:
    parts = (_clean(part) for part in _CLASS_SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_truth(cell: object) -> bool:
    """Return whether a cell says yes: 1, ja, x or waar."""
    return cell is True or read_text(cell).lower() in _TRUE


def _found(values: Mapping[str, _Value], text: str) -> _Value:
    try:
        return values[text.lower()]
    except KeyError as missing:
        raise ValueError(text) from missing


def _clean(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text)
        text = "".join(map(_printable, text))
    text = " ".join(text.split())
    if text in _EXCEL_ERRORS:
        raise ValueError(text)
    return text


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in {"Cf", "Cs"} else character
