"""`leerid admins`: the administrators, their roles, and passwords that are never shown."""

from __future__ import annotations

import pytest
from leerid_command import Leerid
from service_world import SCHOOL

PASSWORD = "zeven gele fietsen"
LOGIN = "an@school.be"


@pytest.fixture
def leerid(leerid: Leerid) -> Leerid:
    """The command on a database with a school and an administrator."""
    leerid.done("init")
    leerid.done("schools", "add", SCHOOL, "School 1", "--niveau", 2)
    leerid.done("admins", "add", LOGIN, "An Peeters", stdin=f"{PASSWORD}\n")
    return leerid


def test_an_administrator_is_listed_with_the_roles(leerid: Leerid) -> None:
    """Each time they are given, they are these and no others."""
    leerid.done("admins", "roles", LOGIN, SCHOOL, "databeheerder", "inzage")
    changed = leerid.document("admins", "roles", LOGIN, SCHOOL.lstrip("0"), "beheerder")
    expected = {
        "login": LOGIN,
        "name": "An Peeters",
        "disabled": False,
        "roles": {SCHOOL: ["beheerder"]},
    }
    assert changed == expected
    assert leerid.document("admins", "list") == [expected]
    leerid.done("admins", "roles", LOGIN, SCHOOL)
    assert leerid.document("admins", "list")[0]["roles"] == {}


def test_the_table_is_for_readers(leerid: Leerid) -> None:
    """In Dutch, with who is let in."""
    leerid.done("admins", "roles", LOGIN, SCHOOL, "beheerder")
    leerid.done("admins", "disable", LOGIN)
    shown = leerid.done("admins", "list")
    assert "LeerID-beheerder" in shown
    assert "nee" in shown
    leerid.done("admins", "enable", LOGIN)
    assert leerid.document("admins", "list")[0]["disabled"] is False


def test_a_password_is_read_from_the_input_and_never_shown(leerid: Leerid) -> None:
    """Not when it is set, and not in the trail."""
    other = "acht blauwe fietsen"
    for arguments in (["admins", "password", LOGIN], ["audit"], ["admins", "list"]):
        result = leerid.process(*arguments, stdin=f"{other}\n")
        assert result.returncode == 0
        assert other not in result.stdout + result.stderr
        assert PASSWORD not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["add", LOGIN, "An"], PASSWORD, "login_exists"),
        (["add", "bea", "Bea"], "te kort", "password_too_short"),
        (["add", "bea", "Bea"], "", "password_too_short"),
        (["password", "nobody"], PASSWORD, "administrator_unknown"),
        (["roles", "nobody", SCHOOL, "inzage"], "", "administrator_unknown"),
        (["roles", LOGIN, "999999", "inzage"], "", "school_unknown"),
        (["disable", "nobody"], "", "administrator_unknown"),
    ],
)
def test_what_cannot_be_done_is_told(
    leerid: Leerid, arguments: list[str], stdin: str, code: str
) -> None:
    """With the code of the refusal, and nothing is changed."""
    before = leerid.document("admins", "list")
    assert leerid.refused("admins", *arguments, stdin=stdin) == code
    assert leerid.document("admins", "list") == before


def test_a_role_that_does_not_exist_is_wrong_use(leerid: Leerid) -> None:
    """The three that there are are named."""
    result = leerid.run("admins", "roles", LOGIN, SCHOOL, "directeur")
    assert result.exit_code == 2
    assert "databeheerder" in result.output


def test_the_trail_of_the_installation(leerid: Leerid) -> None:
    """Without a school it tells what was done with administrators."""
    leerid.done("admins", "disable", LOGIN)
    actions = [entry["action"] for entry in leerid.document("audit")]
    assert actions == ["administrator_added", "administrator_disabled"]
