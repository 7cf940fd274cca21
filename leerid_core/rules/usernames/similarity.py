"""Usernames that are easily mistaken for one another in one class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence


def differs_in_one_character(a: str, b: str) -> bool:
    """Say whether one typing slip turns `a` into `b`.

    A slip is one character replaced, left out or added, or two neighbours exchanged. Equal names
    do not differ.
    """
    if a == b:
        return False
    start = _common_prefix(a, b)
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def confusable_usernames(usernames: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of indexes, lowest first and in order, that differ in one character.

    The time grows with the number of names and of pairs found, not with its square: two names a
    slip apart become equal when each loses at most one character, so only those are compared.
    """
    neighbours: dict[str, set[int]] = defaultdict(set)
    pairs: set[tuple[int, int]] = set()
    for index, username in enumerate(usernames):
        for shortened in _with_one_left_out(username):
            pairs.update((other, index) for other in neighbours[shortened])
            neighbours[shortened].add(index)
    return sorted(
        (a, b) for a, b in pairs if a != b and differs_in_one_character(usernames[a], usernames[b])
    )


def _with_one_left_out(username: str) -> Iterator[str]:
    yield username
    for position in range(len(username)):
        yield username[:position] + username[position + 1 :]


def _common_prefix(a: str, b: str) -> int:
    length = 0
    for char_a, char_b in zip(a, b, strict=False):
        if char_a != char_b:
            break
        length += 1
    return length
