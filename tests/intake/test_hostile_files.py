"""Files that want the memory, and files that are no list: refused, in little memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import repeat
from random import Random
from typing import Any

import pytest
from intake_files import RELATIONS, SAMPLES, inline_row, raw_workbook, text_file, workbook

from leerid_core.errors import UnreadableFile
from leerid_core.intake import bounds, read_enrolments, shared_strings, sheets, tables

MEBIBYTE = 2**20
HEADER = inline_row("Voornaam", "Naam")
PUPIL = inline_row("An", "Maes")


@contextmanager
def memory_below(mebibytes: int) -> Iterator[None]:
    """Fail when Python's allocations rise by more than this."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < mebibytes * MEBIBYTE


def refused(source: bytes | io.BufferedReader) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(UnreadableFile) as refusal:
        read_enrolments(source)
    assert str(refusal.value) == refusal.value.code
    return refusal.value.code


class EndlessStream(io.RawIOBase):
    """A stream of 200 MiB that is made as it is read."""

    def __init__(self, limit: int = 200 * MEBIBYTE) -> None:
        self.left = limit

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer."""
        size = min(len(buffer), self.left)
        buffer[:size] = b"x" * size
        self.left -= size
        return size


def test_a_file_of_200_mib_is_refused_before_it_is_read_whole() -> None:
    """Reading stops just above the bound."""
    stream = EndlessStream()
    with memory_below(120):
        assert refused(io.BufferedReader(stream)) == "file_too_large"
    assert stream.left > 140 * MEBIBYTE


def billion_laughs(root: str) -> bytes:
    """Return XML whose one entity expands to a thousand million."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><{root}>&l9;</{root}>'.encode()


def test_entities_are_refused() -> None:
    """A billion laughs, in XML as in a workbook's part, stop at the document type."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("_rels/.rels", billion_laughs("Relationships"))
    with memory_below(5):
        assert refused(billion_laughs("ArrayOfWsInschrijving")) == "xml_forbidden"
        assert refused(archive.getvalue()) == "xml_forbidden"


def test_an_external_entity_is_refused() -> None:
    """No file of the server is ever opened for a document."""
    data = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    assert refused(data) == "xml_forbidden"


def test_an_archive_with_a_high_ratio_is_refused() -> None:
    """A quarter of a gigabyte of nothing, in a quarter of a megabyte."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(4):
            with file.open(f"xl/{number}.xml", "w") as part:
                for chunk in repeat(bytes(MEBIBYTE), 64):
                    part.write(chunk)
    with memory_below(10):
        assert refused(archive.getvalue()) == "archive_too_large"


def test_an_archive_of_many_parts_is_refused_before_it_is_listed() -> None:
    """Half a million empty parts would each be remembered."""
    directory = zip_of("x")
    entry = directory[directory.index(b"PK\x01\x02") : directory.index(b"PK\x05\x06")]
    data = directory.replace(entry, entry * 500_000)
    with memory_below(2):
        assert refused(data) == "archive_too_large"


def test_other_compressions_are_refused() -> None:
    """LZMA would take as much memory as the archive asks for; no workbook has it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
    assert refused(file.getvalue()) == "file_damaged"


def test_an_archive_that_lies_about_its_size_is_damaged() -> None:
    """A part gives no more bytes than it declares, so the sum that was checked is the truth."""
    data = raw_workbook([HEADER, *repeat(PUPIL, 5_000)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little"))
    assert lying != data
    assert refused(lying) == "file_damaged"


def padded(data: bytes, size: int) -> bytes:
    """Return an archive with noise added, so that its ratio is modest."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("noise.bin", Random(7).randbytes(size))
    return file.getvalue()


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(lambda: [b'<row a="', *repeat(b"x" * MEBIBYTE, 40), b'"/>'], id="attribute"),
        pytest.param(lambda: [b'<row><c r="ZZZZ1"/></row>'], id="a column beyond Excel's"),
        pytest.param(lambda: [b'<row><c r="!1"><v>1</v></c></row>'], id="no column"),
        pytest.param(lambda: [b'<row r="-1"/>'], id="no row"),
        pytest.param(lambda: (b"<n%d/>" % n for n in range(50_000)), id="names"),
    ],
)
def test_a_sheet_beyond_excel_is_refused(pieces: Callable[[], Iterable[bytes]]) -> None:
    """A tag without end, a column that Excel does not have, names without number."""
    data = padded(raw_workbook([HEADER, *pieces()]), 400_000)
    with memory_below(10):
        assert refused(data) == "file_too_complex"


def test_a_row_of_200_000_cells_costs_nothing() -> None:
    """What stands beyond the columns of a list is not kept, be it without number."""
    cells = repeat(b'<c r="ZZ3"/>' * 10_000, 20)
    data = padded(raw_workbook([HEADER, PUPIL, b"<row>", *cells, b"</row>"]), 100_000)
    with memory_below(5):
        assert len(read_enrolments(data).rows) == 1


def test_empty_rows_cost_nothing() -> None:
    """A sheet that declares ever more of Excel's rows is read for the two that hold something."""
    rows = (b'<row r="%d"/>' % number for number in range(3, 2**17))
    data = raw_workbook([HEADER, PUPIL, *rows])
    with memory_below(2):
        assert len(read_enrolments(data).rows) == 1


def test_a_row_at_the_bottom_is_found() -> None:
    """A gap of a million rows hides no pupil."""
    last = b'<row r="1048576"><c t="inlineStr"><is><t>Jan</t></is></c>' + PUPIL[len("<row>") :]
    data = raw_workbook([HEADER, last.replace(b"An", b"Peeters")])
    assert read_enrolments(data).rows[0].row == 1_048_576


def test_a_text_without_end_is_one_wrong_cell() -> None:
    """A cell of 20 million characters is cut where it is known to be too long."""
    text = [b'<row><c t="inlineStr"><is><t>', *repeat(b"x" * MEBIBYTE, 20), b"</t></is></c></row>"]
    data = padded(raw_workbook([HEADER, PUPIL, *text]), 200_000)
    with memory_below(20):
        file = read_enrolments(data)
    assert ([row.row for row in file.rows], file.findings[0].code) == ([2], "cell_too_long")


def test_too_many_rows_and_strings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is refused when the count is above its bound."""
    many = raw_workbook([HEADER, *repeat(PUPIL, 100)], strings="<si><t>Jan</t></si>" * 100)
    assert len(read_enrolments(many).rows) == 1
    for place, bound in (
        (sheets, "SHEET_ROWS"),
        (shared_strings, "SHARED_STRINGS"),
        (shared_strings, "SHARED_CHARACTERS"),
    ):
        with monkeypatch.context() as lower:
            lower.setattr(place, bound, 99)
            assert refused(many) == "file_too_complex"
    monkeypatch.setattr(tables, "ROWS", 99)
    assert refused(many) == "too_many_rows"


def test_too_many_cell_styles_are_refused() -> None:
    """What describes the workbook is bounded too."""
    styles = "<cellXfs>" + "<xf/>" * (bounds.DESCRIPTION_ELEMENTS + 1) + "</cellXfs>"
    assert refused(raw_workbook([HEADER], styles=styles)) == "file_too_complex"


def test_what_informat_does_not_have_is_not_kept() -> None:
    """An enrolment with 300,000 unknown values costs no more than its own."""
    record = b"<wsInschrijving><Naam>Maes</Naam><Voornaam>An</Voornaam>"
    data = b"<a>" + record + b"<x>1</x>" * 300_000 + b"</wsInschrijving></a>"
    with memory_below(2):
        assert read_enrolments(data).rows[0].last_name == "Maes"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (text_file(("Voornaam", "Naam", *map(str, range(200)))), "too_many_columns"),
        (b"Voornaam;Naam\n" + b"x" * 200_000, "line_too_long"),
    ],
)
def test_a_list_beyond_the_bounds_is_refused(data: bytes, code: str) -> None:
    """Too many columns, a line without end."""
    assert refused(data) == code


def zip_of(*names: str) -> bytes:
    """Return an archive with parts that hold next to nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def encrypted_zip() -> bytes:
    """Return a workbook whose parts are marked as encrypted."""
    data = bytearray(zip_of("_rels/.rels"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (bytes(5_000), "file_empty"),
        (b"%PDF-1.7 ...", "file_is_pdf"),
        (OLE, "file_is_old_excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file_is_encrypted"),
        (encrypted_zip(), "file_is_encrypted"),
        (zip_of("mimetype", "content.xml"), "archive_is_no_workbook"),
        (b"PK\x03\x04 and no more", "file_damaged"),
        (b"<!DOCTYPE html><table><tr><td>Naam</td></tr></table>", "file_is_web_page"),
        ("<html>".encode("utf-16"), "file_is_web_page"),
        (b"<?xml version='1.0'?><html/>", "xml_unknown"),
        (b"<a><wsInschrijving><Naam>Maes</Naam>", "file_damaged"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "file_damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file_is_no_text"),
        (b"Naam;Voornaam\n" * 500 + b"\x00", "file_is_no_text"),
        (b"\xff\xfeN\x00a\x00a\x00m", "file_is_no_text"),
        (b"geen lijst", "header_missing"),
        (workbook([["Klas", "Aantal"], ["1A", 20]]), "name_columns_missing"),
        (workbook([[]]), "header_missing"),
    ],
)
def test_what_is_no_list_says_why(data: bytes, code: str) -> None:
    """Each kind of wrong file has a sentence of its own."""
    assert refused(data) == code


def test_a_record_without_end_is_refused() -> None:
    """Many small fields over many lines are one record as long as quotes run on."""
    line = b";" * 50_000 + b'"\n"'
    with memory_below(80):
        assert refused(b"Voornaam;Naam\n" + line * 400) == "quote_not_closed"


def test_a_file_that_is_gone_says_so() -> None:
    """A path that cannot be opened is one more unreadable file."""
    with pytest.raises(UnreadableFile) as refusal:
        read_enrolments(SAMPLES / "nergens.xlsx")
    assert refusal.value.code == "file_cannot_be_opened"


def test_a_binary_workbook_is_no_workbook() -> None:
    """An .xlsb has parts that are no XML."""
    relation = 'Type="x/officeDocument" Id="r" Target="xl/workbook.bin"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship {relation}/></Relationships>',
        )
    assert refused(file.getvalue()) == "archive_is_no_workbook"
