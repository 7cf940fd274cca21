"""Analysis in one's own notebook: `import leerid_core as leerid; loket = leerid.open()`."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from leerid_core.errors import LeerIDError
from leerid_core.messages import sentence
from leerid_core.rules.figures import DEFINITIONS
from leerid_core.rules.school_years import SchoolYear
from leerid_core.services import analysis
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, opened
from leerid_core.services.usage import Usage, usage
from leerid_core.services.usage_query import UsageQuery
from leerid_core.settings import Settings

if TYPE_CHECKING:
    from pandas import DataFrame

Schools = str | Iterable[str] | None
"""One school number, several, or None for every school."""
Year = int | None
"""The year in which a school year begins; None for the one of today."""


class Loket:
    """An installation, for reading only: every transaction is one that the database keeps so.

    Whoever can open it holds the database and its key, and so is an operator with every right
    (docs/SECURITY.md). Tables are pandas; docs/analyse.md describes their columns. Use it in a
    `with` statement, or call `close`.
    """

    def __init__(self, context: Context, stack: ExitStack) -> None:
        self._context = context
        self._stack = stack
        self._actor = Operator(getpass.getuser(), "analyse")

    @property
    def today(self) -> date:
        """The day that it is in the schools."""
        return self._context.today()

    def schools(self, school: Schools = None) -> DataFrame:
        """Return a row for each school."""
        return analysis.schools_table(self._context, self._actor, _query(school))

    def pupils(self, school: Schools = None, year: Year = None) -> DataFrame:
        """Return a row for each enrolment of a school year."""
        return analysis.pupils_table(
            self._context, self._actor, _query(school), self._school_year(year)
        )

    def accounts(self, school: Schools = None, year: Year = None) -> DataFrame:
        """Return a row for each account of who is enrolled in a school year; without a secret."""
        return analysis.accounts_table(
            self._context, self._actor, _query(school), self._school_year(year)
        )

    def sign_ins(
        self, school: Schools = None, first: date | None = None, last: date | None = None
    ) -> DataFrame:
        """Return a row for each sign-in from `first` to `last`; the last 30 days when not told."""
        return analysis.sign_ins_table(self._context, self._actor, _query(school, first, last))

    def batches(
        self, school: Schools = None, first: date | None = None, last: date | None = None
    ) -> DataFrame:
        """Return a row for each pupil of each batch made from `first` (1 September) to `last`."""
        return analysis.batches_table(self._context, self._actor, _query(school, first, last))

    def usage(
        self,
        school: Schools = None,
        first: date | None = None,
        last: date | None = None,
        **narrowed: Any,
    ) -> Usage:
        """Return the statistics (`services.usage.Usage`); `narrowed` as `UsageQuery` has it."""
        return usage(self._context, self._actor, _query(school, first, last, **narrowed))

    def definitions(self) -> DataFrame:
        """Return what each figure counts, as docs/cijfers.md has it."""
        import pandas as pd

        rows = [(figure.value, one.name, one.text) for figure, one in DEFINITIONS.items()]
        return pd.DataFrame(rows, columns=["figure", "name", "text"]).astype("string")

    def close(self) -> None:
        """Close the connections."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _school_year(self, year: Year) -> SchoolYear:
        return SchoolYear.of(self._context.today()) if year is None else SchoolYear(year)


def open_loket(database_url: str | None = None, key_file: Path | None = None) -> Loket:
    """Open the installation of the environment, or of these; see `Settings.collect`.

    Raises `ConfigurationError` when the tables are missing or old, or the key is another; with
    the sentence that the command line would say as a note below the traceback.
    """
    stack = ExitStack()
    try:
        context = stack.enter_context(opened(Settings.collect(os.environ, database_url, key_file)))
    except LeerIDError as error:
        error.add_note(sentence(error.code, error.parameters))
        raise
    return Loket(context, stack)


def _query(
    school: Schools, first: date | None = None, last: date | None = None, **narrowed: Any
) -> UsageQuery:
    numbers = None if school is None else (school,) if isinstance(school, str) else tuple(school)
    return UsageQuery(numbers, first, last, **narrowed)
