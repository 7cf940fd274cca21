"""The base of our own widgets: an ES module from `static/`, and messages that are checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget

STATIC = Path(__file__).parent.parent / "static"


def static(*names: str) -> str:
    """Return files of `static/` as one text: a module in a browser's blob can import nothing."""
    return "\n".join((STATIC / name).read_text("utf-8") for name in names)


class Component(anywidget.AnyWidget):
    """A widget whose browser side sends messages {"kind": ..., ...}.

    The browser is not trusted (ARCHITECTURE.md, contract 5): a message without a handler, or
    whose values have other types than the handler takes, is dropped.
    """

    def __init__(self, **traits: Any) -> None:
        self._handlers: dict[str, tuple[Callable[..., None], Mapping[str, type]]] = {}
        super().__init__(**traits)
        self.on_msg(self._receive)

    def on(self, message: str, handler: Callable[..., None], **types: type) -> None:
        """Call `handler` with the values of `message` that `types` names.

        The bytes that came with the message are its value "buffers".
        """
        self._handlers[message] = handler, types

    def _receive(self, _widget: object, content: object, buffers: object) -> None:
        if not isinstance(content, dict):
            return
        handler, types = self._handlers.get(str(content.get("kind")), (None, {}))
        given = {**content, "buffers": buffers}
        values = {name: given.get(name) for name in types}
        if handler and all(type(values[name]) is wanted for name, wanted in types.items()):
            handler(**values)
