"""A browser that sends to widgets what it likes, shown or not."""

from __future__ import annotations

import uuid
from typing import Any

from kernel_client import KernelClient

State = dict[str, Any]


class WidgetClient:
    """The widgets of one page, by their ids."""

    def __init__(self, client: KernelClient) -> None:
        self._client = client

    async def states(self) -> dict[str, State]:
        """Return the state of every widget that the kernel has."""
        comm = uuid.uuid4().hex
        content = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        self._client.send("comm_open", content, version="1.0.0")
        asked = {"comm_id": comm, "data": {"method": "request_states"}}
        self._client.send("comm_msg", asked)
        while True:
            message = await self._client.receive()
            assert message is not None
            content = message["content"]
            if content.get("comm_id") == comm and "states" in content.get("data", {}):
                states: dict[str, dict[str, Any]] = content["data"]["states"]
                return {key: one["state"] for key, one in states.items()}

    async def find(self, **wanted: object) -> str:
        """Return the newest widget with these traits; one of `...` may have any value."""
        for key, state in reversed((await self.states()).items()):
            if all(
                name in state and (value is ... or state[name] == value)
                for name, value in wanted.items()
            ):
                return key
        raise AssertionError(f"no widget has {wanted}")

    async def tell(self, widget: str, **content: object) -> None:
        """Send a message to a widget, and wait until the kernel has seen it."""
        await self._send(widget, {"method": "custom", "content": content})

    async def force(self, widget: str, **state: object) -> None:
        """Set traits of a widget, allowed or not."""
        await self._send(widget, {"method": "update", "state": state, "buffer_paths": []})

    async def click(self, label: str) -> None:
        """Press a button, also one that is disabled or not shown."""
        await self.tell(await self.find(description=label), event="click")

    async def open_page(self) -> None:
        """Say what the page says when it is shown."""
        await self.tell(await self.find(opened=False), kind="ready", parameters={})

    async def _send(self, widget: str, data: dict[str, object]) -> None:
        self._client.send("comm_msg", {"comm_id": widget, "data": data})
        asked = self._client.send("kernel_info_request")
        await self._client.until_reply(asked, "kernel_info_reply")
