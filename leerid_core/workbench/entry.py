"""The door of a dashboard: it opens when somebody is there, for who that turns out to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import ipywidgets
import traitlets

from leerid_core.errors import LeerIDError, NotAllowed
from leerid_core.messages import sentence
from leerid_core.services.actors import Actor
from leerid_core.services.context import Context
from leerid_core.store import School
from leerid_core.workbench.components.component import Component, static
from leerid_core.workbench.components.header import PAGES, Header
from leerid_core.workbench.components.messages import Message
from leerid_core.workbench.desk import Desk
from leerid_core.workbench.notebooks import has_notebook
from leerid_core.workbench.states.pupil_list import PupilList
from leerid_core.workbench.states.usage_filter import UsageFilter
from leerid_core.workbench.views.applicatiebeheer import Applicatiebeheer
from leerid_core.workbench.views.gebruiksstatistieken import Gebruiksstatistieken
from leerid_core.workbench.views.leerid_beheer import LeerIDBeheer
from leerid_core.workbench.views.settings import Schoolinstellingen

SCHOOL = "instelling"
Visitor = Callable[[Context], tuple[Actor, Sequence[School]]]
"""Tells who is there and which schools are his; raises `NotAllowed`."""


class Page(Protocol):
    """What a dashboard shows below its header."""

    def show(self) -> None:
        """Show the first screen for the desk's school."""


class Filter(Protocol):
    """A state that the address keeps; `fields` are the traits of which that is so.

    `steps` are the names in the address that one goes back from when they change.
    """

    fields: tuple[str, ...]
    steps: tuple[str, ...]

    def restore(self, parameters: Mapping[str, object]) -> None:
        """Take what an address says."""

    def go_to(self, parameters: Mapping[str, object]) -> None:
        """Go back or on to an address that was here."""

    def parameters(self) -> dict[str, str]:
        """Return what the address is to say."""

    def forget(self) -> None:
        """Begin anew, for another school."""

    def observe(self, handler: Callable[..., None], names: Any) -> None:
        """Call `handler` when one of `names` changes."""


_PAGES: dict[str, tuple[Callable[[], Any], Callable[[Desk, Any], Page]]] = {
    "leerid-beheer": (PupilList, LeerIDBeheer),
    "applicatiebeheer": (PupilList, Applicatiebeheer),
    "schoolinstellingen": (PupilList, Schoolinstellingen),
    "gebruiksstatistieken": (UsageFilter, Gebruiksstatistieken),
}


class Door(Component):
    """Tells that the browser is there and what its address asks, and keeps the address.

    Another value of `steps` is a step in the history of the browser. `answered` is the number of
    the last move through it that was made: an address from before a move is old.
    """

    _esm = static("dom.js", "entry.js")
    _css = static("theme.css")
    opened = traitlets.Bool(False).tag(sync=True)
    parameters: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    steps: traitlets.List[str] = traitlets.List().tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)


class Entry(ipywidgets.VBox):  # type: ignore[misc]
    """A dashboard that is built when the browser shows it.

    Until then the kernel belongs to nobody: it may have been started ahead.
    """

    def __init__(self, name: str, context: Context, visitor: Visitor) -> None:
        self._name = name
        self._context = context
        self._visitor = visitor
        self._door = Door()
        self._door.on("ready", self._ready, parameters=dict)
        self._come_back: Callable[[Mapping[str, object]], None] = lambda _: None
        super().__init__([self._door])
        self.add_class("leerid")

    def _ready(self, parameters: dict[str, Any]) -> None:
        """Build the page, once: a browser that comes back finds it as it was.

        Unless it comes by an address that says otherwise, a link that somebody sent.
        """
        if self._door.opened:
            self._come_back(parameters)
            return
        self._door.opened = True
        try:
            actor, schools = self._visitor(self._context)
            if not schools:
                raise NotAllowed
        except LeerIDError as error:
            self._refuse(error)
            return
        self._build(Desk(self._context, actor, schools), parameters)

    def _refuse(self, error: LeerIDError) -> None:
        message = Message()
        message.tell(sentence(error.code, error.parameters), "error")
        self.children = [message, self._door]

    def _build(self, desk: Desk, parameters: Mapping[str, Any]) -> None:
        wanted = str(parameters.get(SCHOOL))
        desk.choose(wanted if wanted in desk.schools else next(iter(desk.schools)))
        filtered_by, shown_by = _PAGES[self._name]
        state: Filter = filtered_by()
        state.restore(parameters)
        self._door.steps = list(state.steps)

        def address(_change: object = None) -> None:
            self._door.parameters = {SCHOOL: desk.school.number, **state.parameters()}

        # Before the page looks at the state: there is an address to go back to when it is shown.
        state.observe(address, state.fields)
        page = shown_by(desk, state)
        self.children = [
            self._header(desk),
            desk.message,
            desk.screen,
            desk.progress,
            desk.download,
            self._door,
        ]

        def another_school(change: Mapping[str, Any]) -> None:
            if change["old"].number != change["new"].number:
                state.forget()
                address()
                page.show()

        def come_back(parameters: Mapping[str, object]) -> None:
            told = self._door.parameters
            if parameters.items() <= told.items():
                state.go_to(parameters)
                return
            desk.choose(str(parameters.get(SCHOOL)))
            state.restore(parameters)
            page.show()

        def moved(parameters: dict[str, Any], number: int) -> None:
            state.go_to(parameters)
            self._door.answered = number

        page.show()
        address()
        desk.observe(another_school, "school")
        self._come_back = come_back
        self._door.on("moved", moved, parameters=dict, number=int)

    def _header(self, desk: Desk) -> Header:
        header = Header(
            pages=[
                {"address": address, "label": label}
                for address, label in PAGES.items()
                if has_notebook(address)
            ],
            page=self._name,
            schools=[{"number": one.number, "name": one.name} for one in desk.schools.values()],
            user=desk.actor.name,
        )
        traitlets.dlink((desk, "school"), (header, "school"), lambda school: school.number)
        header.on("school", desk.choose, number=str)
        return header
