"""The server as it is installed: behind a proxy, with TLS, started, stopped, started again."""

from __future__ import annotations

import asyncio
import signal
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from kernel_client import connected
from schoolloket import Browser, Schoolloket, running, schoolloket

from leerid_core.errors import NotAllowed
from leerid_core.rules.roles import Role

LOGIN = "an.peeters"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that it signed itself; its key is beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.with_suffix(".key").write_bytes(secret)
    return path


def _tls(certificate: Path) -> tuple[str, str, str, str]:
    key = certificate.with_suffix(".key")
    return "--certificate", str(certificate), "--certificate-key", str(key)


def _port(server: Schoolloket) -> str:
    return server.address.rstrip("/").rsplit(":", 1)[1]


def test_with_a_certificate_it_speaks_tls(tmp_path: Path, certificate: Path) -> None:
    """Nothing else on that port, and cookies that never travel in the clear."""
    trust = ssl.create_default_context(cafile=str(certificate))
    with schoolloket(tmp_path, *_tls(certificate)) as server:
        assert server.address.startswith("https://127.0.0.1:")
        browser = Browser(server.address, tls=trust)
        answer = browser.sign_in(server.administrator(LOGIN, Role.VIEWER))
        cookies = answer.headers.get_all("Set-Cookie", [])
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        kernel = browser.get("leerid-beheer").kernel

        async def talk() -> None:
            async with connected(browser, kernel) as client:
                asked = client.send("kernel_info_request")
                assert await client.until_reply(asked, "kernel_info_reply")

        asyncio.run(talk())
        with pytest.raises((OSError, ValueError)):
            Browser(server.address.replace("https", "http")).get("aanmelden")


def test_below_a_path_everything_is_below_it(tmp_path: Path) -> None:
    """Redirects, cookies, assets and sockets: a proxy has to know one path."""
    with schoolloket(tmp_path, "--base-url", "school/loket") as server:
        assert server.address.endswith("/school/loket/")
        browser = server.browser()
        assert browser.get("").location == "/school/loket/aanmelden?verder="
        answer = browser.sign_in(server.administrator(LOGIN, Role.VIEWER))
        assert answer.location == "/school/loket/leerid-beheer"
        cookies = answer.headers.get_all("Set-Cookie", [])
        assert all("Path=/school/loket/" in cookie for cookie in cookies)
        page = browser.get("leerid-beheer")
        assert '"base": "/school/loket/"' in page.text
        assert 'src="/school/loket/assets/' in page.text
        assert 'src="/voila' not in page.text
        outside = Browser(server.address.replace("/school/loket/", "/"), browser.cookies)
        assert outside.get("leerid-beheer").status == 404

        async def talk() -> None:
            async with connected(browser, page.kernel) as client:
                asked = client.send("kernel_info_request")
                assert await client.until_reply(asked, "kernel_info_reply")

        asyncio.run(talk())


def test_behind_a_trusted_proxy_the_visitor_is_known(tmp_path: Path) -> None:
    """Who is not behind one cannot say that he comes from elsewhere."""
    for trusted, origin in (("127.0.0.1", "192.0.2.7"), ("", "127.0.0.1")):
        folder = tmp_path / (trusted or "none")
        folder.mkdir()
        environment = {"LEERID_TRUSTED_PROXIES": trusted}
        with schoolloket(folder, environment=environment) as server:
            server.administrator(LOGIN, Role.VIEWER)
            browser = Browser(server.address)
            browser.get("aanmelden")
            form = {"_xsrf": browser.cookies["_xsrf"], "login": LOGIN, "password": "x"}
            browser.ask("POST", "aanmelden", form, {"X-Forwarded-For": "192.0.2.7"})
            with server.world.context.database.read() as uow:
                assert uow.audit.of_school(None)[-1].origin == origin


def test_it_stops_with_everything_that_it_started(tmp_path: Path) -> None:
    """Asked to stop it ends by itself, with its kernels and its folder."""
    temporary = tmp_path / "t"
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "LEERID_READY_PAGES": "1"}
    with schoolloket(tmp_path, "--preheat", environment=environment) as server:
        browser = server.browser(server.administrator(LOGIN, Role.VIEWER))
        assert browser.get("leerid-beheer").kernel
        kernels = server.kernels()
        assert kernels
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        assert not any(Path(f"/proc/{kernel}/cmdline").exists() for kernel in kernels)
        assert list(temporary.iterdir()) == []
        assert "Traceback" not in server.log.read_text()


def test_started_again_it_knows_its_visitors_but_not_its_kernels(tmp_path: Path) -> None:
    """Nobody signs in again; a page is opened anew, and nobody has the kernels of before."""
    left_behind = {"TMPDIR": str(tmp_path)}
    with schoolloket(tmp_path, environment=left_behind) as server:
        browser = server.browser(server.administrator(LOGIN, Role.VIEWER))
        kernel = browser.get("leerid-beheer").kernel
        server.process.kill()
        server.process.wait()
        assert server.actor(kernel) == LOGIN.title()
        with running(server.world, tmp_path, "--port", _port(server)) as again:
            with pytest.raises(NotAllowed):
                again.actor(kernel)
            assert (
                browser.get(f"status/{kernel}").text == '{"standing": "signed_in", "page": false}'
            )
            assert browser.get("leerid-beheer").kernel != kernel


def test_a_server_that_starts_beside_it_takes_nothing_away(tmp_path: Path) -> None:
    """Its pages go on: kernels know their server, and each server its own kernels."""
    with schoolloket(tmp_path) as server:
        browser = server.browser(server.administrator(LOGIN, Role.VIEWER))
        kernel = browser.get("leerid-beheer").kernel
        with running(server.world, tmp_path) as beside:
            assert Browser(beside.address, browser.cookies).get("leerid-beheer").kernel != kernel
            assert server.actor(kernel) == LOGIN.title()
            assert '"page": true' in browser.get(f"status/{kernel}").text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--certificate", "nergens.pem"], "ook de sleutel"),
        (["--certificate", "nergens.pem", "--certificate-key", "x"], "kan niet gelezen worden"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(
    tmp_path: Path, options: list[str], sentence: str
) -> None:
    """Before anything is started."""
    with (
        pytest.raises(AssertionError, match=sentence),
        schoolloket(tmp_path, *options),
    ):
        pass


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    """The second server does not take another one silently."""
    with schoolloket(tmp_path) as server:
        port = _port(server)
        with (
            pytest.raises(AssertionError, match=f"Poort {port} is bezet"),
            running(server.world, tmp_path, "--port", port),
        ):
            pass


def test_a_stray_configuration_is_not_read(tmp_path: Path) -> None:
    """What lies in the working folder or belongs to the user is not the server's."""
    stray = tmp_path / "voila.json"
    stray.write_text('{"VoilaConfiguration": {"strip_sources": false, "show_tracebacks": true}}')
    (tmp_path / "random.py").write_text("raise SystemExit('foreign code')")
    with schoolloket(tmp_path) as server:
        browser = server.browser(server.administrator(LOGIN, Role.VIEWER))
        page = browser.get("leerid-beheer")
        assert page.kernel
        assert "import page" not in page.text
