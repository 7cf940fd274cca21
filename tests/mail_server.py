"""A real mail server for tests: it takes mail and keeps it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from queue import Queue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+")
PATIENCE = 20


class Mailbox:
    """What was mailed; `environment` is how a Schoolloket is told of the server."""

    def __init__(self, port: int) -> None:
        self.environment = {
            "LEERID_SMTP_HOST": "127.0.0.1",
            "LEERID_SMTP_PORT": str(port),
            "LEERID_SMTP_SECURITY": "none",
            "LEERID_SMTP_SENDER": "leerid@school.example",
        }
        self._mails: Queue[EmailMessage] = Queue()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        self._mails.put(BytesParser(EmailMessage, policy=default).parsebytes(content))
        return "250 OK"

    def next(self) -> EmailMessage:
        """Return the next mail, as soon as it is there."""
        return self._mails.get(timeout=PATIENCE)

    @property
    def empty(self) -> bool:
        """Whether every mail was looked at."""
        return self._mails.empty()


def link(mail: EmailMessage) -> str:
    """Return the link in a mail."""
    found = LINK.search(mail.get_content())
    assert found is not None
    return found[0]


@contextmanager
def mail_server(**options: Any) -> Iterator[Mailbox]:
    """Run a mail server on a port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Mailbox(port)
    controller = Controller(made, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """A mail server that asks for nothing."""
    with mail_server() as made:
        yield made
