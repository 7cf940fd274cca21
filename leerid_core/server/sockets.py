"""The connection of a browser with its kernel: only its own, only to work with widgets."""

from __future__ import annotations

import asyncio
import json
from typing import cast

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.ioloop import PeriodicCallback

from leerid_core.errors import StoreError
from leerid_core.server.kernels import MESSAGES
from leerid_core.services.sessions import touch_session

PROTOCOL = "v1.kernel.websocket.jupyter.org"
CHANNELS = ("shell", "control")
COMM_TARGETS = ("jupyter.widget.control",)
"""The only comm that a browser opens itself: to ask for the widgets that there are."""
POLICY_VIOLATION = 1008


class KernelSocket(KernelWebsocketHandler):
    """A websocket; the guard and the authorizer let only the owner of the kernel in."""

    async def open(self, kernel_id: str) -> None:
        """Connect the browser with its kernel; refuses protocols without a header to check."""
        if self.selected_subprotocol != PROTOCOL:
            self.close(POLICY_VIOLATION, "protocol")
            return
        self.settings["pages"].connect(kernel_id, self)
        await super().open(kernel_id)  # type: ignore[no-untyped-call]

    def send_ping(self) -> None:
        """Close a connection that left the last ping unanswered.

        Jupyter's own count closes one that answers, when its limit is as short as Tornado asks.
        """
        if self.ws_connection is None:
            cast(PeriodicCallback, self.ping_callback).stop()
        elif self.last_pong < self.last_ping:
            self.close()
        else:
            self.ping(b"")
            self.last_ping = asyncio.get_running_loop().time()

    def on_message(self, message: str | bytes) -> None:
        """Pass on a message that is allowed; the session is looked up for each."""
        if not isinstance(message, bytes) or not allowed(message):
            self.log.warning("a message that is not allowed was dropped")
            return
        try:
            session = self.settings["pages"].session(self.kernel_id)
        except StoreError:
            session = None
        if session is None:
            self.close(POLICY_VIOLATION, "session")
            return
        asyncio.get_running_loop().run_in_executor(
            None, touch_session, self.settings["context"], session
        )
        super().on_message(message)  # type: ignore[no-untyped-call]

    def on_close(self) -> None:
        """Let the page wait for a browser that comes back."""
        if getattr(self, "connection", None) is not None:
            super().on_close()  # type: ignore[no-untyped-call]
            self.settings["pages"].disconnect(self.kernel_id, self)


def allowed(message: bytes) -> bool:
    """Say whether a browser may send this message of the v1 protocol."""
    # The number of parts comes first: one that cannot be true would keep the server counting.
    if int.from_bytes(message[:8], "little") > len(message) // 8:
        return False
    try:
        channel, parts = deserialize_msg_from_ws_v1(message)
        kind = json.loads(parts[0])["msg_type"]
        target = json.loads(parts[3]).get("target_name")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False
    if channel not in CHANNELS or kind not in MESSAGES:
        return False
    return kind != "comm_open" or target in COMM_TARGETS
