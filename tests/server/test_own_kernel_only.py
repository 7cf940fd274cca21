"""Who is signed in has his own kernels, and may work with widgets there, nothing else."""

from __future__ import annotations

import asyncio

import pytest
from kernel_client import connected, encoded, refusal
from schoolloket import Browser, Schoolloket
from service_world import OTHER_SCHOOL

from leerid_core.errors import NotAllowed
from leerid_core.rules.roles import Role

# Every request that the protocol of Jupyter knows, but those for widgets.
REFUSED = (
    "execute_request",
    "shutdown_request",
    "interrupt_request",
    "debug_request",
    "inspect_request",
    "complete_request",
    "history_request",
    "is_complete_request",
    "connect_request",
    "input_reply",
    "input_request",
    "create_subshell_request",
    "delete_subshell_request",
    "list_subshell_request",
    "usage_request",
    "apply_request",
    "clear_request",
    "abort_request",
    "anything_else",
)
CODE = {"code": "import os; os._exit(1)", "silent": False, "restart": False}


@pytest.fixture(scope="module")
def owner(server: Schoolloket) -> Browser:
    """A browser that opened a page."""
    return server.browser(server.administrator("owner", Role.ACCOUNT_MANAGER))


@pytest.fixture(scope="module")
def kernel(owner: Browser) -> str:
    """The kernel of that page."""
    return owner.get("leerid-beheer").kernel


def test_the_owner_has_the_kernel(server: Schoolloket, owner: Browser, kernel: str) -> None:
    """And the kernel works for him: the server says so, nothing in the request does."""
    assert owner.get(f"api/kernels/{kernel}").status == 200
    assert owner.get(f"status/{kernel}").text == '{"standing": "signed_in", "page": true}'
    assert server.actor(kernel) == "Owner"


def test_another_administrator_has_not(server: Schoolloket, kernel: str) -> None:
    """Knowing the id of a kernel, in his own browser, whatever his roles."""
    roles = (Role.ACCOUNT_MANAGER, Role.DATA_MANAGER)
    other = server.browser(server.administrator("other", *roles))
    other.get("leerid-beheer")
    assert other.get(f"api/kernels/{kernel}").status == 403
    assert other.get(f"status/{kernel}").text == '{"standing": "signed_in", "page": false}'
    assert other.post(f"voila/api/shutdown/{kernel}").status == 403
    assert asyncio.run(refusal(other, kernel)) == 403


def test_another_session_of_the_owner_has_not(
    server: Schoolloket, owner: Browser, kernel: str
) -> None:
    """Each browser ends what it began."""
    assert server.browser("owner").get(f"api/kernels/{kernel}").status == 403
    assert owner.get(f"api/kernels/{kernel}").status == 200


def test_a_kernel_cannot_be_stopped_or_started(owner: Browser, kernel: str) -> None:
    """Not even one's own, not by any method of Jupyter's."""
    for method, path in (
        ("DELETE", f"api/kernels/{kernel}"),
        ("POST", "api/kernels"),
        ("POST", f"api/kernels/{kernel}/interrupt"),
        ("POST", f"api/kernels/{kernel}/restart"),
        ("GET", "api/kernels"),
        ("GET", "api/contents/leerid.sqlite"),
        ("POST", "api/terminals"),
    ):
        form = {"_xsrf": owner.cookies["_xsrf"]} if method != "GET" else None
        assert owner.ask(method, path, form).status in {403, 404, 405}, path
    assert owner.get(f"api/kernels/{kernel}").status == 200


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_only_messages_for_widgets_reach_the_kernel(
    owner: Browser, kernel: str, channel: str
) -> None:
    """None of the others is answered, or even begun; what follows them is."""

    async def talk() -> None:
        async with connected(owner, kernel) as client:
            refused = {client.send(kind, CODE, channel) for kind in REFUSED}
            asked = client.send("kernel_info_request", channel=channel)
            seen = await client.until_reply(asked, "kernel_info_reply")
            widgets = client.send("comm_info_request")
            seen += await client.until_reply(widgets, "comm_info_reply")
            assert not refused & {message["parent_header"].get("msg_id") for message in seen}
            assert seen[-1]["content"]["comms"]

    asyncio.run(talk())


def test_other_channels_and_other_comms_are_refused(owner: Browser, kernel: str) -> None:
    """A comm is opened for nothing but to ask which widgets there are."""

    async def talk() -> None:
        async with connected(owner, kernel) as client:
            refused = {
                client.send("kernel_info_request", channel=one) for one in ("stdin", "iopub")
            }
            for target in ("jupyter.widget", "matplotlib", "", None):
                refused.add(client.send("comm_open", {"comm_id": "c", "target_name": target}))
            asked = client.send("kernel_info_request")
            seen = await client.until_reply(asked, "kernel_info_reply")
            assert not refused & {message["parent_header"].get("msg_id") for message in seen}

    asyncio.run(talk())


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff" * 8,
        (2**63).to_bytes(8, "little") + b"x" * 100,
        encoded("shell", "kernel_info_request", "1", {})[:-40],
        encoded("shell", "comm_open", "1", {}).replace(b"{}", b"[]"),
        '{"channel": "shell", "header": {"msg_type": "execute_request"}}',
    ],
    ids=["empty", "ones", "endless", "cut", "no object", "text"],
)
def test_a_malformed_message_is_dropped(owner: Browser, kernel: str, message: bytes | str) -> None:
    """The connection stays, and so does the server."""

    async def talk() -> None:
        async with connected(owner, kernel) as client:
            client.send_bytes(message)
            asked = client.send("kernel_info_request")
            assert await client.until_reply(asked, "kernel_info_reply")

    asyncio.run(talk())


def test_the_older_protocol_is_refused(owner: Browser, kernel: str) -> None:
    """Its messages have another shape, that nothing here looks at."""

    async def talk() -> bool:
        async with connected(owner, kernel, protocol="") as client:
            return await client.closed()

    assert asyncio.run(talk())


def test_a_foreign_page_opens_no_socket(owner: Browser, kernel: str) -> None:
    """With the cookie of the administrator who visits it."""
    assert asyncio.run(refusal(owner, kernel, Origin="https://elders.example")) == 403


def test_nothing_in_a_request_says_for_whom_a_kernel_works(server: Schoolloket) -> None:
    """No header, parameter or cookie but that of the session."""
    login = server.administrator("plain", Role.VIEWER)
    server.administrator("wanted", Role.ACCOUNT_MANAGER)
    browser = server.browser(login)
    browser.cookies |= {"user": "wanted", "username-127-0-0-1": "wanted"}
    page = browser.get(
        "leerid-beheer?user=wanted&login=wanted&VOILA_KERNEL_ID=1&token=x",
        Remote_User="wanted",
        X_Forwarded_User="wanted",
        Authorization="token wanted",
    )
    assert server.actor(page.kernel) == "Plain"


def test_an_id_that_nobody_has_works_for_nobody(server: Schoolloket) -> None:
    """A kernel that was made up has no administrator."""
    with pytest.raises(NotAllowed):
        server.actor("5f0c2c3e-8c56-4c42-9f5c-7a8d1a4c6a11")


def test_a_page_needs_its_role(server: Schoolloket) -> None:
    """Without it no kernel is used: not for a page of settings, and without roles for none."""
    for login, page in (
        (server.administrator("viewer", Role.VIEWER), "schoolinstellingen"),
        (server.administrator("maker", Role.ACCOUNT_MANAGER), "schoolinstellingen"),
        (server.administrator("roleless"), "leerid-beheer"),
    ):
        before = set(server.kernels())
        answer = server.browser(login).get(page)
        assert (answer.status, "Geen toegang" in answer.text) == (403, True)
        assert set(server.kernels()) <= before


def test_a_role_at_one_school_opens_the_page(server: Schoolloket) -> None:
    """Which schools it is for, the page asks the services."""
    login = server.administrator("elsewhere", Role.DATA_MANAGER, school=OTHER_SCHOOL)
    assert server.browser(login).get("schoolinstellingen").kernel


def test_a_kernel_knows_the_installation_and_nothing_else(server: Schoolloket, kernel: str) -> None:
    """What the server was told, and was not meant for kernels, stays with the server."""
    environments = server.kernels().values()
    assert environments
    for environment in environments:
        assert "geheim" not in environment.values()
        assert environment["LEERID_DATABASE_URL"] == server.world.settings.database_url
        told = {name for name in environment if not name.startswith(("LEERID_", "JPY_", "LC_"))}
        assert told <= {
            "PATH",
            "HOME",
            "LANG",
            "TZ",
            "TMPDIR",
            "IPYTHONDIR",
            "PYDEVD_USE_FRAME_EVAL",
        }
