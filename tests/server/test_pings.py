"""A connection is kept as long as it answers."""

from __future__ import annotations

import asyncio

from leerid_core.server.sockets import KernelSocket


class Line(KernelSocket):
    """A socket without a network, that notes what it is told."""

    def __init__(self) -> None:
        self.ws_connection = object()  # type: ignore[assignment]
        self.last_ping = self.last_pong = 0.0
        self.noted: list[str] = []

    def ping(self, data: str | bytes = b"") -> None:
        """Note a ping."""
        self.noted.append("ping")

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Note the end."""
        self.noted.append("close")


def _pinged(*, answers: bool) -> list[str]:
    """Return what three turns of the clock bring about."""

    async def turn() -> list[str]:
        line = Line()
        for _ in range(3):
            line.send_ping()
            if answers:
                line.on_pong(b"")  # type: ignore[no-untyped-call]
        return line.noted

    return asyncio.run(turn())


def test_who_answers_stays() -> None:
    """However long ago the last answer seems when the next ping is due."""
    assert _pinged(answers=True) == ["ping", "ping", "ping"]


def test_who_does_not_answer_is_let_go() -> None:
    """At the first turn after a ping without answer."""
    assert _pinged(answers=False)[:2] == ["ping", "close"]
