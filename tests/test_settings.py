"""What an installation is told by its environment."""

from __future__ import annotations

import pytest

from leerid_core.errors import ConfigurationError
from leerid_core.server.settings import ServerSettings
from leerid_core.settings import MailServer, Settings

SMTP = {"LEERID_SMTP_HOST": "mail.school.be", "LEERID_SMTP_PASSWORD": "geheim"}


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465)])
def test_mail_is_encrypted_unless_told_otherwise(security: str, port: int) -> None:
    """Its port follows from how."""
    server = MailServer.collect({**SMTP, "LEERID_SMTP_SECURITY": security})
    assert server is not None
    assert (server.port, server.security) == (port, security or "starttls")
    assert "geheim" not in repr(server)


def test_without_a_mail_server_there_is_none() -> None:
    """An empty setting counts for none."""
    assert MailServer.collect({"LEERID_SMTP_HOST": "", "LEERID_SMTP_PORT": "x"}) is None


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({**SMTP, "LEERID_SMTP_SECURITY": "ssl"}, "smtp_security_unknown"),
        ({**SMTP, "LEERID_SMTP_PORT": "vijf"}, "setting_no_number"),
        ({"LEERID_TEMPORARY_DAYS": "-1"}, "setting_no_number"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(environment: dict[str, str], code: str) -> None:
    """At the start, in one sentence."""
    with pytest.raises(ConfigurationError) as refused:
        Settings.collect(environment)
    assert refused.value.code == code


def test_a_kernel_is_told_what_it_needs_and_no_more() -> None:
    """It prints cards with the same links and ages, and never sends mail."""
    told = {"LEERID_LINK_BASE": "https://leerid.school.be/mijn/", "LEERID_TEMPORARY_DAYS": "30"}
    settings = Settings.collect(told | SMTP)
    kernel = Settings.collect(settings.environment())
    assert (kernel.link_base, kernel.temporary_days) == ("https://leerid.school.be/mijn", 30)
    assert kernel.mail_server is None
    assert "geheim" not in str(settings.environment())


def test_the_address_of_a_server_is_known_before_it_runs() -> None:
    """So that the cards of the demo can lead there; not while it takes any port that is free."""
    known = ServerSettings.collect({"LEERID_PORT": "8900", "LEERID_BASE_URL": "/leerid"})
    assert known.address == "http://127.0.0.1:8900/leerid/"
    assert ServerSettings.collect({"LEERID_PORT": "0"}).address is None
