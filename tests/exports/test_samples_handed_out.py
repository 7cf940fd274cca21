"""The main job on every file that administrators have: file in, accounts, zip out, read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from card_examples import Letter, pages_of_letters, read_codes
from leerid_command import a4_text, workbook_rows, zip_files
from service_world import ALL, OTHER_SCHOOL, SAMPLES, SCHOOL, World

from leerid_core.rules.accounts import PasswordKind
from leerid_core.rules.pictures import CATALOGUE
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import Plan, PlannedAccount, plan_accounts

COLUMNS = [
    "Stamnummer",
    "Voornaam",
    "Achternaam",
    "Administratieve groep",
    "LeerID Gebruikersnaam",
    "LeerID Wachtwoord",
]
ON_A_SHEET = 12


@pytest.mark.parametrize(
    ("name", "school", "kind"),
    [
        ("schoolloket.xlsx", OTHER_SCHOOL, PasswordKind.WORD),
        ("informat.xlsx", SCHOOL, PasswordKind.PICTURES),
        ("informat.xml", SCHOOL, PasswordKind.WORD),
        ("wisa.csv", SCHOOL, PasswordKind.WORD),
        ("wisa-bestand.txt", OTHER_SCHOOL, PasswordKind.PICTURES),
    ],
)
def test_a_sample_becomes_cards(world: World, name: str, school: str, kind: PasswordKind) -> None:
    """Every pupil of the file has an account, a line in the Excel and a card that reads back."""
    preview = world.read(SAMPLES / name, school)
    plan = plan_accounts(world.context, world.operator, school, ALL, basic_kind=kind)
    issued = create_accounts(world.context, world.operator, plan)
    assert len(plan.rows) == len(preview.changes)
    assert plan.skipped == ()
    assert world.accounts().keys() == {row.username for row in plan.rows}
    files = zip_files(issued.archive.content)
    links = Counter(_link(row) for row in plan.rows)
    (sheets,) = (data for path, data in files.items() if path.endswith("_A4.pdf"))
    (stickers,) = (data for path, data in files.items() if path.endswith("_stickers_alle.pdf"))
    groups = [data for path, data in files.items() if "_stickers_" in path and data is not stickers]
    pages = pages_of_letters(stickers)
    _check_excel(list(workbook_rows(issued.archive.content)), plan)
    _check_words(a4_text(issued.archive.content), plan)
    _check_words("".join(letter.text for page in pages for letter in page), plan)
    _check_labels(pages, len(plan.rows))
    assert _codes(sheets) == _codes(stickers) == links
    assert sum(map(_codes, groups), Counter()) == links


def _check_excel(rows: list[dict[str, str]], plan: Plan) -> None:
    assert list(rows[0])[:6] == COLUMNS
    lines = {row["LeerID Gebruikersnaam"]: [row[column] for column in COLUMNS] for row in rows}
    assert lines.keys() == {row.username for row in plan.rows}
    for row in plan.rows:
        pupil = row.pupil
        *line, password = lines[row.username]
        assert line == [
            pupil.stamnummer or "",
            pupil.first_name,
            pupil.last_name,
            pupil.administrative_group,
            row.username,
        ]
        assert password == row.password or row.password_kind is PasswordKind.PICTURES


def _check_words(text: str, plan: Plan) -> None:
    """Every card has what the manual shows."""
    squeezed = _squeezed(text)
    for row in plan.rows:
        assert all(_squeezed(word) in squeezed for word in _words(row))


def _codes(pdf: bytes) -> Counter[str]:
    """What the QR codes of a PDF say, and how often."""
    return Counter(code.text for page in read_codes(pdf) for code in page)


def _words(row: PlannedAccount) -> Iterator[str]:
    yield f"{row.pupil.first_name} {row.pupil.last_name}"
    yield row.username
    yield _link(row)
    names = {picture.key: picture.name for picture in CATALOGUE}
    if row.password_kind is PasswordKind.PICTURES:
        yield from (names[key] for key in row.password.split())
    else:
        yield row.password


def _link(row: PlannedAccount) -> str:
    return f"https://mijn.leerid.be/{row.username}"


def _squeezed(text: str) -> str:
    """A long name is wrapped on its card: white space does not count."""
    return "".join(text.split())


def _check_labels(pages: list[list[Letter]], cards: int) -> None:
    """Labels of 105 x 48 mm within 0.1 mm: the same point of each card repeats so."""
    brands = [_brands(page) for page in pages]
    assert sum(map(len, brands)) == cards
    first_x, first_y = brands[0][0]
    for page in brands:
        assert len(page) <= ON_A_SHEET
        for at, (x, y) in enumerate(page):
            row, column = divmod(at, 2)
            assert x - first_x == pytest.approx(column * 105, abs=0.1)
            assert y - first_y == pytest.approx(row * 48, abs=0.1)


def _brands(page: list[Letter]) -> list[tuple[float, float]]:
    """Where the word LeerID begins on each card of the page."""
    found = "".join(one.text for one in page)
    starts = (at for at in range(len(found)) if found.startswith("LeerID", at))
    return [(page[at].left, page[at].top) for at in starts if "Bold" in page[at].font]
