"""Mail goes over TLS to a server that is known, or not at all."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from mail_server import Mailbox, mail_server

from leerid_core.errors import Refused
from leerid_core.services.mail import Mail, send
from leerid_core.settings import MailServer

MAIL = Mail("cas@voorbeeld.be", "Een mail", "Dag Cas, dit is één mail.")
USER, PASSWORD = "schoolloket", "een geheim van de mailserver"
WAYS = ("starttls", "tls")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that signs itself, with its key in the same file."""
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.school.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "mail.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return path


@contextmanager
def _secured(way: str, certificate: Path, **options: Any) -> Iterator[tuple[MailServer, Mailbox]]:
    """Run a mail server that takes mail over TLS only; return how the Schoolloket is told."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if way == "tls":
        # TLS from the first byte is not what this server calls TLS.
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True}
    with mail_server(**options) as mailbox:
        yield _told(mailbox, way), mailbox


def _told(mailbox: Mailbox, way: str) -> MailServer:
    told = MailServer.collect(mailbox.environment | {"LEERID_SMTP_SECURITY": way})
    assert told is not None
    return told


def _refused(server: MailServer) -> str:
    with pytest.raises(Refused) as refused:
        send(server, MAIL)
    return refused.value.code


@pytest.mark.parametrize("way", WAYS)
def test_mail_goes_over_tls_to_who_is_trusted(
    way: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the authorities of the machine say, or those of SSL_CERT_FILE; whole, accents too."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with _secured(way, certificate) as (server, mailbox):
        send(server, MAIL)
        mail = mailbox.next()
    assert (mail["To"], mail["Subject"]) == (MAIL.to, MAIL.subject)
    assert mail.get_content().strip() == MAIL.text


@pytest.mark.parametrize("way", WAYS)
def test_nothing_goes_to_who_is_not_trusted(way: str, certificate: Path) -> None:
    """A certificate that nobody vouches for may be a thief's."""
    with _secured(way, certificate) as (server, mailbox):
        assert _refused(server) == "mail_failed"
        assert mailbox.empty


@pytest.mark.parametrize("way", WAYS)
def test_nothing_goes_to_who_has_another_name(
    way: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted certificate of one server is none of another."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with _secured(way, certificate) as (server, mailbox):
        assert _refused(replace(server, host="localhost")) == "mail_failed"
        assert mailbox.empty


@pytest.mark.parametrize("way", WAYS)
def test_nothing_goes_in_clear_text(way: str, mailbox: Mailbox) -> None:
    """A server that offers no TLS, or whose offer somebody on the way took out, gets no mail."""
    assert _refused(replace(_told(mailbox, way), user=USER, password=PASSWORD)) == "mail_failed"
    assert mailbox.empty


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("way", WAYS)
def test_the_schoolloket_signs_in_at_the_mail_server(
    way: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the user and password of the settings, once there is TLS; a wrong one sends nothing."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    seen: list[LoginPassword] = []

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        seen.append(given)
        right = given == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    with _secured(way, certificate, authenticator=check, auth_required=True) as (server, mailbox):
        assert _refused(server) == "mail_failed"
        wrong = replace(server, user=USER, password="een ander geheim")
        assert _refused(wrong) == "mail_failed"
        assert mailbox.empty
        send(replace(server, user=USER, password=PASSWORD), MAIL)
        assert mailbox.next()["To"] == MAIL.to
    assert len(seen) >= 2
