"""What a batch hands out: the content of its cards, and the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leerid_core.exports import HandOut, PrintOptions, archive_name, make_archive
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.school_time import school_day
from leerid_core.services.context import Context
from leerid_core.services.work import Work
from leerid_core.store import ListedPupil, School


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip with clear-text credentials: for the browser or the file of who made it only."""

    name: str
    content: bytes = field(repr=False)


def card(
    context: Context,
    pupil: ListedPupil,
    username: str,
    account_type: AccountType,
    password_kind: PasswordKind,
    password: str,
) -> Credential:
    """Return the content of one card, with the link that is printed on it."""
    return Credential(
        first_name=pupil.first_name,
        last_name=pupil.last_name,
        administrative_group=pupil.administrative_group,
        account_type=account_type,
        username=username,
        password_kind=password_kind,
        password=password,
        link=context.link(username),
        stamnummer=pupil.stamnummer,
        school_classes=pupil.school_classes,
    )


def batch_archive(
    school: School,
    batch: int,
    made_at: datetime,
    cards: Sequence[Credential],
    options: PrintOptions | None,
    work: Work,
) -> Archive:
    """Return the archive of a batch; without `options` the stickers have the school's offsets.

    Raises `Cancelled` as soon as `work` is.
    """
    options = options or PrintOptions(
        offset_x=school.sticker_offset_x, offset_y=school.sticker_offset_y
    )
    hand_out = HandOut(
        school_number=school.number,
        school_name=school.name,
        batch=batch,
        made_on=school_day(made_at),
        by_class=school.shares_classes,
    )
    content = make_archive(hand_out, cards, options, work.progress, work.cancelled)
    return Archive(archive_name(hand_out), content)
