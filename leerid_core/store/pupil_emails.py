"""The e-mail address that a pupil gave, and the links that were mailed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from leerid_core.store.chunks import chunks
from leerid_core.store.tables import mail_links, pupil_emails


class Purpose(StrEnum):
    """What a link in a mail is for."""

    CONFIRM = "confirm"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class PupilEmail:
    """An address; it counts once it is confirmed."""

    address: str
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MailLink:
    """A link that was sent to `address`; it works once, until `expires_at`."""

    pupil_id: int
    purpose: Purpose
    address: str
    expires_at: datetime


class PupilEmails:
    """The addresses of pupils, one each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, pupil_id: int) -> PupilEmail | None:
        """Return the address of a pupil, confirmed or not."""
        row = self._connection.execute(
            select(pupil_emails).where(pupil_emails.c.pupil_id == pupil_id)
        ).one_or_none()
        return PupilEmail(row.address, row.confirmed_at) if row else None

    def put(self, pupil_id: int, email: PupilEmail) -> None:
        """Keep the address of a pupil in the place of another."""
        self.remove(pupil_id)
        self._connection.execute(
            insert(pupil_emails).values(
                pupil_id=pupil_id, address=email.address, confirmed_at=email.confirmed_at
            )
        )

    def remove(self, pupil_id: int) -> None:
        """Forget the address of a pupil."""
        self._connection.execute(delete(pupil_emails).where(pupil_emails.c.pupil_id == pupil_id))


class MailLinks:
    """The links that still work. The token itself is only in the mail."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_hash: bytes, link: MailLink) -> None:
        """Keep a link, in the place of others of the same pupil for the same purpose."""
        self.remove_of([link.pupil_id], link.purpose)
        self._connection.execute(
            insert(mail_links).values(
                token_hash=token_hash,
                pupil_id=link.pupil_id,
                purpose=link.purpose,
                address=link.address,
                expires_at=link.expires_at,
            )
        )

    def find(self, token_hash: bytes, purpose: Purpose, at: datetime) -> MailLink | None:
        """Return the link of a token, unless it was used, expired or is for something else."""
        row = self._connection.execute(
            select(mail_links).where(
                mail_links.c.token_hash == token_hash,
                mail_links.c.purpose == purpose,
                mail_links.c.expires_at > at,
            )
        ).one_or_none()
        return MailLink(row.pupil_id, purpose, row.address, row.expires_at) if row else None

    def remove_of(self, pupil_ids: Collection[int], purpose: Purpose) -> None:
        """Let the links of these pupils for a purpose work no longer."""
        for piece in chunks(pupil_ids):
            self._connection.execute(
                delete(mail_links).where(
                    mail_links.c.pupil_id.in_(piece), mail_links.c.purpose == purpose
                )
            )

    def forget_expired(self, at: datetime) -> None:
        """Remove the links whose time is over."""
        self._connection.execute(delete(mail_links).where(mail_links.c.expires_at <= at))
