"""The catalogue of sentences and the codes in the source: one for one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

import leerid_core
from leerid_core import errors
from leerid_core.messages import MESSAGES, sentence

PACKAGE = Path(leerid_core.__file__).parent
SOURCES = {path: ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py")}
SHAPE = re.compile(r"[a-z]+(_[a-z]+)+")
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type)}


@dataclass(frozen=True)
class Use:
    """A code where it is used; `parameters` is None when the source does not tell them."""

    code: str
    place: str
    parameters: frozenset[str] | None = None


def _strings(node: ast.AST | None) -> Iterator[str]:
    """The strings a code may be: a literal, or the branches of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        for element in node.elts:
            yield from _strings(element)


def _positions(tree: ast.AST) -> dict[str, int]:
    """Where a call takes a code: errors, findings, and functions with a parameter `code`."""
    positions = dict.fromkeys(ERRORS | {"Finding"}, 0)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
            if "code" in names:
                positions[node.name] = names.index("code")
    return positions


def _code_argument(call: ast.Call, position: int) -> ast.AST | None:
    for keyword in call.keywords:
        if keyword.arg == "code":
            return keyword.value
    return call.args[position] if position < len(call.args) else None


def _parameters(call: ast.Call, name: str) -> frozenset[str] | None:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in ERRORS:
        return None if None in keywords else frozenset(str(key) for key in keywords) - {"code"}
    if name == "Finding" and "parameters" not in keywords and len(call.args) < 5:
        return frozenset()
    given = keywords.get("parameters")
    if name == "Finding" and isinstance(given, ast.Dict):
        keys = [key.value for key in given.keys if isinstance(key, ast.Constant)]
        return frozenset(map(str, keys)) if len(keys) == len(given.keys) else None
    return None


def _uses() -> Iterator[Use]:
    for path, tree in SOURCES.items():
        positions = _positions(tree)
        for node in ast.walk(tree):
            place = f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                argument = _code_argument(node, positions[name]) if name in positions else None
                for code in _strings(argument):
                    yield Use(code, place, _parameters(node, name))
            for code in _strings(_chosen(node)):
                if SHAPE.fullmatch(code):
                    yield Use(code, place)


def _chosen(node: ast.AST) -> ast.AST | None:
    """What is put into a variable `code` or the list `codes`, or returned."""
    if isinstance(node, ast.Return):
        return node.value
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {getattr(target, "id", "") for target in targets}
        return node.value if names & {"code", "codes", "default_code"} else None
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "codes.append":
        return node.args[0]
    return None


USES = list(_uses())


def test_the_walk_finds_the_codes() -> None:
    """The tests below compare something: codes of errors and codes of findings are found."""
    codes = {use.code for use in USES}
    assert {"not_allowed", "store_unavailable"} <= codes
    assert len(codes) > 20


def test_every_code_has_a_sentence() -> None:
    """No error and no finding reaches a user without words."""
    missing = sorted(f"{use.place} {use.code}" for use in USES if use.code not in MESSAGES)
    assert missing == []


def test_every_sentence_gets_its_parameters() -> None:
    """Where the source shows the parameters of a code, they fill its sentence."""
    wanting = [
        f"{use.place} {use.code} lacks {sorted(fields - use.parameters)}"
        for use in USES
        if use.parameters is not None
        and (fields := _fields(MESSAGES.get(use.code, ""))) - use.parameters
    ]
    assert wanting == []


def test_every_sentence_is_used() -> None:
    """A sentence whose code stands nowhere in the source is left over."""
    strings = {
        node.value
        for path, tree in SOURCES.items()
        if path.name != "messages.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(MESSAGES.keys() - strings) == []


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_is_a_sentence(code: str) -> None:
    """It begins with a capital or a value, ends with a mark or what to type, and can be filled."""
    filled = sentence(code, dict.fromkeys(_fields(MESSAGES[code]), "1"))
    assert re.fullmatch(r"[^a-z\s].*([.?!]|: \S.*)", filled)
    assert "  " not in filled


def test_a_code_without_a_sentence_is_our_mistake() -> None:
    """It is not hidden behind an empty text."""
    with pytest.raises(KeyError):
        sentence("no_such_code")


def _fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}
