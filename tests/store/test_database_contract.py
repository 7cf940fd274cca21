"""What every database must do; the same class runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, text, update
from sqlalchemy.exc import DBAPIError
from store_examples import (
    LATER,
    NOW,
    OTHER_SCHOOL,
    SCHOOL,
    YEAR,
    account,
    add_schools,
    enrol,
    enrolment,
    hand_out,
    issue_names,
    open_accounts,
    password,
    signed_in,
)

from leerid_core.errors import ConfigurationError, StoreError
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.enrolments import Level, Sex
from leerid_core.rules.roles import Role
from leerid_core.store import (
    NO_ACCOUNT,
    AuditEntry,
    BatchKind,
    Database,
    Member,
    Page,
    Person,
    PupilQuery,
    Reservation,
    School,
    SortBy,
    listing,
)
from leerid_core.store.tables import administrators, metadata


class DatabaseContract:
    """The contract; a subclass gives `url`."""

    @pytest.fixture
    def database(self, url: str) -> Iterator[Database]:
        """An empty database with the newest tables and two schools."""
        opened = Database(url)
        opened.upgrade()
        add_schools(opened)
        yield opened
        opened.close()

    # --- the database

    def test_upgrading_twice_changes_nothing(self, database: Database) -> None:
        """`leerid init` is harmless on a database that is in use."""
        enrol(database, "Jan Peeters")
        database.upgrade()
        database.check()
        assert _found(database, "peeters") == ["Jan"]

    def test_migrations_make_the_tables_of_the_code(self, database: Database) -> None:
        """Alembic finds no difference between what was migrated and `tables`."""
        with create_engine(database.url, poolclass=NullPool).connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []

    def test_an_empty_database_says_that_it_is_not_ready(self, url: str) -> None:
        """`check` refuses before anything else fails on a missing table."""
        database = Database(url)
        with pytest.raises(ConfigurationError) as caught:
            database.check()
        assert caught.value.code == "database_not_ready"
        database.close()

    def test_a_failing_transaction_leaves_nothing(self, database: Database) -> None:
        """What was written before an error is taken back."""
        with pytest.raises(StoreError):
            _add_schools(database, School("000001", "Weg"), School(SCHOOL, "Nog eens"))
        with database.read() as uow:
            assert uow.schools.get("000001") is None

    def test_a_reader_cannot_write(self, database: Database) -> None:
        """What opens a look at the database cannot change it by mistake, whoever wrote before."""
        for _ in range(2):
            _add_schools(database)
            with pytest.raises(StoreError), database.read() as uow:
                uow.administrators.add("an", "An Peeters")

    def test_errors_are_ours_and_carry_no_data(self, database: Database) -> None:
        """A refused statement says neither a name nor a hash, in none of its causes."""
        (jan,) = enrol(database, "Jan Peeters")
        open_accounts(database, {jan: "jan.peeters"})
        twice = account(jan, "jan.peeters", password=password(password_hash="$argon2id$secret"))
        with pytest.raises(StoreError) as caught, database.write() as uow:
            uow.accounts.add([twice])
        assert caught.value.code == "store_conflict"
        error: BaseException | None = caught.value
        while error is not None:
            assert "secret" not in f"{error}{error!r}"
            error = error.__cause__

    def test_a_moment_without_time_zone_is_refused(self, database: Database) -> None:
        """A naive clock would shift every date by an hour or two without a word."""
        with pytest.raises(StoreError), database.write() as uow:
            uow.schools.add(School("000001", "School"), datetime(2026, 11, 23))  # noqa: DTZ001

    def test_moments_come_back_in_utc(self, database: Database) -> None:
        """Whatever the zone in which a moment was given."""
        (jan,) = enrol(database, "Jan Peeters")
        brussels = NOW.astimezone(timezone(timedelta(hours=1)))
        open_accounts(database, {jan: "jan.peeters"}, created_at=brussels)
        with database.read() as uow:
            created_at = uow.accounts.of_pupils([jan])[jan].created_at
        assert (created_at, created_at.tzinfo) == (NOW, UTC)

    def test_what_comes_out_is_frozen(self, database: Database) -> None:
        """Nobody changes the database by changing a value."""
        (jan,) = enrol(database, "Jan Peeters")
        open_accounts(database, {jan: "jan.peeters"})
        with database.write() as uow:
            number = hand_out(uow, [jan])
            uow.audit.append(_entry())
            values = [
                uow.schools.get(SCHOOL),
                uow.enrolments.of_school(SCHOOL)[0],
                uow.listing.page(SCHOOL, YEAR, PupilQuery())[0],
                uow.accounts.of_pupils([jan])[jan],
                uow.batches.get(number),
                uow.batches.members(number)[0],
                uow.audit.of_school(SCHOOL)[0],
            ]
        for value in values:
            assert type(value).__dataclass_params__.frozen  # type: ignore[union-attr]

    def test_the_key_fingerprint_is_kept_once(self, database: Database) -> None:
        """A second key cannot take the place of the first."""
        with database.write() as uow:
            assert uow.installation.key_fingerprint() is None
            uow.installation.set_key_fingerprint("ab")
        with pytest.raises(StoreError), database.write() as uow:
            uow.installation.set_key_fingerprint("cd")
        with database.read() as uow:
            assert uow.installation.key_fingerprint() == "ab"

    # --- schools

    def test_a_school_comes_back_as_it_was_kept(self, database: Database) -> None:
        """Every setting, after adding and after saving; the list is by number."""
        with database.write() as uow:
            uow.schools.add(School("000002", "Twee", Level.SECUNDAIR, True, 1.5, -0.5), NOW)
            changed = School("000002", "Drie", None, False, 0.0, 2.0)
            assert uow.schools.get("000002") == School(
                "000002", "Twee", Level.SECUNDAIR, True, 1.5, -0.5
            )
            uow.schools.save(changed)
        with database.read() as uow:
            assert uow.schools.get("000002") == changed
            assert [one.number for one in uow.schools.all()] == ["000002", SCHOOL, OTHER_SCHOOL]

    def test_a_school_number_is_added_once(self, database: Database) -> None:
        """The second is a conflict."""
        with pytest.raises(StoreError) as caught, database.write() as uow:
            uow.schools.add(School(SCHOOL, "Nog eens"), NOW)
        assert caught.value.code == "store_conflict"

    def test_a_group_has_the_type_settled_last(self, database: Database) -> None:
        """A school changes its mind for itself, not for another school."""
        with database.write() as uow:
            uow.schools.set_group_type(SCHOOL, "Kapper", AccountType.BASIC)
            uow.schools.set_group_type(SCHOOL, "Kapper", AccountType.ADVANCED)
        with database.read() as uow:
            assert uow.schools.group_types(SCHOOL) == {"Kapper": AccountType.ADVANCED}
            assert uow.schools.group_types(OTHER_SCHOOL) == {}

    # --- enrolments

    def test_an_enrolment_comes_back_as_it_was_kept(self, database: Database) -> None:
        """Every field, after adding and after saving, with the identity of its pupil."""
        (jan,) = enrol(database, "Jan Peeters", school_classes=("4A", "4A.WIS"))
        with database.write() as uow:
            uow.enrolments.save_people({jan: Person("Jan", "Peeters", None, None, b"1" * 32)})
            (kept,) = uow.enrolments.of_school(SCHOOL)
            expected = enrolment(jan, "Jan Peeters", school_classes=("4A", "4A.WIS"))
            assert kept == replace(expected, identity=b"1" * 32, enrolment_id=kept.enrolment_id)
            changed = replace(
                kept,
                stamnummer=None,
                level=None,
                sex=None,
                birth_date=None,
                account_type=None,
                school_classes=(),
                end_date=date(2026, 12, 1),
            )
            uow.enrolments.save([changed])
        with database.read() as uow:
            assert uow.enrolments.of_school(SCHOOL) == [changed]

    def test_a_thousand_people_get_their_ids_in_order(self, database: Database) -> None:
        """Bulk insertion may not shuffle who is who."""
        names = [f"Jan{number:04} Peeters" for number in range(1500)]
        ids = enrol(database, *names)
        with database.read() as uow:
            kept = {one.pupil_id: one.first_name for one in uow.enrolments.of_school(SCHOOL)}
        assert [kept[key] for key in ids] == [name.split()[0] for name in names]

    def test_a_person_is_found_by_identity_in_any_school(self, database: Database) -> None:
        """An identity that is learned is kept when a later file does not give it."""
        (jan,) = enrol(database, "Jan Peeters", school=OTHER_SCHOOL)
        with database.write() as uow:
            uow.enrolments.save_people({jan: Person("Jan", "Peeters", None, None, b"1" * 32)})
            uow.enrolments.save_people({jan: Person("Jean", "Peeters", Sex.MALE, None)})
        with database.read() as uow:
            assert uow.enrolments.people([b"1" * 32, b"2" * 32]) == {b"1" * 32: jan}

    def test_two_people_cannot_have_one_identity(self, database: Database) -> None:
        """The database itself refuses it."""
        with pytest.raises(StoreError), database.write() as uow:
            uow.enrolments.add_people([Person("Jan", "Peeters", None, None, b"1" * 32)] * 2)

    def test_a_stamnummer_is_unique_within_a_school_year(self, database: Database) -> None:
        """Not across schools and years; several pupils may have none."""
        enrol(database, "Jan Peeters", stamnummer="1")
        enrol(database, "An Peeters", stamnummer="1", school=OTHER_SCHOOL)
        enrol(database, "Els Peeters", stamnummer="1", school_year=YEAR.next)
        enrol(database, "Bo Peeters", "Jo Peeters", stamnummer=None)
        with pytest.raises(StoreError):
            enrol(database, "Piet Janssens", stamnummer="1")

    def test_settling_a_group_gives_its_type_to_who_has_none(self, database: Database) -> None:
        """It returns how many, and leaves other groups, schools and types alone."""
        open_group: dict[str, Any] = {"administrative_group": "Kapper", "account_type": None}
        enrol(database, "Jan Peeters", "An Peeters", **open_group)
        enrol(database, "Els Peeters", administrative_group="Kapper")
        enrol(database, "Bo Peeters", school=OTHER_SCHOOL, **open_group)
        with database.write() as uow:
            assert uow.enrolments.set_group_type(SCHOOL, "Kapper", AccountType.ADVANCED) == 2
            types = [one.account_type for one in uow.enrolments.of_school(SCHOOL)]
            assert sorted(map(str, types)) == ["advanced", "advanced", "basic"]
            assert uow.enrolments.of_school(OTHER_SCHOOL)[0].account_type is None

    def test_periods_are_those_of_every_school(self, database: Database) -> None:
        """The status of an account follows the person, not the school."""
        (jan, an) = enrol(database, "Jan Peeters", "An Peeters")
        with database.write() as uow:
            earlier = enrolment(jan, "Jan Peeters", begin_date=date(2026, 9, 1))
            uow.enrolments.add(OTHER_SCHOOL, [replace(earlier, end_date=date(2026, 10, 1))])
        with database.read() as uow:
            periods = uow.enrolments.periods([jan, an, -5])
        whole = (YEAR.begin, YEAR.end)
        assert sorted(periods[jan]) == [(date(2026, 9, 1), date(2026, 10, 1)), whole]
        assert (periods[an], periods[-5]) == ([whole], [])

    # --- the list

    @pytest.mark.parametrize("search", ["ozturk", "ÖZTÜRK süheda", "suh turk", "suheda  OZT", ""])
    def test_a_search_ignores_diacritics_and_order(self, database: Database, search: str) -> None:
        """Each word is found in stamnummer, voornaam or naam."""
        enrol(database, "Süheda Öztürk")
        assert _found(database, search) == ["Süheda"]

    @pytest.mark.parametrize("search", ["%", "_", "\\", "' OR 1=1 --", "p%s", "j_n", "jan piet"])
    def test_a_search_has_no_wildcards(self, database: Database, search: str) -> None:
        """A sign stands for nothing: alone it finds nobody, and never everybody."""
        enrol(database, "Jan Peeters")
        assert _found(database, search) == []

    def test_a_search_finds_a_part_of_a_stamnummer(self, database: Database) -> None:
        """Of this school and this school year only."""
        enrol(database, "Jan Peeters", stamnummer="2300063")
        enrol(database, "An Peeters", stamnummer="2300063", school=OTHER_SCHOOL)
        enrol(database, "Els Peeters", stamnummer="2300063", school_year=YEAR.next)
        assert _found(database, "00063") == ["Jan"]

    def test_each_filter_narrows_and_counts(self, database: Database) -> None:
        """Type, group, (sub)klas, stamnummers and ids; page and count agree."""
        jan, an, els = enrol(database, "Jan Peeters", "An Peeters", "Els Peeters")
        with database.write() as uow:
            by_id = {one.pupil_id: one for one in uow.enrolments.of_school(SCHOOL)}
            uow.enrolments.save(
                [
                    replace(by_id[an], administrative_group="5de leerjaar", school_classes=()),
                    replace(by_id[els], school_classes=("4A", "4B")),
                ]
            )
        open_accounts(database, {jan: "jan.peeters"})
        for query, names in (
            (PupilQuery(account_type=NO_ACCOUNT), ["An", "Els"]),
            (PupilQuery(account_type=AccountType.BASIC), ["Jan"]),
            (PupilQuery(account_type=AccountType.ADVANCED), []),
            (PupilQuery(group="5de leerjaar"), ["An"]),
            (PupilQuery(school_class="4A"), ["Els", "Jan"]),
            (PupilQuery(school_class="4B", search="els"), ["Els"]),
            (PupilQuery(stamnummers=frozenset({f"{an:07}", "weg"})), ["An"]),
            (PupilQuery(stamnummers=frozenset()), []),
            (PupilQuery(pupil_ids=frozenset({jan, els})), ["Els", "Jan"]),
            (PupilQuery(pupil_ids=frozenset()), []),
        ):
            assert _names(database, query) == names
            with database.read() as uow:
                assert uow.listing.count(SCHOOL, YEAR, query) == len(names)

    @pytest.mark.parametrize("few", [1, 2, 100])
    def test_a_page_and_its_count_agree_however_many_there_are(
        self, database: Database, monkeypatch: pytest.MonkeyPatch, few: int
    ) -> None:
        """Whichever way they are found: few by their ids, many by their names."""
        monkeypatch.setattr(listing, "FEW", few)
        enrol(database, "Jan Peeters", "An Peeters", "Els Maes", "Janne De Wit", "Bo Janssens")
        enrol(database, "Jan Elders", school=OTHER_SCHOOL)
        enrol(database, "Jan Later", school_year=YEAR.next)
        for search, names in (
            ("jan", ["Janne", "Bo", "Jan"]),
            ("an peet", ["An", "Jan"]),
            ("niemand", []),
            ("%", []),
            ("", ["Janne", "Bo", "Els", "An", "Jan"]),
        ):
            query = PupilQuery(search=search)
            for at in range(0, len(names) + 1, 2):
                with database.read() as uow:
                    page = Page(offset=at, limit=2)
                    count, rows = uow.listing.counted_page(SCHOOL, YEAR, query, page)
                assert count == len(names)
                assert [row.first_name for row in rows] == names[at : at + 2]

    def test_the_longest_names_are_listed(self, database: Database) -> None:
        """Ninety characters, each of which is folded to several: an index takes them too."""
        random = Random(1)
        first, last = (
            "".join(chr(random.randint(0x4E00, 0x9FA5)) for _ in range(90)) for _ in "ab"
        )
        enrol(database, f"{first} {last}")
        assert _found(database, last) == [first]

    def test_a_selection_may_be_of_any_size(self, database: Database) -> None:
        """More than a statement takes parameters, by pupil and by stamnummer."""
        (jan,) = enrol(database, "Jan Peeters")
        numbers = frozenset(range(1_000_000, 1_040_000))
        for query in (
            PupilQuery(pupil_ids=numbers | {jan}),
            PupilQuery(stamnummers=frozenset(map(str, numbers)) | {f"{jan:07}"}),
        ):
            assert _names(database, query) == ["Jan"]
            with database.read() as uow:
                assert uow.listing.count(SCHOOL, YEAR, query) == 1
                assert uow.listing.ids(SCHOOL, YEAR, query) == [jan]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            (SortBy.STAMNUMMER, ["Zoë", "Élise", "an", "Bo"]),
            (SortBy.FIRST_NAME, ["an", "Bo", "Élise", "Zoë"]),
            (SortBy.LAST_NAME, ["an", "Bo", "Élise", "Zoë"]),
            (SortBy.GROUP, ["an", "Zoë", "Bo", "Élise"]),
            (SortBy.ACCOUNT_TYPE, ["an", "Élise", "Zoë", "Bo"]),
        ],
    )
    def test_the_order_is_the_same_on_every_database(
        self, database: Database, sort: SortBy, expected: list[str]
    ) -> None:
        """By folded text, up and down; equals by name; who has no stamnummer comes first."""
        (bo,) = enrol(database, "Bo De Cock", stamnummer="20", administrative_group="Z")
        enrol(database, "Élise Ötztal", stamnummer="1", administrative_group="b")
        enrol(database, "Zoë Öz", stamnummer=None, administrative_group="B")
        enrol(database, "an de Bremme", stamnummer="10", administrative_group="1e lj")
        open_accounts(database, {bo: "bo"})
        query = PupilQuery()
        assert _names(database, query, Page(sort)) == expected
        first, *_, last = _names(database, query, Page(sort, descending=True))
        assert first == expected[-1]
        assert sort is SortBy.ACCOUNT_TYPE or last == expected[0]

    @pytest.mark.parametrize("sort", SortBy)
    def test_pages_follow_one_another(self, database: Database, sort: SortBy) -> None:
        """Every pupil is on one page, whatever the order, namesakes included."""
        enrol(database, *["Jan Peeters"] * 23)
        whole = _ids(database, Page(sort))
        pieces = [_ids(database, Page(sort, offset=at, limit=5)) for at in range(0, 30, 5)]
        assert [len(piece) for piece in pieces] == [5, 5, 5, 5, 3, 0]
        assert [key for piece in pieces for key in piece] == whole
        assert len(set(whole)) == 23

    def test_the_choices_of_the_filter_are_those_of_the_year(self, database: Database) -> None:
        """Groups and classes once each, in order, of this school and year."""
        enrol(database, "Jan Peeters", "An Peeters", school_classes=("4B", "4A"))
        enrol(database, "Els Peeters", administrative_group="1ste leerjaar", school_classes=())
        enrol(database, "Bo Peeters", school=OTHER_SCHOOL, administrative_group="Elders")
        enrol(database, "Jo Peeters", school_year=YEAR.next, school_classes=("Later",))
        with database.read() as uow:
            assert uow.listing.groups(SCHOOL, YEAR) == ["1ste leerjaar", "4de leerjaar"]
            assert uow.listing.school_classes(SCHOOL, YEAR) == ["4A", "4B"]

    def test_the_list_shows_the_account(self, database: Database) -> None:
        """With its own type beside the one that the enrolment asks for."""
        (jan,) = enrol(database, "Jan Peeters", account_type=AccountType.ADVANCED)
        open_accounts(database, {jan: "jan.peeters"}, last_sign_in=LATER, sign_in_count=1)
        with database.read() as uow:
            (listed,) = uow.listing.page(SCHOOL, YEAR, PupilQuery())
        assert (listed.enrolled_type, listed.account_type) == (
            AccountType.ADVANCED,
            AccountType.BASIC,
        )
        assert (listed.username, listed.password_kind) == ("jan.peeters", PasswordKind.WORD)
        assert (listed.created_at, listed.last_sign_in) == (NOW, LATER)

    # --- usernames

    def test_a_reserved_name_is_taken_until_it_is_given_up(self, database: Database) -> None:
        """By its plan as a whole or name by name, and never by another plan."""
        with database.write() as uow:
            names = ("jan", "jan1", "jan2")
            uow.usernames.reserve([Reservation(name) for name in names], "plan", LATER)
            assert uow.usernames.taken({*names, "jan3"}) == set(names)
            uow.usernames.release("another")
            uow.usernames.release("plan", ["jan1"])
            assert uow.usernames.reserved("plan") == {"jan", "jan2"}
            uow.usernames.release("plan")
            assert uow.usernames.taken(names) == set()

    def test_a_reservation_ends_by_itself(self, database: Database) -> None:
        """At its last moment and not before; an issued name never."""
        with database.write() as uow:
            (jan,) = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)])
            issue_names(uow, {"issued": jan})
            uow.usernames.reserve([Reservation("held")], "other", LATER)
            uow.usernames.release_expired(LATER - timedelta(seconds=1))
            assert uow.usernames.taken(["held"]) == {"held"}
            uow.usernames.release_expired(LATER)
            assert uow.usernames.taken(["held", "issued"]) == {"issued"}

    def test_a_taken_name_cannot_be_reserved(self, database: Database) -> None:
        """Issued or reserved: the second is a conflict, and so nothing of it is kept."""
        with database.write() as uow:
            uow.usernames.reserve([Reservation("jan")], "plan", LATER)
        with pytest.raises(StoreError) as caught, database.write() as uow:
            uow.usernames.reserve([Reservation("free"), Reservation("jan")], "other", LATER)
        assert caught.value.code == "store_conflict"
        with database.read() as uow:
            assert uow.usernames.reserved("other") == set()

    def test_what_is_held_for_a_pupil_can_be_given_up(self, database: Database) -> None:
        """By whatever plan; what was issued stays, and a held name is nobody's yet."""
        with database.write() as uow:
            jan, an = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)] * 2)
            issue_names(uow, {"issued": jan})
            held = [Reservation("jan", pupil_id=jan), Reservation("an", pupil_id=an)]
            uow.usernames.reserve(held, "other", LATER)
            assert uow.usernames.owned([jan, an]) == {jan: "issued"}
            assert uow.usernames.owners(["jan", "issued"]) == {"issued": jan}
            uow.usernames.release_of_pupils([jan])
            assert uow.usernames.taken(["issued", "jan", "an"]) == {"issued", "an"}

    def test_an_issued_name_stays_with_its_pupil(self, database: Database) -> None:
        """Releasing the plan does not touch it; the newest name is the one that is owned."""
        with database.write() as uow:
            jan, an = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)] * 2)
            issue_names(uow, {"jan.peeters": jan}, NOW)
            issue_names(uow, {"jan.p": jan}, LATER)
            uow.usernames.release("plan")
            assert uow.usernames.owners(["jan.peeters", "jan.p", "vrij"]) == {
                "jan.peeters": jan,
                "jan.p": jan,
            }
            assert uow.usernames.owned([jan, an]) == {jan: "jan.p"}

    def test_a_plan_issues_only_what_it_holds(self, database: Database) -> None:
        """A name that another plan holds is not given away."""
        with database.write() as uow:
            (jan,) = uow.enrolments.add_people([Person("Jan", "Peeters", None, None)])
            uow.usernames.reserve([Reservation("jan")], "plan", LATER)
            uow.usernames.issue("other", {"jan": jan}, NOW)
            assert uow.usernames.owners(["jan"]) == {}

    def test_the_highest_number_counts_reservations_too(self, database: Database) -> None:
        """Per base; a name that was typed has no base and does not count."""
        with database.write() as uow:
            uow.usernames.reserve(
                [
                    Reservation("jan", "jan", 0),
                    Reservation("jan9", "jan", 9),
                    Reservation("jan10", "jan", 10),
                    Reservation("an77"),
                ],
                "plan",
                LATER,
            )
            assert dict(uow.usernames.highest_numbers(["jan", "an", "els"])) == {"jan": 10}

    def test_forty_thousand_names_in_one_question(self, database: Database) -> None:
        """Longer lists than a database takes parameters are asked in pieces."""
        names = {f"jan{number}" for number in range(40_000)}
        with database.write() as uow:
            uow.usernames.reserve([Reservation("jan39999")], "plan", LATER)
            assert uow.usernames.taken(names) == {"jan39999"}

    # --- accounts

    def test_an_account_comes_back_as_it_was_kept(self, database: Database) -> None:
        """Every field, and the hash is not in its repr."""
        (jan,) = enrol(database, "Jan Peeters")
        secret = password(password_hash="$argon2id$secret", password_expires_at=LATER)
        open_accounts(database, {jan: "jan"}, password=secret, last_sign_in=LATER, sign_in_count=3)
        expected = account(jan, "jan", password=secret, last_sign_in=LATER, sign_in_count=3)
        with database.read() as uow:
            assert uow.accounts.of_pupils([jan, 999]) == {jan: expected}
        assert "secret" not in repr(expected)

    def test_passwords_are_replaced_for_these_pupils_only(self, database: Database) -> None:
        """With them the type of the account."""
        jan, an = enrol(database, "Jan Peeters", "An Peeters")
        open_accounts(database, {jan: "jan", an: "an"})
        newer = password(
            account_type=AccountType.ADVANCED,
            password_kind=PasswordKind.TEMPORARY,
            password_hash="new",
            password_set_at=LATER,
            password_expires_at=LATER,
        )
        with database.write() as uow:
            uow.accounts.set_passwords({jan: newer})
            uow.accounts.set_passwords({})
            found = uow.accounts.of_pupils([jan, an])
        assert (found[jan].password, found[an].password) == (newer, password())
        assert found[jan].account_type is AccountType.ADVANCED

    def test_a_sign_in_is_counted(self, database: Database) -> None:
        """The last moment and how often, of this pupil only."""
        jan, an = enrol(database, "Jan Peeters", "An Peeters")
        open_accounts(database, {jan: "jan", an: "an"})
        with database.write() as uow:
            assert uow.sign_ins.record([signed_in(jan, LATER), signed_in(jan, NOW)]) == 2
            found = uow.accounts.of_pupils([jan, an])
        assert (found[jan].last_sign_in, found[jan].sign_in_count) == (LATER, 2)
        assert (found[an].last_sign_in, found[an].sign_in_count) == (None, 0)

    def test_an_account_can_only_have_an_issued_name(self, database: Database) -> None:
        """The database refuses an account whose name is not in the register."""
        (jan,) = enrol(database, "Jan Peeters")
        with pytest.raises(StoreError), database.write() as uow:
            uow.accounts.add([account(jan, "never.issued")])

    def test_a_revoked_account_leaves_its_name_issued(self, database: Database) -> None:
        """So that nobody else ever gets it."""
        (jan,) = enrol(database, "Jan Peeters")
        open_accounts(database, {jan: "jan"})
        with database.write() as uow:
            uow.accounts.remove([jan])
            assert uow.accounts.of_pupils([jan]) == {}
            assert uow.usernames.owners(["jan"]) == {"jan": jan}

    # --- batches

    def test_a_batch_comes_back_with_its_counts(self, database: Database) -> None:
        """How many pupils, how many of them signed in since, and until when it can be printed."""
        jan, an, els = enrol(database, "Jan Peeters", "An Peeters", "Els Peeters")
        before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
        with database.write() as uow:
            number = hand_out(uow, [els, jan, an])
            uow.sign_ins.record([signed_in(jan, before), signed_in(an, after)])
        with database.read() as uow:
            (batch,) = uow.batches.of_school(SCHOOL)
            assert uow.batches.of_school(OTHER_SCHOOL) == []
            members = uow.batches.members(number)
        assert (batch.number, batch.kind, batch.created_by) == (number, BatchKind.CREATION, "An")
        assert (batch.pupils, batch.signed_in, batch.sealed_until) == (3, 1, LATER)
        assert [member.pupil_id for member in members] == [els, jan, an]
        assert [member.first_sign_in for member in members] == [None, None, after]
        assert members[0].previous == password()

    def test_batches_are_listed_newest_first(self, database: Database) -> None:
        """And no number is ever given twice."""
        (jan,) = enrol(database, "Jan Peeters")
        with database.write() as uow:
            numbers = [hand_out(uow, [jan]) for _ in range(3)]
            skipped = uow.batches.next_number()
            listed = [batch.number for batch in uow.batches.of_school(SCHOOL)]
            assert uow.batches.get(skipped) is None
        assert len({*numbers, skipped}) == 4
        assert listed == sorted(numbers, reverse=True)

    def test_later_batches_are_those_with_the_same_pupils(self, database: Database) -> None:
        """Not those of others, not the earlier ones, and not those that were undone."""
        jan, an = enrol(database, "Jan Peeters", "An Peeters")
        with database.write() as uow:
            first, second, third, others = (
                hand_out(uow, ids) for ids in ([jan], [jan, an], [jan], [an])
            )
            assert uow.batches.later_batches(first) == [second, third]
            assert uow.batches.later_batches(second) == [third, others]
            uow.batches.mark_undone(third, NOW)
            assert uow.batches.later_batches(first) == [second]
            assert uow.batches.later_batches(others) == []

    def test_what_was_sealed_is_destroyed_at_its_time(self, database: Database) -> None:
        """At the end of its life, of these pupils, or with its batch; what it replaced too."""
        jan, an = enrol(database, "Jan Peeters", "An Peeters")
        with database.write() as uow:
            first, second = hand_out(uow, [jan, an]), hand_out(uow, [jan, an])
            uow.batches.destroy_expired(LATER - timedelta(seconds=1))
            assert _sealed(uow.batches.members(first)) == [True, True]
            uow.batches.destroy_of_pupils([an])
            assert _sealed(uow.batches.members(first)) == [True, False]
            uow.batches.mark_undone(first, NOW)
            assert _sealed(uow.batches.members(first)) == [False, False]
            assert _sealed(uow.batches.members(second)) == [True, False]
            uow.batches.destroy_expired(LATER)
            assert _sealed(uow.batches.members(second)) == [False, False]
            assert uow.batches.members(second)[0].previous is None
            undone = uow.batches.get(first)
        assert undone is not None
        assert (undone.undone_at, undone.sealed_until) == (NOW, None)

    def test_what_was_sealed_is_destroyed_after_a_sign_in(self, database: Database) -> None:
        """A sign-in since the batch; one of before says nothing about its passwords."""
        jan, an = enrol(database, "Jan Peeters", "An Peeters")
        open_accounts(database, {jan: "jan", an: "an"})
        with database.write() as uow:
            number = hand_out(uow, [jan, an])
            uow.sign_ins.record([signed_in(jan, NOW - timedelta(seconds=1))])
            uow.sign_ins.record([signed_in(an, NOW + timedelta(seconds=1))])
            assert _sealed(uow.batches.members(number)) == [True, False]

    # --- the trail

    def test_the_trail_is_read_in_order_and_since_a_moment(self, database: Database) -> None:
        """Of one school, with the number of pupils."""
        (jan,) = enrol(database, "Jan Peeters")
        later = replace(_entry(), at=LATER, action="undo", details={"batch": 1})
        with database.write() as uow:
            uow.audit.append(_entry(), [jan, jan])
            uow.audit.append(later)
            uow.audit.append(replace(later, school_number=OTHER_SCHOOL))
        with database.read() as uow:
            assert uow.audit.of_school(SCHOOL) == [replace(_entry(), pupils=1), later]
            assert uow.audit.of_school(SCHOOL, LATER) == [later]

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET actor = 'iemand anders'",
            "DELETE FROM audit",
            "UPDATE audit_pupils SET pupil_id = pupil_id",
            "DELETE FROM audit_pupils",
        ],
    )
    def test_the_database_refuses_to_change_the_trail(
        self, database: Database, statement: str
    ) -> None:
        """Also for who holds a connection of his own."""
        (jan,) = enrol(database, "Jan Peeters")
        with database.write() as uow:
            uow.audit.append(_entry(), [jan])
        engine = create_engine(database.url, poolclass=NullPool)
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
        with database.read() as uow:
            assert uow.audit.of_school(SCHOOL) == [replace(_entry(), pupils=1)]

    # --- administrators

    def test_roles_are_per_school(self, database: Database) -> None:
        """An unknown administrator has none."""
        with database.write() as uow:
            an = uow.administrators.add("an", "An Peeters")
            uow.administrators.grant(an, SCHOOL, [Role.VIEWER, Role.ACCOUNT_MANAGER])
        with database.read() as uow:
            assert uow.administrators.roles(an, SCHOOL) == {Role.VIEWER, Role.ACCOUNT_MANAGER}
            assert uow.administrators.roles(an, OTHER_SCHOOL) == set()
            assert uow.administrators.roles(an + 1, SCHOOL) == set()

    def test_a_disabled_administrator_has_no_role(self, database: Database) -> None:
        """Whatever was granted before."""
        with database.write() as uow:
            an = uow.administrators.add("an", "An Peeters")
            uow.administrators.grant(an, SCHOOL, [Role.DATA_MANAGER])
        with create_engine(database.url, poolclass=NullPool).begin() as connection:
            connection.execute(update(administrators).values(disabled_at=NOW))
        with database.read() as uow:
            assert uow.administrators.roles(an, SCHOOL) == set()

    def test_a_login_is_added_once(self, database: Database) -> None:
        """The second is a conflict."""
        with database.write() as uow:
            uow.administrators.add("an", "An Peeters")
        with pytest.raises(StoreError), database.write() as uow:
            uow.administrators.add("an", "Ander")


class TestSQLite(DatabaseContract):
    """The contract on SQLite."""

    @pytest.fixture
    def url(self, sqlite_url: str) -> str:
        """A file that does not exist yet."""
        return sqlite_url

    def test_only_the_owner_reads_the_files(self, database: Database, tmp_path: Path) -> None:
        """The database and what SQLite puts beside it have mode 0600."""
        with database.write():
            modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("leerid.sqlite*")}
        assert modes == {0o600}

    def test_looking_does_not_make_a_file(self, sqlite_url: str, tmp_path: Path) -> None:
        """A mistyped path is answered, not turned into an empty database that others can read."""
        with pytest.raises(ConfigurationError):
            Database(sqlite_url).check()
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_is_not_there_is_our_error(self, tmp_path: Path) -> None:
        """Instead of a traceback of the driver."""
        database = Database(f"sqlite:///{tmp_path / 'weg' / 'leerid.sqlite'}")
        with pytest.raises(StoreError):
            database.upgrade()


class TestPostgreSQL(DatabaseContract):
    """The contract on PostgreSQL."""

    @pytest.fixture
    def url(self, postgresql_url: str) -> str:
        """An empty database of the tests' server."""
        return postgresql_url


@pytest.mark.parametrize(
    "url", ["", "niets", "mysql://host/db", "sqlite+aiosqlite:///x", "http://x"]
)
def test_another_database_is_refused_at_once(url: str) -> None:
    """Only SQLite and PostgreSQL, and nothing is opened for the answer."""
    with pytest.raises(ConfigurationError) as caught:
        Database(url)
    assert caught.value.code == "database_url_invalid"


def _entry() -> AuditEntry:
    return AuditEntry(NOW, "An", "opdrachtregel", "import", SCHOOL, {"file": "lijst.csv", "new": 3})


def _add_schools(database: Database, *schools: School) -> None:
    with database.write() as uow:
        for school in schools:
            uow.schools.add(school, NOW)


def _names(database: Database, query: PupilQuery, page: Page | None = None) -> list[str]:
    with database.read() as uow:
        return [one.first_name for one in uow.listing.page(SCHOOL, YEAR, query, page)]


def _found(database: Database, search: str) -> list[str]:
    return _names(database, PupilQuery(search=search))


def _ids(database: Database, page: Page) -> list[int]:
    with database.read() as uow:
        return [one.pupil_id for one in uow.listing.page(SCHOOL, YEAR, PupilQuery(), page)]


def _sealed(members: list[Member]) -> list[bool]:
    return [member.sealed is not None for member in members]
