"""A list of any size is read by its indexes: SQLite tells beforehand what it will do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from store_examples import SCHOOL, YEAR, add_schools, enrol

from leerid_core.store import Database, Page, PupilQuery
from leerid_core.store.listing import Listing

PAGE = Page(limit=50)
NAMES = "COVERING INDEX ix_enrolments_folded (school_number=? AND school_year=?)"
IDS = "INDEX ix_enrolments_pupil_id (pupil_id=?)"
COHORTS = "INDEX ix_enrolments_cohort_id (cohort_id=?)"
BY_NAME = "COVERING INDEX ix_enrolments_by_name (school_number=? AND school_year=?)"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """A database with a few pupils."""
    opened = Database(sqlite_url)
    opened.upgrade()
    add_schools(opened)
    enrol(opened, "Jan Peeters", "An Peeters")
    yield opened
    opened.close()


def _plans(database: Database, query: PupilQuery, page: Page = PAGE) -> list[str]:
    """Return how the database finds enrolments, in the statements that a page takes."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _d: object, statement: str, parameters: object, *_rest: object) -> None:
        asked.append((statement, parameters))

    with database.read() as uow:
        event.listen(Engine, "before_cursor_execute", note)
        uow.listing.counted_page(SCHOOL, YEAR, query, page)
        event.remove(Engine, "before_cursor_execute", note)
        return [line for one in asked for line in _steps(uow.listing, *one)]


def _steps(listing: Listing, statement: str, parameters: Any) -> list[str]:
    connection = listing._connection
    told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [row.detail for row in told]
    return [one.split("USING ")[1] for one in steps if " enrolments " in one and "USING " in one]


@pytest.mark.parametrize(
    ("query", "page", "wanted"),
    [
        (PupilQuery(), PAGE, {NAMES, BY_NAME}),
        (PupilQuery(search="pee"), PAGE, {NAMES, IDS}),
        (PupilQuery(search="pee", group="4de leerjaar"), PAGE, {COHORTS, IDS}),
        (PupilQuery(group="4de leerjaar"), PAGE, {COHORTS}),
        (PupilQuery(school_class="4A"), PAGE, {COHORTS}),
        (PupilQuery(pupil_ids=frozenset({1, 2})), PAGE, {IDS}),
    ],
)
def test_a_page_reads_no_more_than_it_must(
    database: Database, query: PupilQuery, page: Page, wanted: set[str]
) -> None:
    """A search reads names alone; whoever is chosen otherwise is found by what chooses him."""
    by_id = "INTEGER PRIMARY KEY (rowid=?)"
    assert set(_plans(database, query, page)) - {by_id} == wanted
