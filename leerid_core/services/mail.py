"""Mail to pupils, one at a time, by the server of the settings."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from ssl import create_default_context

from leerid_core.errors import Refused
from leerid_core.settings import MailServer

PATIENCE = 20
"""Seconds for a mail server to answer."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in plain text."""

    to: str
    subject: str
    text: str


def send(server: MailServer, mail: Mail) -> None:
    """Hand a mail to the server; raises `Refused("mail_failed")` when it does not take it."""
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    try:
        with _connected(server) as connection:
            if server.user is not None:
                connection.login(server.user, server.password or "")
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise Refused("mail_failed") from error


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        try:
            connection.starttls(context=create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection
