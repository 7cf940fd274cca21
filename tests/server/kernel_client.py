"""The browser's side of a kernel's websocket, as it is on the wire."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

from schoolloket import Browser
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"
SECONDS = 30.0


class KernelClient:
    """One connection with a kernel. Every read fails after `SECONDS`."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection
        self._open = True

    def send(
        self,
        kind: str,
        content: dict[str, Any] | None = None,
        channel: str = "shell",
        **metadata: str,
    ) -> str:
        """Send a message; return its id."""
        message_id = uuid.uuid4().hex
        self.send_bytes(encoded(channel, kind, message_id, content or {}, metadata))
        return message_id

    def send_bytes(self, message: bytes | str) -> None:
        """Send anything."""
        self._connection.write_message(message, binary=isinstance(message, bytes))

    async def receive(self) -> dict[str, Any] | None:
        """Return the next message of the kernel, None when the server closed the connection."""
        message = await asyncio.wait_for(self._connection.read_message(), SECONDS)
        self._open = message is not None
        return None if message is None else decoded(message)

    async def until_reply(self, message_id: str, kind: str) -> list[dict[str, Any]]:
        """Return what comes up to and with the reply of `kind` to a message."""
        seen = []
        while True:
            message = await self.receive()
            assert message is not None, "the server closed the connection"
            seen.append(message)
            parent = message["parent_header"].get("msg_id")
            if parent == message_id and message["header"]["msg_type"] == kind:
                return seen

    async def closed(self) -> bool:
        """Wait until the server closes the connection."""
        while self._open:
            await self.receive()
        return True


@asynccontextmanager
async def connected(
    browser: Browser, kernel: str, protocol: str = PROTOCOL, **headers: str
) -> AsyncIterator[KernelClient]:
    """Connect with a kernel; raises `HTTPClientError` when the server refuses."""
    address = f"{browser.address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
    request = HTTPRequest(
        f"{address}?session_id={uuid.uuid4().hex}",
        headers={"Cookie": browser.cookie, **headers},
        validate_cert=False,
    )
    connection = await websocket_connect(request, subprotocols=[protocol])
    client = KernelClient(connection)
    try:
        yield client
    finally:
        connection.close()
        await client.closed()


async def refusal(browser: Browser, kernel: str, **headers: str) -> int:
    """Return the status with which the server refuses to connect, 101 when it does not."""
    try:
        async with connected(browser, kernel, **headers):
            return 101
    except HTTPClientError as error:
        return error.code


def encoded(
    channel: str,
    kind: str,
    message_id: str,
    content: dict[str, Any],
    metadata: dict[str, str] | None = None,
) -> bytes:
    """Return a message as the v1 protocol writes it."""
    header = {"msg_id": message_id, "msg_type": kind, "session": "s", "username": "", "date": ""}
    header["version"] = "5.3"
    parts = [
        channel.encode(),
        *(json.dumps(one).encode() for one in (header, {}, metadata or {}, content)),
    ]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join(number.to_bytes(8, "little") for number in numbers) + b"".join(parts)


def decoded(message: bytes | str) -> dict[str, Any]:
    """Return the channel, header, parent and content of a message."""
    assert isinstance(message, bytes)
    count = int.from_bytes(message[:8], "little")
    offsets = [int.from_bytes(message[8 * at : 8 * at + 8], "little") for at in range(1, count + 1)]
    parts = [message[a:b] for a, b in pairwise(offsets)]
    return {
        "channel": parts[0].decode(),
        "header": json.loads(parts[1]),
        "parent_header": json.loads(parts[2]),
        "content": json.loads(parts[4]),
        "buffers": parts[5:],
    }
