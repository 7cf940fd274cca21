"""How long reading a file of 30,000 pupils takes, beside pandas reading the same file.

Run it with `python benchmarks/intake_reading.py`. Time is the best of three; memory is the peak of
a run of its own, because tracing allocations slows a run down.
"""

from __future__ import annotations

import csv
import io
import random
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock

import pandas as pd
from openpyxl import Workbook

from leerid_core.intake import Field, read_enrolments

PUPILS = 30_000
HEADER = [field.label for field in Field if field not in (Field.PROVISIONAL, Field.IGNORE)]


def pupils(count: int) -> list[list[object]]:
    """Return rows for schoolloket.xlsx, the same every time."""
    chance = random.Random(2024)
    groups = [
        f"{year}e lj {grade}e gr {name} BSO"
        for year in (1, 2)
        for grade in (2, 3)
        for name in ("Hout", "Elektriciteit", "Verzorging", "Winkelmedewerker")
    ]
    rows: list[list[object]] = []
    for number in range(count):
        birth = date(2006, 1, 1) + timedelta(days=chance.randrange(2_500))
        sex = chance.choice("MV")
        school_class = f"{chance.randrange(1, 7)}{chance.choice('ABCDE')}"
        rows.append(
            [
                "125252",
                str(2_000_000 + number),
                f"Zoë{number % 700}",
                f"De Bremme{number % 4_000}",
                chance.choice(groups),
                3,
                f"{school_class}, {school_class}.WIS",
                sex,
                datetime.combine(birth, clock()),
                identity_number(birth, sex, number),
                datetime.combine(date(2026, 9, 1), clock()),
                datetime.combine(date(2027, 8, 31), clock()),
            ]
        )
    return rows


def identity_number(birth: date, sex: str, number: int) -> str:
    """Return a valid rijksregisternummer for someone born from 2000."""
    day_number = number % 490 * 2 + (1 if sex == "M" else 2)
    digits = f"{birth:%y%m%d}{day_number:03}"
    return f"{digits}{97 - int('2' + digits) % 97:02}"


def as_workbook(rows: list[list[object]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Inschrijvingen")
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_csv(rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow(f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else cell for cell in row)
    return text.getvalue().encode()


def seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def peak_mebibytes(run: Callable[[], object]) -> float:
    tracemalloc.start()
    run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    rows = pupils(PUPILS)
    workbook, text = as_workbook(rows), as_csv(rows)
    runs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        f"xlsx, {len(workbook) / 2**20:.1f} MiB": (
            lambda: read_enrolments(workbook),
            lambda: pd.read_excel(io.BytesIO(workbook)),
        ),
        f"csv, {len(text) / 2**20:.1f} MiB": (
            lambda: read_enrolments(text),
            lambda: pd.read_csv(io.BytesIO(text), sep=";"),
        ),
    }
    print(f"{PUPILS:,} pupils, {len(HEADER)} columns")
    print(
        f"{'file':16} {'ours':>8} {'pandas':>8} {'ratio':>6} {'our peak':>10} {'pandas peak':>12}"
    )
    for name, (ours, theirs) in runs.items():
        our_time, their_time = seconds(ours), seconds(theirs)
        print(
            f"{name:16} {our_time:7.2f}s {their_time:7.2f}s {our_time / their_time:6.2f} "
            f"{peak_mebibytes(ours):6.0f} MiB {peak_mebibytes(theirs):8.0f} MiB"
        )


if __name__ == "__main__":
    main()
