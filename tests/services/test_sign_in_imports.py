"""Sign-ins of other applications: whose count, what is said about the rest, and stopping."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from service_world import OTHER_SCHOOL, SCHOOL, Child, World

from leerid_core.errors import NotAllowed, UnreadableFile
from leerid_core.rules.roles import Role
from leerid_core.services import sign_in_imports
from leerid_core.services.actors import Actor
from leerid_core.services.frequencies import KEPT, Frequencies
from leerid_core.services.sign_in_imports import SignInImport, import_sign_ins
from leerid_core.services.sign_in_recounts import recount_sign_ins
from leerid_core.services.usernames import change_username
from leerid_core.services.work import Work
from leerid_core.store import SignInEvent

HEADER = "gebruikersnaam;tijdstip;toepassing\n"


@pytest.fixture
def schools(world: World) -> World:
    """Jan and An in one school, Bo in the other, each with an account since yesterday."""
    world.clock.forward(days=-1)
    world.enrol(Child("1", "Jan Peeters"), Child("2", "An Maes"))
    world.create()
    world.enrol(Child("1", "Bo Peeters"), school=OTHER_SCHOOL)
    world.create(school=OTHER_SCHOOL)
    world.clock.forward(days=1)
    return world


def import_rows(
    world: World,
    *rows: str,
    actor: Actor | None = None,
    school: str | None = None,
    **options: Any,
) -> SignInImport:
    """Import a CSV with these rows."""
    content = (HEADER + "\n".join(rows)).encode()
    actor = actor or world.operator
    return import_sign_ins(world.context, actor, school, content, "log.csv", **options)


def sign_ins(world: World, name: str) -> list[SignInEvent]:
    """Return what is kept of a pupil's sign-ins."""
    with world.context.database.read() as uow:
        return uow.sign_ins.of_pupil(world.pupil(name).listed.pupil_id)


def test_a_file_counts_once_however_often_it_is_read(schools: World) -> None:
    """The second time everything is known; account and batch know the first and last sign-in."""
    rows = ("jan.peeters;2026-11-23T08:15;Toetsen", "JAN.PEETERS;2026-11-23T09:15;")
    first, second = import_rows(schools, *rows), import_rows(schools, *rows)
    assert (first.new, first.known) == (2, 0)
    assert (second.new, second.known) == (0, 2)
    latest, earliest = sign_ins(schools, "jan")
    assert (latest.application, earliest.application) == ("Onbekend", "Toetsen")
    account = schools.accounts()["jan.peeters"]
    assert (account.sign_in_count, account.last_sign_in) == (2, latest.at)
    with schools.context.database.read() as uow:
        batch = uow.batches.of_school(SCHOOL)[0]
    assert (batch.signed_in, schools.sealed(batch.number)) == (1, 1)


def test_rows_without_application_get_the_one_that_was_given(schools: World) -> None:
    """Made into one line of a length that the database takes, whatever was typed."""
    row = "jan.peeters;2026-11-23T08:15;"
    import_rows(schools, row, application="Bib\x00 van\nde school " + "x" * 300)
    (told,) = sign_ins(schools, "jan")
    assert told.application.startswith("Bib van de school x")
    assert len(told.application) == 200


def test_rows_that_do_not_count_are_told(schools: World) -> None:
    """How many, which usernames most often, and the first errors with their rows."""
    told = import_rows(
        schools,
        "niemand;2026-11-23T08:15;Toetsen",
        "jan.peeters;straks;Toetsen",
        "iemand;2026-11-23T08:15;Toetsen",
        "iemand;2026-11-23T08:16;Toetsen",
        "jan.peeters;2026-11-23T12:15;Toetsen",
    )
    assert told.counts() == {"new": 0, "known": 0, "unknown": 3, "wrong": 2, "other": 0}
    assert told.unknown_names == (("iemand", 2), ("niemand", 1))
    assert [finding.row for finding in told.findings] == [3, 6]


def test_what_is_told_is_bounded(schools: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another system altogether fills neither the memory nor the screen."""
    monkeypatch.setattr(sign_in_imports, "PIECE", 50)
    monkeypatch.setattr(sign_in_imports, "REMEMBERED", 10)
    names = [f"naam{number};2026-11-23T08:15;Toets {number}" for number in range(300)]
    told = import_rows(schools, *names, *(["jan.peeters;straks;"] * 50))
    assert (told.unknown, told.wrong) == (200, 150)
    assert (len(told.unknown_names), len(told.findings)) == (50, 100)
    assert told.findings[0].code == "sign_in_applications_many"


def test_the_most_frequent_are_told_of_any_number() -> None:
    """Counting forgets the rare ones, not the frequent."""
    counted = Frequencies()
    for number in range(3 * KEPT):
        counted.add(f"naam{number}")
        counted.add(f"vaak{number % 3}")
    assert {name for name, _ in counted.most_frequent(3)} == {"vaak0", "vaak1", "vaak2"}


def test_a_school_counts_its_own_pupils_only(schools: World) -> None:
    """For its data manager pupils of other schools are nobody; he cannot leave his school out."""
    manager = schools.administrator("dirk", Role.DATA_MANAGER)
    rows = ("jan.peeters;2026-11-23T08:15;A", "bo.peeters;2026-11-23T08:15;A")
    told = import_rows(schools, *rows, actor=manager, school=SCHOOL)
    assert (told.new, told.unknown_names) == (1, (("bo.peeters", 1),))
    with pytest.raises(NotAllowed):
        import_rows(schools, *rows, actor=manager)
    assert import_rows(schools, *rows).new == 1
    with schools.context.database.read() as uow:
        entries = [one for one in uow.audit.of_school(SCHOOL) if one.action == "sign_ins_imported"]
    assert [(one.details["new"], one.details["file"]) for one in entries] == [(1, "log.csv")]


def test_a_role_that_is_taken_away_stops_the_import(
    schools: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right is asked for again with every piece that is kept."""
    monkeypatch.setattr(sign_in_imports, "PIECE", 1)
    manager = schools.administrator("dirk", Role.DATA_MANAGER)

    def disable(*_: object) -> None:
        with schools.context.database.write() as uow:
            uow.administrators.set_disabled(manager.administrator_id, schools.clock())

    rows = [f"jan.peeters;2026-11-23T08:{minute};A" for minute in (15, 16, 17)]
    with pytest.raises(NotAllowed):
        import_rows(schools, *rows, actor=manager, school=SCHOOL, work=Work(disable))
    assert len(sign_ins(schools, "jan")) == 1
    assert schools.trail()[-1] == "sign_ins_import"


def test_a_name_of_before_still_belongs_to_its_pupil(schools: World) -> None:
    """Another application may know a pupil by the name that he had."""
    jan = schools.pupil("jan").listed.pupil_id
    change_username(schools.context, schools.operator, SCHOOL, jan, "jantje")
    rows = ("jan.peeters;2026-11-23T08:15;A", "jantje;2026-11-23T08:16;A")
    assert import_rows(schools, *rows).new == 2


def test_stopping_keeps_the_pieces_that_were_read(
    schools: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest comes when the file is read again."""
    monkeypatch.setattr(sign_in_imports, "PIECE", 2)
    rows = [f"jan.peeters;2026-11-23T08:{minute};A" for minute in range(10, 17)]
    seen: list[int] = []
    work = Work(lambda done, _total, _phase: seen.append(done), lambda: bool(seen))
    told = import_rows(schools, *rows, work=work)
    assert told.stopped is not None
    assert (told.stopped.code, told.new) == ("sign_ins_stopped", 2)
    assert import_rows(schools, *rows).counts()["new"] == 5


def test_a_file_that_breaks_off_keeps_what_stood_before(schools: World) -> None:
    """It says so; a file that cannot be read at all is refused."""
    event = (
        '{"type": "LOGIN", "time": 1795418100000, "clientId": "A",'
        ' "details": {"username": "jan.peeters"}}'
    )
    context, actor = schools.context, schools.operator
    broken = f"[{event}, {event[:20]}".encode()
    told = import_sign_ins(context, actor, None, broken, "events.json")
    assert told.stopped is not None
    assert (told.stopped.code, told.new) == ("sign_ins_list_broken", 1)
    with pytest.raises(UnreadableFile):
        import_sign_ins(context, actor, None, b"Naam;Klas\n", "log.csv")


def test_a_recount_finds_nothing_to_right(schools: World) -> None:
    """After imports and changes of class, school by school."""
    import_rows(schools, "jan.peeters;2026-11-23T08:15;A", "bo.peeters;2026-11-20T08:15;A")
    schools.clock.forward(days=1)
    schools.enrol(Child("1", "Jan Peeters", classes="4B"), Child("2", "An Maes"))
    wrong = recount_sign_ins(schools.context, schools.operator)
    assert wrong == {SCHOOL: 0, OTHER_SCHOOL: 0}
    assert schools.accounts()["jan.peeters"].last_sign_in == schools.clock() - timedelta(
        days=1, hours=2, minutes=45
    )
