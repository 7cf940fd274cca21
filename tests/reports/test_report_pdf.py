"""The report on paper: what is on it, how it breaks, and what it says of itself."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest
from chart_frames import FRAMES
from report_examples import LONG_NAME, chapter, counts, page_texts, report, two_schools

from leerid_core.errors import Cancelled
from leerid_core.reports import alternatives
from leerid_core.reports.report_pdf import report_pdf
from leerid_core.rules.figures import DEFINITIONS, Figure


@pytest.fixture(scope="module")
def plain() -> bytes:
    """The report on one school."""
    return report_pdf(report())


def _reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def test_the_first_page_tells_what_it_is_about(plain: bytes) -> None:
    """Which school, which period, made when and by whom, and one figure that matters."""
    page = page_texts(plain)[0]
    for text in (
        "Gebruiksstatistieken LeerID",
        "TEST School 1 (030569)",
        "Van 1 september 2026 tot en met 24 november 2026",
        "Gemaakt op 24 november 2026 om 16.05 uur door An Peeters",
        "67 % van de leerlingen met een LeerID heeft zich al aangemeld",
        "60 van de 90",
    ):
        assert text in page
    assert "Samenvatting 2" in page


def test_the_second_page_is_the_summary(plain: bytes) -> None:
    """The figures that matter, and what they say."""
    page = page_texts(plain)[1]
    for text in (
        "Samenvatting Ingeschreven 100",
        "90 % van de leerlingen",
        "20 leerlingen hebben zich nog nooit aangemeld.",
    ):
        assert text in page


def _contents(pdf: bytes) -> list[tuple[str, int]]:
    """Return the lines of the contents; each must lead to the page that it tells."""
    reader = _reader(pdf)
    lines = []
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            name, number = str(link["/Contents"]).rsplit(", pagina ", 1)
            target = reader.pages[int(number) - 1]
            assert link["/Dest"][0] == target.indirect_reference
            assert name in " ".join(target.extract_text().split())
            lines.append((name, int(number)))
    return lines


def test_the_contents_lead_to_what_they_name(plain: bytes) -> None:
    """A line for each section, in their order."""
    lines = _contents(plain)
    assert lines[0] == ("Samenvatting", 2)
    assert lines[-1] == ("Wat de cijfers tellen", len(_reader(plain).pages))
    assert len(lines) == 9
    assert [page for _, page in lines] == sorted(page for _, page in lines)


def test_the_contents_of_many_schools_take_a_second_page() -> None:
    """Every school has its line, however many there are."""
    quiet: dict[str, Any] = {"totals": counts(0, 0, 0, 0), "sign_ins": 0}
    made = [chapter(f"School {at:02} (0000{at:02})", **quiet) for at in range(30)]
    pdf = report_pdf(report(*made, overall=chapter("Samen", several=True, **quiet)))
    names = [name for name, _ in _contents(pdf)]
    assert [name for name in names if name.startswith("School")] == [one.name for one in made]
    assert "en nog 22 andere" in page_texts(pdf)[0]


def test_the_report_says_what_it_is(plain: bytes) -> None:
    """Title, maker, date, Dutch, an outline, and a number on every page."""
    reader = _reader(plain)
    assert reader.metadata is not None
    assert reader.metadata.title == "Gebruiksstatistieken LeerID: TEST School 1 (030569)"
    assert reader.metadata.author == "An Peeters"
    assert str(reader.metadata.creation_date_raw).startswith("D:20261124160500")
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "nl-BE"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == ["Gebruiksstatistieken LeerID"]
    pages = page_texts(plain)
    for number, text in enumerate(pages, start=1):
        assert f"Pagina {number} van {len(pages)}" in text


def test_every_definition_is_in_the_report(plain: bytes) -> None:
    """A reader of the board finds what a figure counts."""
    text = " ".join(page_texts(plain))
    assert all(one.name in text for one in DEFINITIONS.values())


def test_the_letters_of_a_chart_are_text(plain: bytes) -> None:
    """They can be searched and read out, in the size that was meant."""
    text = " ".join(page_texts(plain))
    assert "Dagen sinds het uitdelen" in text
    assert "Aanmeldingen per dag" in text


def _elements(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    found = [element]
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        found += _elements(one) if isinstance(one, dict) else []
    return found


def test_a_screen_reader_can_follow(plain: bytes) -> None:
    """Headings, paragraphs, tables with rows and cells; and every chart in words."""
    root: Any = _reader(plain).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    elements = _elements(root["/StructTreeRoot"]["/K"][0].get_object())
    kinds = [one.get("/S") for one in elements]
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)
    for one in elements:
        within = {"/TR": "/Table", "/TD": "/TR", "/TH": "/TR"}.get(one.get("/S"))
        assert within is None or one["/P"].get_object()["/S"] == within
    words = [str(one["/Alt"]) for one in elements if one.get("/S") == "/Figure"]
    assert alternatives.heat_map(FRAMES["heat_map"]()) in words
    assert all(words)


def test_no_mark_is_given_twice(plain: bytes) -> None:
    """Each piece of a page belongs to one element, or to none because it is no text."""
    for page in _reader(plain).pages:
        content: Any = page.get_contents()
        stream = content.get_data().decode("latin-1")
        marks = [part.split(">>")[0] for part in stream.split("/MCID ")[1:]]
        assert [int(mark) for mark in marks] == list(range(len(marks)))
        assert stream.count("BDC") + stream.count("BMC") == stream.count("EMC")


def test_a_mark_leads_back_to_its_element(plain: bytes) -> None:
    """The tree by page has, at the place of each mark, the element that the mark belongs to."""
    reader = _reader(plain)
    root: Any = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        for mark, element in enumerate(by_page[page["/StructParents"]]):
            assert element["/K"] == [mark]
            assert element["/Pg"].raw_get("/Contents") == page.raw_get("/Contents")


def test_the_same_figures_give_the_same_bytes(plain: bytes) -> None:
    """A board can compare two files."""
    assert report_pdf(report()) == plain


def test_sixty_groups_run_over_pages_with_their_heads() -> None:
    """None is lost, each page of the table has its head, and no heading stands alone."""
    names = [f"Groep {at:02} {'met een lange naam ' * (at % 6)}" for at in range(60)]
    pages = page_texts(report_pdf(report(chapter(groups=names))))
    text = " ".join(pages)
    assert all(text.count(f"Groep {at:02}") >= 2 for at in range(60))  # bar and row
    heads = [page for page in pages if "Ooit aangemeld Nooit aangemeld" in page]
    assert len(heads) >= 3
    for page in pages:
        body = page.split(" LeerID: TEST")[0]
        assert not body.endswith(("Per administratieve groep", "Samenvatting"))


def test_names_that_are_long_strange_or_formulas_are_printed() -> None:
    """Wrapped or cut, never over the edge; never an error."""
    names = [LONG_NAME, "中文班", "$A_1$ <b>&", "=1+1", "x" * 200]
    text = " ".join(page_texts(report_pdf(report(chapter(LONG_NAME, groups=names)))))
    assert "$A_1$ <b>&" in text
    assert "ZhongWen" in text


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        (counts(0, 0, 0, 0), "geen ingeschreven leerlingen"),
        (dict.fromkeys(Figure), "minder dan 5 leerlingen"),
        (counts(100, 0, 0, 0), "Nog niemand heeft een LeerID."),
        (counts(100, 100, 0, 100), "Nog niemand heeft zich aangemeld."),
        (counts(100, 100, 100, 0), "heeft zich ook al aangemeld"),
    ],
)
def test_schools_without_much_to_tell(totals: dict[Figure, int | None], sentence: str) -> None:
    """Nobody, few, no accounts, no sign-ins, everything done: a report all the same."""
    quiet = {
        name: FRAMES[frame]().iloc[:0]
        for name, frame in (
            ("adoption", "adoption"),
            ("batches", "adoption"),
            ("per_day", "per_day"),
            ("per_hour", "heat_map"),
            ("per_application", "applications"),
        )
    }
    made = chapter(totals=totals, sign_ins=0, **quiet)
    pages = page_texts(report_pdf(report(made)))
    assert sentence in pages[1]
    assert len(pages[0]) > 200
    assert "Geen gegevens" not in " ".join(pages)


def test_what_is_hidden_has_a_star_and_a_note() -> None:
    """A reader sees that something is not shown, and why."""
    from report_examples import breakdown

    text = " ".join(
        page_texts(report_pdf(report(chapter(breakdowns=(breakdown(["1A", "2A"], hidden=True),)))))
    )
    assert "2A * * * * *" in text
    assert "* Niet getoond: het gaat om minder dan 5 leerlingen" in text


def test_several_schools_are_compared_and_have_a_chapter_each() -> None:
    """In the outline too; `step` is called for each."""
    steps: list[int] = []
    pdf = report_pdf(two_schools(), lambda: steps.append(1))
    assert len(steps) == 3
    titles = [one.title for one in _reader(pdf).outline if not isinstance(one, list)]
    assert titles == [
        "Gebruiksstatistieken LeerID",
        "School A (000000)",
        "School B (000001)",
        "Wat de cijfers tellen",
    ]
    assert "Instellingen vergeleken" in page_texts(pdf)[1]


def test_a_report_can_be_stopped() -> None:
    """Between chapters."""

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        report_pdf(report(), stop)
