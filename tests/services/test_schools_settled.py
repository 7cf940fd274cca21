"""Schools, what they settle, the key of an installation, and the trail."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from service_world import OTHER_SCHOOL, SCHOOL, START, Child, World

from leerid_core.errors import ConfigurationError, NotFound, Refused
from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.services.auditing import audit_trail
from leerid_core.services.context import initialise, opened
from leerid_core.services.demo import fill_demo
from leerid_core.services.keys import make_key_file
from leerid_core.services.schools import (
    add_school,
    list_schools,
    settle_group_type,
    share_classes,
)
from leerid_core.services.work import Work
from leerid_core.settings import Settings


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        (SCHOOL, "Nog eens", "school_exists"),
        (SCHOOL.lstrip("0"), "Nog eens", "school_exists"),
        ("1234567", "Lang", "school_number_malformed"),
        ("12345x", "Letter", "school_number_malformed"),
        ("000001", "  ", "school_name_missing"),
    ],
)
def test_a_school_that_cannot_be_is_refused(
    world: World, number: str, name: str, code: str
) -> None:
    """With the reason; nothing is added."""
    with pytest.raises(Refused) as caught:
        add_school(world.context, world.operator, number, name)
    assert caught.value.code == code
    assert len(list_schools(world.context, world.operator)) == 2


def test_a_number_gets_its_leading_zero_back(world: World) -> None:
    """Excel took it away."""
    school = add_school(world.context, world.operator, "30570", " School ", Level.SECUNDAIR)
    assert (school.number, school.name, school.level) == ("030570", "School", Level.SECUNDAIR)
    assert school in list_schools(world.context, world.operator)


def test_classes_are_hidden_where_they_are_not_shared(world: World) -> None:
    """They stay in the database, so that they are there when they are shared again."""
    world.enrol(Child("1", "Jan Peeters", classes="4A"))
    share_classes(world.context, world.operator, SCHOOL, share=False)
    assert world.pupil("jan").listed.school_classes == ()
    share_classes(world.context, world.operator, SCHOOL, share=True)
    assert world.pupil("jan").listed.school_classes == ("4A",)


def test_a_group_is_settled_for_now_and_for_later_files(world: World) -> None:
    """Its pupils get the type, and so do those whom a next file brings."""
    world.enrol(Child("1", "Jan Peeters", group="Groep 3"))
    args = (world.context, world.operator, SCHOOL, "Groep 3", AccountType.ADVANCED)
    assert settle_group_type(*args) == 1
    preview = world.enrol(
        Child("1", "Jan Peeters", group="Groep 3"), Child("2", "An Peeters", group="Groep 3")
    )
    assert preview.findings == ()
    assert {row.account_type for row in world.plan().rows} == {AccountType.ADVANCED}
    with pytest.raises(NotFound) as caught:
        settle_group_type(*args)
    assert caught.value.code == "group_not_open"


def test_the_trail_of_a_school_is_its_own(world: World) -> None:
    """From a moment on, oldest first."""
    world.clock.forward(hours=1)
    world.enrol_names("Jan Peeters", school=OTHER_SCHOOL)
    world.clock.forward(hours=1)
    world.enrol_names("Jan Peeters")
    trail = audit_trail(world.context, world.operator, SCHOOL)
    assert [entry.action for entry in trail] == ["school_added", "import"]
    assert [(entry.actor, entry.origin) for entry in trail] == [("An", "test")] * 2
    since = START + timedelta(hours=2)
    assert audit_trail(world.context, world.operator, SCHOOL, since) == trail[1:]
    assert audit_trail(world.context, world.operator, SCHOOL, since + timedelta(seconds=1)) == []


def test_initialising_twice_changes_nothing(world: World) -> None:
    """The key stays, and only its owner reads it."""
    key = world.settings.key_file.read_bytes()
    initialise(world.settings)
    assert world.settings.key_file.read_bytes() == key
    assert stat.S_IMODE(world.settings.key_file.stat().st_mode) == 0o600


def test_another_key_is_refused(world: World, tmp_path: Path) -> None:
    """With it nobody would be recognised and nothing could be printed again."""
    other = tmp_path / "other.key"
    make_key_file(other)
    settings = replace(world.settings, key_file=other)
    for attempt in (lambda: initialise(settings), lambda: opened(settings).__enter__()):
        with pytest.raises(ConfigurationError) as caught:
            attempt()
        assert caught.value.code == "key_of_another_database"


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        (None, 0o600, "key_missing"),
        (b"no key", 0o600, "key_malformed"),
        (b"c2hvcnQ=", 0o600, "key_malformed"),
        (b"\xff", 0o600, "key_unreadable"),
        (b"c2hvcnQ=", 0o644, "key_readable_by_others"),
    ],
)
def test_a_key_that_cannot_be_used_says_why(
    world: World, tmp_path: Path, content: bytes | None, mode: int, code: str
) -> None:
    """And does not show what is in the file."""
    path = tmp_path / "wrong.key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(ConfigurationError) as caught:
        opened(replace(world.settings, key_file=path)).__enter__()
    assert caught.value.code == code
    assert content is None or repr(content)[2:-1] not in str(caught.value.parameters)


def test_settings_come_from_arguments_then_the_environment() -> None:
    """And the key stands beside the database; what is shown of an address has no password."""
    environment = {"LEERID_DATABASE_URL": "postgresql://an:secret@host/db", "LEERID_KEY": "abc"}
    settings = Settings.collect(environment)
    assert settings.database_place == "postgresql://an:***@host/db"
    assert "abc" not in repr(settings)
    given = Settings.collect(environment, "sqlite:////srv/school.sqlite")
    assert given.key_file == Path("/srv/school.key")
    empty = dict.fromkeys(
        ("LEERID_DATABASE_URL", "LEERID_KEY_FILE", "LEERID_KEY", "LEERID_LINK_BASE"), ""
    )
    assert Settings.collect(empty) == Settings.collect({})
    assert Settings.collect({}).database_url == "sqlite:///leerid.sqlite"
    assert "secret" not in repr(settings)


def test_a_demo_needs_an_empty_database(world: World) -> None:
    """It never mixes invented pupils with real ones."""
    with pytest.raises(Refused) as caught:
        next(fill_demo(world.context, world.operator, Work()))
    assert caught.value.code == "demo_not_empty"
