"""Sign-ins kept: what they do to accounts and batches, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file, files

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text, update
from store_examples import (
    LATER,
    NOW,
    OTHER_SCHOOL,
    SCHOOL,
    add_schools,
    enrol,
    enrolment,
    hand_out,
    open_accounts,
    signed_in,
)

from leerid_core.rules.accounts import AccountType
from leerid_core.rules.enrolments import Level
from leerid_core.store import CountBy, Database, SignInQuery, migrations
from leerid_core.store.tables import sign_in_applications, sign_in_days

BOTH = SignInQuery([SCHOOL, OTHER_SCHOOL])


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with two schools."""
    opened = Database(database_url)
    opened.upgrade()
    add_schools(opened)
    yield opened
    opened.close()


def test_a_sign_in_is_kept_once(database: Database) -> None:
    """The same told twice, in one go or later, is one; a moment is kept in milliseconds."""
    (jan,) = enrol(database, "Jan Peeters")
    open_accounts(database, {jan: "jan"})
    exact = NOW + timedelta(microseconds=1_999)
    with database.write() as uow:
        assert uow.sign_ins.record([]) == 0
        assert uow.sign_ins.record([signed_in(jan, exact), signed_in(jan, exact)]) == 1
        assert uow.sign_ins.record([signed_in(jan, exact), signed_in(jan, NOW)]) == 1
        assert uow.sign_ins.record([signed_in(jan, NOW, "Smartschool")]) == 1
        assert uow.accounts.of_pupils([jan])[jan].sign_in_count == 3
        newest, *older = uow.sign_ins.of_pupil(jan)
        assert newest == signed_in(jan, NOW + timedelta(milliseconds=1))
        assert [one.application for one in older] == ["Mijn LeerID", "Smartschool"]
        assert uow.sign_ins.of_pupil(jan, limit=1) == [newest]


def test_a_batch_knows_its_first_sign_in_whatever_came_first(database: Database) -> None:
    """Sign-ins come to be known in any order; those of before the batch are not since."""
    jan, an = enrol(database, "Jan Peeters", "An Peeters")
    hours = [NOW + timedelta(hours=hour) for hour in range(4)]
    with database.write() as uow:
        early, late = hand_out(uow, [jan, an]), hand_out(uow, [jan], created_at=hours[2])
        undone = hand_out(uow, [jan])
        uow.batches.mark_undone(undone, NOW)
        firsts = []
        for at in (hours[3], hours[1], NOW - timedelta(seconds=1), hours[2]):
            uow.sign_ins.record([signed_in(jan, at)])
            members = [uow.batches.members(batch)[0] for batch in (early, late, undone)]
            firsts.append([member.first_sign_in for member in members])
        assert firsts == [
            [hours[3], hours[3], None],
            [hours[1], hours[3], None],
            [hours[1], hours[3], None],
            [hours[1], hours[2], None],
        ]
        batch = uow.batches.get(early)
    assert batch is not None
    assert (batch.pupils, batch.signed_in) == (2, 1)


def test_who_goes_to_two_schools_counts_in_both(database: Database) -> None:
    """Where an enrolment runs on the day, in each of them; nowhere when none does."""
    (jan,) = enrol(database, "Jan Peeters")
    with database.write() as uow:
        elsewhere = enrolment(jan, "Jan Peeters", begin_date=date(2026, 11, 24))
        uow.enrolments.add(OTHER_SCHOOL, [elsewhere])
        days = (NOW, NOW + timedelta(days=1), datetime(2026, 8, 1, 12, tzinfo=UTC))
        uow.sign_ins.record([signed_in(jan, at) for at in days])
        by_school = uow.sign_ins.counts([CountBy.SCHOOL], BOTH)
    assert by_school == [(SCHOOL, 2), (OTHER_SCHOOL, 1)]


def test_counts_are_read_by_anything_and_narrowed_by_anything(database: Database) -> None:
    """Every column of a figure, every filter, and nothing of another school."""
    (jan,) = enrol(database, "Jan Peeters", school_classes=("4A", "4B"))
    (kim,) = enrol(
        database,
        "Kim Peeters",
        administrative_group="Kapper DBSO",
        level=None,
        account_type=None,
        school_classes=(),
    )
    (far,) = enrol(database, "Bo Peeters", school=OTHER_SCHOOL)
    with database.write() as uow:
        told = [signed_in(jan, NOW), signed_in(jan, LATER), signed_in(kim, LATER, "Toetsen")]
        uow.sign_ins.record([*told, signed_in(kim, NOW + timedelta(days=2)), signed_in(far, NOW)])

        def by(*columns: CountBy, **narrowed: object) -> list[tuple[object, ...]]:
            return uow.sign_ins.counts(columns, SignInQuery([SCHOOL], **narrowed))  # type: ignore[arg-type]

        assert by() == [(4,)]
        assert by(CountBy.DAY) == [(date(2026, 11, 23), 3), (date(2026, 11, 25), 1)]
        assert by(CountBy.WEEKDAY, CountBy.HOUR) == [(0, 11, 1), (0, 12, 2), (2, 11, 1)]
        assert by(CountBy.APPLICATION) == [("Mijn LeerID", 3), ("Toetsen", 1)]
        assert by(CountBy.CLASSES) == [((), 2), (("4A", "4B"), 2)]
        assert by(CountBy.LEVEL, CountBy.TYPE) == [
            (None, None, 2),
            (Level.LAGER, AccountType.BASIC, 2),
        ]
        assert by(CountBy.GROUP, CountBy.SCHOOL_YEAR) == [
            ("4de leerjaar", 2026, 2),
            ("Kapper DBSO", 2026, 2),
        ]
        assert by(group="Kapper DBSO") == by(
            level=None, first=date(2026, 11, 23), group="Kapper DBSO"
        )
        assert by(account_type=AccountType.BASIC) == [(2,)]
        assert by(level=Level.LAGER) == by(school_class="4B") == [(2,)]
        assert by(first=date(2026, 11, 24)) == by(application="Toetsen") == [(1,)]
        assert by(last=date(2026, 11, 22)) == by(application="Onbekend") == [(0,)]
        assert by(CountBy.DAY, school_class="4C") == []
        assert by(CountBy.CLASSES, school_class="4B") == [(("4A", "4B"), 2)]
        assert by(CountBy.CLASSES, CountBy.WEEKDAY, CountBy.HOUR, school_class="4A") == [
            (("4A", "4B"), 0, 11, 1),
            (("4A", "4B"), 0, 12, 1),
        ]
        assert by(CountBy.APPLICATION, application="Toetsen") == [("Toetsen", 1)]
        assert by(CountBy.TYPE, CountBy.DAY, application="Toetsen") == [
            (None, date(2026, 11, 23), 1)
        ]
        for columns, narrowed in (
            ([CountBy.HOUR, CountBy.APPLICATION], {}),
            ([CountBy.HOUR], {"application": "Toetsen"}),
            ([CountBy.HOUR, CountBy.DAY], {}),
        ):
            with pytest.raises(ValueError, match="the hour"):
                by(*columns, **narrowed)


def test_a_recount_finds_what_is_wrong_and_rights_it(database: Database) -> None:
    """Too many, too few, missing and left over, in either table: then none is."""
    (jan,) = enrol(database, "Jan Peeters")
    (kim,) = enrol(database, "Kim Peeters", administrative_group="Kapper DBSO")
    moments = [NOW + timedelta(days=day) for day in range(4)]
    columns = ([CountBy.DAY, CountBy.HOUR], [CountBy.DAY, CountBy.GROUP, CountBy.APPLICATION])
    with database.write() as uow:
        uow.sign_ins.record([signed_in(jan, at) for at in moments])
        uow.sign_ins.record([signed_in(kim, NOW, "Toetsen")])
        right = [uow.sign_ins.counts(by, BOTH) for by in columns]
    with create_engine(database.url, poolclass=NullPool).begin() as connection:
        for kept in (sign_in_days, sign_in_applications):
            of_jan = kept.c.cohort_id == 1
            hour = kept.c.hour_11 if kept is sign_in_days else kept.c["count"]
            for at, change in (
                (moments[0], {hour: 7}),
                (moments[1], {hour: 0}),
                (moments[2], {kept.c.day: date(2026, 12, 9)}),
            ):
                day = kept.c.day == at.date()
                connection.execute(update(kept).where(of_jan, day).values(change))
    with database.write() as uow:
        assert uow.sign_ins.recount(OTHER_SCHOOL) == 0
        assert all(
            uow.sign_ins.counts(by, BOTH) != rows for by, rows in zip(columns, right, strict=True)
        )
        assert [uow.sign_ins.recount(SCHOOL) for _ in range(2)] == [8, 0]
        assert [uow.sign_ins.counts(by, BOTH) for by in columns] == right


def test_enrolments_of_before_the_counts_have_a_cohort(database_url: str) -> None:
    """A database of the version before is brought up to date, and its pupils' sign-ins count."""
    database = Database(database_url)
    fill_version(database, "0003", OLDER)
    database.upgrade()
    with database.write() as uow:
        uow.sign_ins.record([signed_in(1, NOW), signed_in(2, NOW)])
        assert uow.sign_ins.counts([CountBy.CLASSES, CountBy.TYPE], BOTH) == [
            ((), None, 1),
            (("4A", "4B"), AccountType.BASIC, 1),
        ]
        assert uow.sign_ins.recount(SCHOOL) == 0
    database.close()


def test_counts_of_before_are_carried_over(database_url: str) -> None:
    """Counts by hour and application together become those of each, equal to a recount."""
    database = Database(database_url)
    fill_version(database, "0004", (*OLDER, *COUNTED))
    database.upgrade()
    with database.write() as uow:
        day = date(2026, 11, 23)
        assert uow.sign_ins.counts([CountBy.DAY, CountBy.HOUR], BOTH) == [
            (day, 0, 1),
            (day, 11, 3),
            (day, 23, 1),
        ]
        assert uow.sign_ins.counts([CountBy.TYPE, CountBy.APPLICATION], BOTH) == [
            (None, "Toetsen", 1),
            (AccountType.BASIC, "Mijn LeerID", 3),
            (AccountType.BASIC, "Toetsen", 1),
        ]
        assert uow.sign_ins.recount(SCHOOL) == 0
    database.close()


def fill_version(database: Database, version: str, statements: Sequence[str]) -> None:
    """Make the tables of an older version, with what it kept."""
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.begin() as connection, as_file(files(migrations)) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in statements[: len(OLDER)]:
            connection.execute(text(statement))
        command.upgrade(config, version)
        for statement in statements[len(OLDER) :]:
            connection.execute(text(statement))


OLDER = (
    "INSERT INTO schools VALUES ('030569', 'School', NULL, true, 0, 0, '2026-09-01 00:00:00')",
    "INSERT INTO pupils (id, first_name, last_name) VALUES (1, 'Jan', 'P'), (2, 'An', 'P')",
    """
    INSERT INTO enrolments (id, school_number, school_year, pupil_id, first_name, last_name,
        administrative_group, account_type, school_classes, begin_date, end_date,
        folded_first_name, folded_last_name, folded)
    VALUES
        (1, '030569', 2026, 1, 'Jan', 'P', 'Groep', 'basic', '["4A", "4B"]',
         '2026-09-01', '2027-08-31', 'jan', 'p', 'jan p'),
        (2, '030569', 2026, 2, 'An', 'P', 'Groep', NULL, '[]',
         '2026-09-01', '2027-08-31', 'an', 'p', 'an p')
    """,
)
# 20780 is 23 November 2026; its first moment, one in each of three hours, and its last.
COUNTED = (
    "INSERT INTO applications VALUES (1, 'Mijn LeerID'), (2, 'Toetsen')",
    """
    INSERT INTO sign_ins VALUES
        (1, 1795388400000, 1), (1, 1795428000000, 1), (1, 1795428000001, 1),
        (1, 1795428000000, 2), (2, 1795474799999, 2)
    """,
    """
    INSERT INTO sign_in_counts
    SELECT enrolments.cohort_id, 20780, counted.hour, counted.application, counted.times
    FROM enrolments JOIN (
        SELECT 1 AS pupil, 0 AS hour, 1 AS application, 1 AS times
        UNION ALL SELECT 1, 11, 1, 2 UNION ALL SELECT 1, 11, 2, 1 UNION ALL SELECT 2, 23, 2, 1
    ) AS counted ON counted.pupil = enrolments.pupil_id
    """,
)
