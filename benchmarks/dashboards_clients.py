"""A visitor without a browser: it asks and says what the page of LeerID-beheer does, no more.

Twenty browsers on one machine mostly wait for each other; twenty of these weigh next to nothing,
so that what is left is the server and its kernels.
"""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING, Any

from dashboards_servers import Server
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

PROTOCOL = "v1.kernel.websocket.jupyter.org"
WIDGET_PROTOCOL = "1.0.0"
KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')
READY = {"kind": "ready", "parameters": {}}
WISH = {"kind": "wish", "sort": "last_name", "descending": False, "page": 0, "size": 50}


class Client:
    """The connection with one kernel."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection
        self._session = Session()

    def send(self, kind: str, **content: Any) -> None:
        """Send a message on the shell channel."""
        message = self._session.msg(kind, content, metadata={"version": WIDGET_PROTOCOL})
        sent = serialize_msg_to_ws_v1(message, "shell", self._session.pack)
        self._connection.write_message(sent, binary=True)

    def tell(self, widget: str, content: dict[str, Any]) -> None:
        """Send a custom message to a widget."""
        self.send("comm_msg", comm_id=widget, data={"method": "custom", "content": content})

    async def receive(self) -> dict[str, Any]:
        """Return the content of the next message; raises `ConnectionError` at the end."""
        message = await self._connection.read_message()
        if message is None:
            raise ConnectionError("the server closed the connection")
        _, parts = deserialize_msg_from_ws_v1(message)
        content: dict[str, Any] = self._session.unpack(parts[3])
        return content


async def first_rows(profile: BrowserContext, server: Server) -> float:
    """Open the page with the cookies of `profile`; return the milliseconds until its first rows.

    It stays open: the server closes it when the user signs out.
    """
    start = time.perf_counter()
    page = await profile.request.get(f"{server.address}{server.page}", timeout=0)
    found = KERNEL.search(await page.text())
    assert found is not None, page.status
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in await profile.cookies())
    address = f"{server.address.replace('http', 'ws', 1)}api/kernels/{found[1]}/channels"
    request = HTTPRequest(f"{address}?session_id={uuid.uuid4().hex}", headers={"Cookie": cookies})
    connection = await websocket_connect(request, subprotocols=[PROTOCOL])
    await _rows(Client(connection))
    return 1000 * (time.perf_counter() - start)


async def _rows(client: Client) -> None:
    """Open the door, and ask the table that stands behind it for its first page."""
    control = uuid.uuid4().hex
    client.send("comm_open", comm_id=control, target_name="jupyter.widget.control", data={})
    client.send("comm_msg", comm_id=control, data={"method": "request_states"})
    while True:
        content = await client.receive()
        data = content.get("data", {})
        if "states" in data:
            states = {key: one["state"] for key, one in data["states"].items()}
            client.tell(next(key for key, state in states.items() if "opened" in state), READY)
        elif "sizes" in data.get("state", {}):
            client.tell(content["comm_id"], WISH)
        elif data.get("content", {}).get("kind") == "page":
            return
