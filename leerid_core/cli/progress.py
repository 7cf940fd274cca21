"""How far long work is, on the error output of a terminal; Ctrl-C stops it before the commit."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from leerid_core.cli.session import errors
from leerid_core.services.work import Work

PHASES = {
    "drawing": "Kaartjes maken",
    "workbook": "Excel maken",
    "packing": "Inpakken",
    "hashing": "Wachtwoorden beveiligen",
    "writing": "Bewaren",
    "sign_ins": "Aanmeldingen lezen (%)",
    "recounting": "Opnieuw tellen",
    "counting": "Cijfers verzamelen",
    "report": "Verslag maken",
}


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Show a growing number while a file is read."""
    with Progress(
        TextColumn("{task.description}"),
        TextColumn("{task.completed}"),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    ) as bar:
        task = bar.add_task(label)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def working() -> Iterator[Work]:
    """Show how far each phase is; the first Ctrl-C asks the work to stop, the second kills it."""
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(
            *columns, console=errors, transient=True, disable=not errors.is_terminal
        ) as bar:
            task = bar.add_task("")

            def report(done: int, total: int, phase: str) -> None:
                label = PHASES.get(phase, phase)
                bar.update(task, description=label, completed=done, total=total)

            yield Work(report, lambda: stopped)
    finally:
        signal.signal(signal.SIGINT, before)
