"""The summary in words: true and well said, whatever the figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_examples import chapter, counts

from leerid_core.reports.summary import attention, headline, summary
from leerid_core.rules.figures import Figure


def _said(enrolled: int, having: int, signed: int, never: int) -> str:
    totals = counts(enrolled, having, signed, never)
    return " ".join(summary(chapter("De school", totals=totals))).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("numbers", "sentences"),
    [
        (
            (100, 90, 60, 20),
            "De school telt 100 leerlingen. Daarvan hebben er 90 (90 %) een LeerID; 10 hebben er "
            "nog geen. Van wie een LeerID heeft, hebben er 60 (67 %) zich al aangemeld. "
            "20 leerlingen hebben zich nog nooit aangemeld. 10 accounts zijn jonger dan 14 dagen "
            "en tellen daar niet bij.",
        ),
        (
            (3, 1, 0, 0),
            "De school telt 3 leerlingen. Daarvan heeft er 1 (33 %) een LeerID; 2 hebben er nog "
            "geen. Nog niemand heeft zich aangemeld. 1 account is jonger dan 14 dagen en telt "
            "daar niet bij.",
        ),
        (
            (1, 1, 1, 0),
            "De school telt 1 leerling. Die heeft een LeerID. Wie een LeerID heeft, heeft zich ook "
            "al aangemeld.",
        ),
        ((2, 0, 0, 0), "De school telt 2 leerlingen. Nog niemand heeft een LeerID."),
        (
            (2, 2, 1, 1),
            "De school telt 2 leerlingen. Allemaal hebben ze een LeerID. Van wie een LeerID heeft, "
            "heeft er 1 (50 %) zich al aangemeld. 1 leerling heeft zich nog nooit aangemeld.",
        ),
        ((0, 0, 0, 0), "Er zijn in deze periode geen ingeschreven leerlingen."),
    ],
)
def test_sentences_fit_their_numbers(numbers: tuple[int, int, int, int], sentences: str) -> None:
    """Singular and plural, all and nobody."""
    assert _said(*numbers).startswith(sentences)


@given(st.integers(0, 2000), st.data())
def test_nothing_silly_is_said(enrolled: int, data: st.DataObject) -> None:
    """No "0 %", no "100 %", no "0 leerlingen"; every text a sentence or several."""
    having = data.draw(st.integers(0, enrolled))
    signed = data.draw(st.integers(0, having))
    never = data.draw(st.integers(0, having - signed))
    made = chapter("De school", totals=counts(enrolled, having, signed, never), groups=["1A"])
    for text in summary(made):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert " 0\xa0" not in text
        assert "(100\xa0%)" not in text
        assert not text.startswith("geen")
        assert " 1\xa0leerlingen" not in text


@pytest.mark.parametrize(
    "figure",
    [Figure.WITH_ACCOUNT, Figure.WITHOUT_ACCOUNT, Figure.SIGNED_IN, Figure.NEVER_SIGNED_IN],
)
def test_what_may_not_be_shown_is_not_said(figure: Figure) -> None:
    """A figure that is hidden makes its sentence shorter, not false."""
    totals = counts(103, 91, 61, 17)
    number = totals[figure]
    told, hidden = (
        " ".join(summary(chapter(totals=one, groups=["1A"], sign_ins=None)))
        for one in (totals, totals | {figure: None})
    )
    there = re.compile(rf"(?<![0-9]){number}(?![0-9]|\xa0%)")
    assert there.search(told)
    assert not there.search(hidden)


def test_what_asks_for_something_is_told() -> None:
    """One or more, most urgent first; what is zero or hidden is not there."""
    totals = counts(10, 10, 5, 5) | {
        Figure.THROTTLED: 1,
        Figure.TEMPORARY_EXPIRED: 1200,
        Figure.ABOUT_TO_END: None,
    }
    assert [text.replace("\xa0", " ") for text in attention(chapter(totals=totals))] == [
        "1.200 leerlingen hebben een tijdelijk wachtwoord dat vervallen is: vernieuw die.",
        "1 leerling moet even wachten na te veel foute wachtwoorden.",
    ]


def test_the_headline_tells_no_share_of_what_is_hidden() -> None:
    """A share of two numbers of which one is hidden would give it away."""
    open_ones = counts(100, 90, 60, 20)
    told = headline(chapter(totals=open_ones))
    assert (told.share, told.counted) == (60 / 90, "60 van de 90")
    for hidden in (Figure.WITH_ACCOUNT, Figure.SIGNED_IN):
        told = headline(chapter(totals=open_ones | {hidden: None}))
        assert told.share is None
        assert not told.counted
    some = headline(
        chapter(
            totals=open_ones | {Figure.SIGNED_IN: None},
            shown={Figure.SIGNED_IN: "meer dan 85"},
        )
    )
    assert some.words == "Meer dan 85 leerlingen hebben zich al aangemeld."
