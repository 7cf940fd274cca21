"""Files with sign-ins: every way of writing them, and whatever else comes in."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerid_core.errors import UnreadableFile
from leerid_core.intake.sign_ins import SignInFormat, SignInRow, open_sign_ins
from leerid_core.intake.sign_ins.moments import read_moment
from leerid_core.rules.findings import Finding

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
EVENT = {
    "id": "0b7c",
    "time": 1795418100000,
    "type": "LOGIN",
    "realmId": "school",
    "clientId": "smartschool",
    "userId": "9f",
    "sessionId": "7a",
    "ipAddress": "10.0.0.7",
    "details": {"auth_method": "openid-connect", "redirect_uri": "x", "username": "jan.peeters"},
}


def read(
    content: bytes | str, file_format: SignInFormat | None = None
) -> list[SignInRow | Finding | None]:
    """Read a file whole."""
    data = content.encode() if isinstance(content, str) else content
    with open_sign_ins(data, file_format) as file:
        return list(file.rows(NOW))


def codes(content: bytes | str) -> list[str]:
    """Return the codes of what is wrong."""
    return [one.code for one in read(content) if isinstance(one, Finding)]


def refusal(content: bytes | str) -> str:
    """Return why a file cannot be read."""
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    return caught.value.code


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T07:15:00Z",
        "2026-11-23T07:15:00.000Z",
        "2026-11-23 08:15:00+01:00",
        "2026-11-23T08:15",
        "20261123T081500",
        "2026-11-23T07:15:00.0000000Z",
        "23/11/2026 8:15",
        "23-11-2026, 08:15:00",
        "1795418100000",
        "1795418100",
        "1795418100.0",
        1795418100000,
        1795418100.0,
    ],
)
def test_a_moment_is_read_however_it_is_written(written: object) -> None:
    """With a zone as it says, without one by the clock of the schools, numbers since 1970."""
    assert read_moment(written) == AT


@pytest.mark.parametrize(
    "written",
    ["", "gisteren", "2026-11-23", "31/02/2026 08:15", "20261123", None, True, [], 1e400, "9" * 40],
)
def test_what_is_no_moment_is_refused(written: object) -> None:
    """A day without an hour too: it would count at midnight."""
    line = {"username": "jan", "time": written}
    assert codes(json.dumps(line)) == ["sign_in_time_unreadable"]


def test_the_clock_of_the_schools_has_summer_and_winter() -> None:
    """An hour that comes twice is the first of the two."""
    assert read_moment("2026-07-01T08:00") == datetime(2026, 7, 1, 6, tzinfo=UTC)
    assert read_moment("2026-10-25T02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_table_is_read_by_its_headers(separator: str, encoding: str) -> None:
    """In any order, with other columns between, in any of the encodings that programs write."""
    lines = [
        ["Klas", "TIJDSTIP", "Gebruikersnaam", "Toepassing"],
        ["4A", "2026-11-23T08:15", " Jan.Peeters ", "Bibliothèque"],
        [],
        ["4A", "2026-11-23T08:15", "an", ""],
    ]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    assert read(content) == [
        SignInRow(2, "jan.peeters", AT, "Bibliothèque"),
        SignInRow(4, "an", AT, None),
    ]


def test_a_row_with_an_error_leaves_the_others(tmp_path: Path) -> None:
    """Each has a finding with its own line; the file on disk reads as the one in memory."""
    path = tmp_path / "log.csv"
    path.write_text(
        "user,time,app\n"
        "jan,2026-11-23T08:15,Toetsen\n"
        ",2026-11-23T08:15,Toetsen\n"
        "jan,straks,Toetsen\n"
        "jan,2026-11-23T13:01,Toetsen\n"
        "jan,1999-12-31T08:00,Toetsen\n"
        "jan\n"
        f"jan,2026-11-23T08:15,{'x' * 201}\n"
        '"jan","2026-11-23T08:15","Toetsen"\n'
    )
    with open_sign_ins(path) as file:
        rows = list(file.rows(NOW))
        assert file.position == file.size == path.stat().st_size
    assert [(one.row, one.code) for one in rows if isinstance(one, Finding)] == [
        (3, "sign_in_username_missing"),
        (4, "sign_in_time_unreadable"),
        (5, "sign_in_in_future"),
        (6, "sign_in_too_old"),
        (7, "sign_in_row_unreadable"),
        (8, "sign_in_application_long"),
    ]
    assert [one.row for one in rows if isinstance(one, SignInRow)] == [2, 9]


@pytest.mark.parametrize("indent", [None, 2])
def test_keycloak_s_list_of_events_is_read_as_it_is(indent: int | None) -> None:
    """Only LOGIN is a sign-in; the list may be written on one line or on many."""
    others = [
        EVENT | {"type": kind} for kind in ("LOGIN_ERROR", "CODE_TO_TOKEN", "CLIENT_LOGIN", None)
    ]
    content = json.dumps([EVENT, *others, EVENT | {"details": None}], indent=indent)
    first, *middle, last = read(content)
    assert first == SignInRow(1, "jan.peeters", AT, "smartschool")
    assert middle == [None] * 4
    assert isinstance(last, Finding)
    assert (last.row, last.code) == (6, "sign_in_username_missing")
    assert read("[]", SignInFormat.KEYCLOAK) == []


def test_keycloak_s_events_on_lines_are_read() -> None:
    """As log shippers write them."""
    content = "\n".join(json.dumps(one) for one in (EVENT, EVENT | {"type": "LOGOUT"}))
    assert read(content) == [SignInRow(1, "jan.peeters", AT, "smartschool"), None]


def test_a_long_list_is_read_in_pieces() -> None:
    """An element may lie across the pieces in which the file is read."""
    events = [EVENT | {"session": "x" * at} for at in range(500)]
    rows = read(json.dumps(events))
    assert [row.row for row in rows if isinstance(row, SignInRow)] == list(range(1, 501))


def test_lines_of_json_have_keys_as_tables_have_headers() -> None:
    """A line that is no object has a finding, and the others are read."""
    lines = [
        '{"username": "jan", "timestamp": 1795418100000, "app": "Toetsen"}',
        "",
        '{"gebruikersnaam": "an", "tijdstip": "2026-11-23T08:15"}',
        "{",
        "[1]",
        '{"username": {"a": 1}, "time": 1}',
    ]
    rows = read("\n".join(lines))
    assert rows[:2] == [SignInRow(1, "jan", AT, "Toetsen"), SignInRow(3, "an", AT, None)]
    assert [(one.row, one.code) for one in rows if isinstance(one, Finding)] == [
        (4, "sign_in_row_unreadable"),
        (5, "sign_in_row_unreadable"),
        (6, "sign_in_username_missing"),
    ]


def test_no_text_reaches_a_database_that_it_could_not_take() -> None:
    """Control signs, half letters and endless names."""
    line = {"username": "jan\x00\ud800" + "x" * 500, "time": 1795418100000, "app": "a\x00b\nc"}
    (row,) = read(json.dumps(line))
    assert isinstance(row, SignInRow)
    assert row.application == "a b c"
    assert row.username.isprintable()
    assert len(row.username) == 100


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file_empty"),
        ("  \n", "file_empty"),
        ("Naam;Klas\nJan;4A\n", "sign_in_columns_missing"),
        ("PK\x03\x04", "sign_ins_no_text"),
        ("<a/>", "sign_ins_no_text"),
        ("%PDF-1.4", "file_is_pdf"),
        ("[", "sign_ins_list_broken"),
        ('[{"type": "LOGIN"}', "sign_ins_list_broken"),
        ('[{"type": "LOGIN"} {"type": "LOGIN"}]', "sign_ins_list_broken"),
        ("[" * 5_000, "sign_ins_list_broken"),
        ("[" + "9" * 5_000 + "]", "sign_ins_list_broken"),
        ('["' + "x" * 300_000, "line_too_long"),
        ("{" + "x" * 200_000, "line_too_long"),
        ("user;time\n" + "x" * 200_000, "line_too_long"),
        ('user;time\n"jan;1\n' + "x;1\n" * 300_000, "quote_not_closed"),
    ],
)
def test_a_file_that_is_none_says_why(content: str, code: str) -> None:
    """In our words, and never by filling memory."""
    assert refusal(content) == code


def test_a_path_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    """A folder, for one."""
    with pytest.raises(UnreadableFile), open_sign_ins(tmp_path):
        pass


_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["username", "time", "app", *EVENT]), _values))
def test_any_object_is_a_sign_in_or_a_finding(value: dict[str, Any]) -> None:
    """Whatever an object holds, nothing else comes out."""
    for file_format in (SignInFormat.JSONL, SignInFormat.KEYCLOAK):
        (row,) = read(json.dumps([value]), file_format)
        assert row is None or isinstance(row, (SignInRow, Finding))


@given(st.text() | st.binary())
def test_any_content_is_read_or_refused(content: str | bytes) -> None:
    """In our own words."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    for file_format in (None, *SignInFormat):
        with suppress(UnreadableFile):
            read(data, file_format)
