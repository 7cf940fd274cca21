"""The groups that cards are sorted into: a (sub)klas or an administrative group."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leerid_core.exports.options import CardOrder
from leerid_core.rules.class_order import class_order
from leerid_core.rules.credentials import Credential
from leerid_core.rules.folding import fold

NO_GROUP = "Zonder groep"
_FORBIDDEN_ON_WINDOWS = set('<>:"/\\|?*')
_LONGEST_PART = 50


@dataclass(frozen=True, slots=True)
class Group:
    """The pupils of one (sub)klas or administrative group, in the order of their cards."""

    name: str
    credentials: tuple[Credential, ...]


def group_name(credential: Credential, *, by_class: bool) -> str:
    """Return the first (sub)klas if asked for and known, else the administrative group."""
    if by_class and credential.school_classes:
        return credential.school_classes[0]
    return credential.administrative_group or NO_GROUP


def make_groups(
    credentials: Iterable[Credential], order: CardOrder, *, by_class: bool
) -> list[Group]:
    """Return the groups in the order of their names, or as they come for `CardOrder.GIVEN`."""
    members: dict[str, list[Credential]] = {}
    for credential in credentials:
        members.setdefault(group_name(credential, by_class=by_class), []).append(credential)
    if order is CardOrder.GIVEN:
        return [Group(name, tuple(pupils)) for name, pupils in members.items()]
    return [Group(name, _by_name(members[name])) for name in sorted(members, key=class_order)]


def in_order(
    credentials: Sequence[Credential], order: CardOrder, *, by_class: bool
) -> tuple[Credential, ...]:
    """Return all pupils in one list: class after class, by name, or as they were given."""
    if order is CardOrder.NAME:
        return _by_name(credentials)
    if order is CardOrder.GIVEN:
        return tuple(credentials)
    groups = make_groups(credentials, order, by_class=by_class)
    return tuple(credential for group in groups for credential in group.credentials)


def file_name_parts(names: Iterable[str]) -> list[str]:
    """Return a part of a file name for each of `names`, safe and unique on Windows too.

    "alle" is never given: that file holds all pupils.
    """
    taken = {"alle"}
    parts = []
    for name in names:
        part = base = _safe(name)
        number = 2
        while part.casefold() in taken:
            part = f"{base} ({number})"
            number += 1
        taken.add(part.casefold())
        parts.append(part)
    return parts


def _safe(name: str) -> str:
    letters = unicodedata.normalize("NFC", name)[:_LONGEST_PART]
    kept = [
        letter if letter.isprintable() and letter not in _FORBIDDEN_ON_WINDOWS else "-"
        for letter in letters
    ]
    return "".join(kept).strip(" .") or NO_GROUP


def _by_name(credentials: Iterable[Credential]) -> tuple[Credential, ...]:
    return tuple(sorted(credentials, key=lambda one: (fold(one.last_name), fold(one.first_name))))
