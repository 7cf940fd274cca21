"""What a browser sends is not trusted: only messages of the right shape are heard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.workbench.components.component import Component, static
from leerid_core.workbench.components.files import Upload
from leerid_core.workbench.components.table import Column, PagedTable, TablePage, Wish

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


class Asked:
    """Rows that note what they were asked."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def wished(self, wish: Wish) -> None:
        """Note a wish."""
        self.calls.append(wish)

    def checked(self, keys: list[int], checked: bool) -> None:
        """Note a selection."""
        self.calls.append((keys, checked))

    def checked_all(self, checked: bool) -> None:
        """Note a selection of all."""
        self.calls.append(checked)

    def opened(self, key: int) -> None:
        """Note what was opened."""
        self.calls.append(key)


def receive(component: Component, content: object, *buffers: bytes) -> None:
    """Let a component get a message as from the browser."""
    component._receive(component, content, list(buffers))


@pytest.fixture
def rows() -> Asked:
    """Rows that note what they were asked."""
    return Asked()


@pytest.fixture
def table(rows: Asked) -> PagedTable:
    """A table of one column that can be sorted and one that cannot."""
    columns = [Column("name", "Naam"), Column("note", "Nota", sortable=False)]
    return PagedTable("Namen", columns, rows)


WISH = {"kind": "wish", "sort": "name", "descending": False, "page": 0, "size": 50}


def test_a_wish_reaches_the_rows(table: PagedTable, rows: Asked) -> None:
    """A message of the right shape is a wish."""
    receive(table, WISH)
    assert rows.calls == [Wish("name", False, 0, 50)]


@pytest.mark.parametrize(
    "forged",
    [
        {"sort": "password_hash"},
        {"sort": "note"},
        {"page": -1},
        {"page": True},
        {"size": 1_000_000},
        {"size": "50"},
        {"descending": 1},
        {"kind": "wished"},
    ],
)
def test_a_forged_wish_is_not_heard(
    table: PagedTable, rows: Asked, forged: dict[str, object]
) -> None:
    """Another column, page size or type of value asks nothing of the rows."""
    receive(table, WISH | forged)
    assert rows.calls == []


@given(st.dictionaries(st.sampled_from(["kind", "keys", "checked", "key", "sort"]), ANYTHING))
def test_no_message_breaks_a_table(message: dict[str, object]) -> None:
    """Whatever arrives is heard or dropped, and never raises."""
    receive(PagedTable("Namen", [Column("name", "Naam")], Asked()), message)


@given(ANYTHING)
def test_what_is_no_message_is_dropped(content: object) -> None:
    """A list, a number or a text instead of a message does nothing."""
    receive(PagedTable("Namen", [Column("name", "Naam")], Asked()), content)


def test_every_wish_is_answered_once(table: PagedTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table waits for an answer: one that cannot be given is said to be refused."""
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(table, "send", lambda content, buffers=None: sent.append(content))
    receive(table, WISH)
    assert [one["kind"] for one in sent] == ["refused"]
    table.show(TablePage(0, 0, ()))
    assert sent[-1]["asked"] is False


class Received:
    """What came out of an upload."""

    def __init__(self, limit: int) -> None:
        self.files: list[tuple[str, bytes]] = []
        self.refused = 0
        self.upload = Upload("Bestand", ".csv", limit, self._file, self._refuse)

    def _file(self, name: str, content: bytes) -> None:
        self.files.append((name, content))

    def _refuse(self) -> None:
        self.refused += 1

    def piece(self, index: int, count: int, content: bytes) -> None:
        """Send one piece of a file."""
        message = {"kind": "piece", "name": "lijst.csv", "index": index, "count": count}
        receive(self.upload, message, content)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=6))
def test_a_file_arrives_as_it_was_sent(pieces: list[bytes]) -> None:
    """The pieces make the file again, also when one before it was broken off."""
    received = Received(limit=1000)
    received.piece(0, 3, b"a file that was broken off")
    for index, piece in enumerate(pieces):
        received.piece(index, len(pieces), piece)
    assert received.files == [("lijst.csv", b"".join(pieces))]


def test_a_file_that_is_too_large_is_refused_before_it_is_whole() -> None:
    """A browser that does not count is stopped here, and nothing of it is kept."""
    received = Received(limit=10)
    received.piece(0, 3, b"12345678")
    received.piece(1, 3, b"12345678")
    assert (received.refused, received.files) == (1, [])
    received.piece(0, 1, b"small")
    assert received.files == [("lijst.csv", b"small")]


def test_every_module_of_the_browser_is_whole() -> None:
    """No module asks for another file: the browser gets it as one text."""
    for name in ("table.js", "plan_table.js", "content.js", "header.js", "entry.js"):
        text = static(name)
        assert "import " not in text
        assert "innerHTML" not in text
        assert re.search(r"export default {( initialize,)? render };\n$", text)
