"""A whole import of 30,000 pupils beside pandas only reading the same file.

Run it with `python benchmarks/importing.py`. Ours reads, checks, compares with what is kept,
previews and writes in one transaction; then the same file once more, which changes nothing.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

import pandas as pd
from intake_reading import PUPILS, as_csv, as_workbook, pupils

from leerid_core.services.actors import Operator
from leerid_core.services.context import Context, initialise, opened
from leerid_core.services.imports import apply_import, preview_import
from leerid_core.services.schools import add_school
from leerid_core.settings import Settings

ACTOR = Operator("benchmark")
SCHOOL = "125252"


def main() -> None:
    """Print a line for each kind of file."""
    rows = pupils(PUPILS)
    workbook, text = as_workbook(rows), as_csv(rows)
    print(f"{PUPILS:,} pupils")
    print(f"{'file':6} {'pandas':>8} {'first':>8} {'ratio':>6} {'again':>8} {'ratio':>6}")
    for name, content, peer in (
        ("xlsx", workbook, lambda: pd.read_excel(io.BytesIO(workbook))),
        ("csv", text, lambda: pd.read_csv(io.BytesIO(text), sep=";")),
    ):
        theirs = seconds(peer)
        first, again = _imports(content)
        theirs = min(theirs, seconds(peer))
        print(
            f"{name:6} {theirs:7.2f}s {first:7.2f}s {first / theirs:6.2f} "
            f"{again:7.2f}s {again / theirs:6.2f}"
        )


def _imports(content: bytes) -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        settings = Settings.collect({}, f"sqlite:///{folder}/leerid.sqlite")
        initialise(settings)
        with opened(settings) as context:
            add_school(context, ACTOR, SCHOOL, "TEST School")
            return (
                seconds(lambda: _import(context, content)),
                seconds(lambda: _import(context, content)),
            )


def _import(context: Context, content: bytes) -> None:
    preview = preview_import(context, ACTOR, SCHOOL, content)
    apply_import(context, ACTOR, preview, "inschrijvingen")


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
