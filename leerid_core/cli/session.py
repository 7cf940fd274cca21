"""What every command shares: the settings, who asks, and how it prints."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from leerid_core.errors import LeerIDError
from leerid_core.messages import sentence
from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, opened
from leerid_core.settings import Settings

REFUSED = 1
PIPE_WIDTH = 160

errors = Console(stderr=True, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command."""

    settings: Settings
    as_json: bool

    @property
    def actor(self) -> Operator:
        """Who runs the command, by the name of the system's user."""
        return Operator(getpass.getuser())

    @contextmanager
    def context(self) -> Iterator[Context]:
        """Open the installation for one command."""
        with opened(self.settings) as context:
            yield context

    def document(self, value: object) -> None:
        """Print the one JSON document of a command, when it was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")

    def say(self, *lines: str) -> None:
        """Print lines for a reader; a script that asked for JSON gets none of them."""
        if lines and not self.as_json:
            Console(soft_wrap=True, highlight=False, markup=False).print(*lines, sep="\n")

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Print a table for a reader."""
        if self.as_json:
            return
        table = Table(title=title, title_justify="left")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        # A file or a pipe has no width: rather long lines than words in pieces.
        width = None if sys.stdout.isatty() else PIPE_WIDTH
        Console(markup=False, highlight=False, width=width).print(table)


def current(context: typer.Context) -> Session:
    """Return the session that the global options made."""
    session = context.obj
    assert isinstance(session, Session)  # noqa: S101 - set by the callback of the app
    return session


def report_error(error: LeerIDError, session: Session | None) -> None:
    """Say what happened and what to do; never a traceback."""
    message = sentence(error.code, error.parameters)
    if session is not None and session.as_json:
        session.document({"error": {"code": error.code, "message": message}})
    errors.print(message, markup=False, highlight=False)


def finding_values(finding: Any) -> Mapping[str, object]:
    """Return a finding as JSON has it."""
    return {
        "row": finding.row,
        "column": finding.column,
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
    }
