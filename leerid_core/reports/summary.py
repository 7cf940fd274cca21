"""A report in sentences: what somebody who reads one page should know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leerid_core.reports import alternatives
from leerid_core.reports.charts.bars import by_share
from leerid_core.reports.dutch import capital, counted, listed, number, percentage, pupils
from leerid_core.reports.report import HIDDEN, Chapter, in_words, parts
from leerid_core.rules.figures import NEW_DAYS, SOON_DAYS, Figure

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST = "Het gaat om minder dan 5 leerlingen. Daarom staan hier geen cijfers."
NOBODY = "Er zijn in deze periode geen ingeschreven leerlingen."
UNTOLD = (
    "Hoeveel leerlingen zich aanmeldden, staat hier niet: het zou iets zeggen over minder dan 5."
)
NO_ACCOUNTS = "Nog niemand heeft een LeerID."
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """What matters most: in `words`, below a `share` where there is one that may be told."""

    words: str
    share: float | None = None
    counted: str = ""


def headline(chapter: Chapter) -> Headline:
    """Return which share of the accounts is used."""
    enrolled = chapter.totals[Figure.ENROLLED]
    having, signed = _pair(chapter, Figure.WITH_ACCOUNT, Figure.SIGNED_IN)
    if not enrolled:
        return Headline(FEWEST if enrolled is None else NOBODY)
    if having == 0:
        return Headline(NO_ACCOUNTS)
    if having is None or signed is None:
        told = in_words(chapter, Figure.SIGNED_IN)
        if told == HIDDEN:
            return Headline(UNTOLD)
        return Headline(f"{capital(told)} leerlingen hebben zich al aangemeld.")
    return Headline(
        "van de leerlingen met een LeerID heeft zich al aangemeld",
        signed / having,
        f"{number(signed)} van de {number(having)}",
    )


def summary(chapter: Chapter) -> list[str]:
    """Return what the figures of a chapter say, one sentence or two in each text."""
    enrolled = chapter.totals[Figure.ENROLLED]
    if enrolled is None:
        return [FEWEST]
    if not enrolled:
        return [NOBODY]
    return [text for text in _texts(chapter, enrolled) if text]


def attention(chapter: Chapter) -> list[str]:
    """Return what asks for something to be done, most urgent first; none when nothing does."""
    found = [(chapter.totals.get(figure) or 0, one, more) for figure, one, more in _ATTENTION]
    return [f"{pupils(many)} {one if many == 1 else more}" for many, one, more in found if many]


_ATTENTION = (
    (
        Figure.TEMPORARY_EXPIRED,
        "heeft een tijdelijk wachtwoord dat vervallen is: vernieuw het.",
        "hebben een tijdelijk wachtwoord dat vervallen is: vernieuw die.",
    ),
    (
        Figure.TEMPORARY_EXPIRING,
        f"heeft een tijdelijk wachtwoord dat binnen {SOON_DAYS} dagen vervalt.",
        f"hebben een tijdelijk wachtwoord dat binnen {SOON_DAYS} dagen vervalt.",
    ),
    (
        Figure.THROTTLED,
        "moet even wachten na te veel foute wachtwoorden.",
        "moeten even wachten na te veel foute wachtwoorden.",
    ),
    (
        Figure.ABOUT_TO_END,
        f"wordt binnen {SOON_DAYS} dagen inactief.",
        f"worden binnen {SOON_DAYS} dagen inactief.",
    ),
)


def _texts(chapter: Chapter, enrolled: int) -> Iterator[str]:
    yield _accounts(chapter, enrolled)
    yield _signed_in(chapter)
    yield _groups(parts(chapter), chapter.breakdowns[0].head.lower())
    yield _adopted(chapter.adoption)
    yield _sign_ins(chapter)


def _accounts(chapter: Chapter, enrolled: int) -> str:
    having, without = _pair(chapter, Figure.WITH_ACCOUNT, Figure.WITHOUT_ACCOUNT)
    there = f"{chapter.name} {'tellen' if chapter.several else 'telt'} {pupils(enrolled)}."
    if having is None or without is None:
        return there
    if not having:
        return f"{there} {NO_ACCOUNTS}"
    if not without:
        return f"{there} {'Die heeft' if enrolled == 1 else 'Allemaal hebben ze'} een LeerID."
    return (
        f"{there} Daarvan {_have(having)} er {number(having)} ({percentage(having, enrolled)}) een "
        f"LeerID; {number(without)} {_have(without)} er nog geen."
    )


def _signed_in(chapter: Chapter) -> str:
    having, signed = _pair(chapter, Figure.WITH_ACCOUNT, Figure.SIGNED_IN)
    never, new = _pair(chapter, Figure.NEVER_SIGNED_IN, Figure.TOO_NEW)
    if not having or signed is None:
        return ""
    if signed == having:
        return "Wie een LeerID heeft, heeft zich ook al aangemeld."
    share = f"{number(signed)} ({percentage(signed, having)})"
    texts = [
        f"Van wie een LeerID heeft, {_have(signed)} er {share} zich al aangemeld."
        if signed
        else "Nog niemand heeft zich aangemeld."
    ]
    if never:
        texts.append(f"{pupils(never)} {_have(never)} zich nog nooit aangemeld.")
    if new:
        accounts = counted(new, "account is", "accounts zijn")
        texts.append(f"{accounts} jonger dan {NEW_DAYS} dagen en {_tell(new)} daar niet bij.")
    return " ".join(texts)


def _groups(frame: DataFrame, what: str) -> str:
    """Name the groups that lag most: those below the share of all together."""
    rows = by_share(frame)
    if len(rows) < 2:
        return ""
    overall = float(rows["part"].sum()) / float(rows["whole"].sum())
    behind = rows[rows["share"] < overall].head(_NAMED)
    named = [
        f"{name} ({percentage(part, whole)})"
        for name, part, whole in zip(behind["name"], behind["part"], behind["whole"], strict=True)
    ]
    return f"Het minst aangemeld, per {what}: {listed(named)}." if named else ""


def _adopted(frame: DataFrame) -> str:
    known = frame.dropna(subset=["share"])
    shares = {
        int(days): float(share) for days, share in zip(known["days"], known["share"], strict=True)
    }
    parts = [
        f"{percentage(shares[days])} binnen {days} dagen" for days in (7, 30) if shares.get(days)
    ]
    return f"Na het uitdelen van de kaartjes meldde zich {listed(parts)} aan." if parts else ""


def _sign_ins(chapter: Chapter) -> str:
    if chapter.sign_ins is None:
        return ""
    if not chapter.sign_ins:
        return "In deze periode is er niet aangemeld."
    verb = "was" if chapter.sign_ins == 1 else "waren"
    total = counted(chapter.sign_ins, "aanmelding", "aanmeldingen")
    return f"In deze periode {verb} er {total}. {alternatives.heat_map(chapter.per_hour)}"


def _pair(chapter: Chapter, *figures: Figure) -> tuple[int | None, int | None]:
    first, second = (chapter.totals.get(figure) for figure in figures)
    return first, second


def _have(count: int) -> str:
    return "heeft" if count == 1 else "hebben"


def _tell(count: int) -> str:
    return "telt" if count == 1 else "tellen"
