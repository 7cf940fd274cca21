"""Who works on a page, for which school, and what the page tells him: shared by its screens."""

from __future__ import annotations

import asyncio
import functools
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import ipywidgets
import traitlets

from leerid_core.errors import LeerIDError, Refused
from leerid_core.messages import sentence
from leerid_core.rules.roles import Right
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.services.rights import rights_at
from leerid_core.services.work import Work
from leerid_core.store import School
from leerid_core.workbench.components.files import Download
from leerid_core.workbench.components.messages import Message, Progress

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Desk(traitlets.HasTraits):
    """What is true for a whole page. `rights` are those of the actor at the school.

    They only decide what is offered: every service checks again (ARCHITECTURE.md, contract 5).
    """

    school = traitlets.Instance(School)
    rights = traitlets.Instance(frozenset)
    busy = traitlets.Bool(False)

    def __init__(self, context: Context, actor: Actor, schools: Sequence[School]) -> None:
        self.context = context
        self.actor = actor
        self.schools = {school.number: school for school in schools}
        self.message = Message()
        self.progress = Progress()
        self.download = Download()
        self.screen = ipywidgets.VBox()
        self.screen.add_class("leerid-screen")
        self._task: asyncio.Task[None] | None = None
        super().__init__()

    def choose(self, number: str) -> None:
        """Work for another of the actor's schools; any other number is left unheard."""
        if number in self.schools:
            self.rights = rights_at(self.context, self.actor, number)
            self.school = self.schools[number]

    def changed(self, school: School) -> None:
        """Go on with the changed settings of the school."""
        self.schools[school.number] = school
        self.school = school

    def may(self, right: Right) -> bool:
        """Say whether to offer what needs `right`."""
        return right in self.rights

    def show(self, *widgets: ipywidgets.Widget) -> None:
        """Show another screen. What the last one held, passwords too, leaves the browser."""
        left = self.screen.children
        self.screen.children = widgets
        for widget in left:
            close(widget)

    @contextmanager
    def reacting(self) -> Iterator[None]:
        """Be busy for one reaction, and tell an error instead of raising it."""
        self.busy = True
        try:
            yield
        except Exception as error:
            self.tell(error)
        finally:
            self.busy = False

    def tell(self, error: Exception) -> None:
        """Tell what went wrong; what nobody foresaw by a number that is in the log."""
        if isinstance(error, LeerIDError):
            self.message.tell(sentence(error.code, error.parameters), "error")
            return
        incident = secrets.token_hex(4)
        log.error("incident %s", incident, exc_info=error)
        self.message.tell(sentence("incident", {"incident": incident}), "error")

    def run(self, work: Callable[[Work], Result], done: Callable[[Result], None]) -> None:
        """Do long work in a thread, while the page stays alive; then call `done` here.

        The user can stop it as long as nothing was written. Raises `Refused("work_under_way")`
        while other work is being done.
        """
        if self._task is not None and not self._task.done():
            raise Refused("work_under_way")
        loop = asyncio.get_running_loop()
        cancelled = threading.Event()
        self.progress.on("stop", cancelled.set)

        def report(now: int, total: int, phase: str) -> None:
            words = PHASES.get(phase, phase)
            loop.call_soon_threadsafe(self._report, now, total, words)

        async def wait() -> None:
            with self.reacting():
                self._report(0, 0, PHASES["starting"])
                try:
                    result = await loop.run_in_executor(None, work, Work(report, cancelled.is_set))
                finally:
                    # What was reported last is shown before it is taken away.
                    await asyncio.sleep(0)
                    self._report(0, 0, "")
                done(result)

        self._task = loop.create_task(wait())

    async def finished(self) -> None:
        """Wait until the long work that is under way is done."""
        if self._task is not None:
            await self._task

    def _report(self, now: int, total: int, phase: str) -> None:
        self.progress.progress = [now, total, phase]


PHASES = {
    "starting": "Het werk begint",
    "hashing": "Wachtwoorden versleutelen",
    "writing": "Bewaren",
    "counting": "Cijfers tellen",
    "report": "Opmaken",
    "sign_ins": "Aanmeldingen lezen (%)",
}
"""The phases of long work whose code is no Dutch."""


class AtDesk(Protocol):
    """A view: it works at a desk."""

    desk: Desk


View = TypeVar("View", bound=AtDesk)


def handler(
    method: Callable[Concatenate[View, Arguments], None],
) -> Callable[Concatenate[View, Arguments], None]:
    """Make a method of a view a reaction to its user.

    The last message goes, the page is busy meanwhile, and an error is told in Dutch; one that
    nobody foresaw gets a number that is in the log with its traceback.
    """

    @functools.wraps(method)
    def react(view: View, /, *args: Arguments.args, **values: Arguments.kwargs) -> None:
        view.desk.message.tell("")
        with view.desk.reacting():
            method(view, *args, **values)

    return react


def drawing(
    method: Callable[Concatenate[View, Arguments], None],
) -> Callable[Concatenate[View, Arguments], None]:
    """Make a method of a view the answer to a table: as `handler`, but the last message stays.

    A table asks for its rows after the screen is there, and what was just done is still to be read.
    """

    @functools.wraps(method)
    def draw(view: View, /, *args: Arguments.args, **values: Arguments.kwargs) -> None:
        with view.desk.reacting():
            method(view, *args, **values)

    return draw


def close(widget: Any) -> None:
    """Close a widget and all in it: its model, and what that holds, leaves the browser."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()
