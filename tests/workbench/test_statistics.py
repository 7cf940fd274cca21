"""The page of the statistics without a browser: what it shows, opens, and leaves unheard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from service_world import SCHOOL, World

from leerid_core.rules.figures import Figure
from leerid_core.rules.roles import Role
from leerid_core.services.actors import Operator
from leerid_core.services.administrators import schools_of
from leerid_core.services.schools import share_classes
from leerid_core.services.usage import usage
from leerid_core.store import PupilQuery
from leerid_core.workbench.components.chart import Cell, Chart, Numbers, Standing
from leerid_core.workbench.components.tiles import Tile, Tiles
from leerid_core.workbench.desk import Desk
from leerid_core.workbench.states.usage_filter import Period, UsageFilter
from leerid_core.workbench.views.gebruiksstatistieken import Gebruiksstatistieken

HEADER = ["Administratieve groep", "Ingeschreven", "Zonder account", "Met account"]


def told(component: Any, **message: object) -> None:
    """Let a component get a message as from the browser."""
    component._receive(component, message, [])


class Visit:
    """Somebody who looks at the statistics of the school."""

    def __init__(self, world: World, role: Role = Role.ACCOUNT_MANAGER) -> None:
        actor = world.administrator(role.value, role)
        self.desk = Desk(world.context, actor, schools_of(world.context, actor))
        self.desk.choose(SCHOOL)
        self.state = UsageFilter()
        self.page = Gebruiksstatistieken(self.desk, self.state)

    def see(self, act: Callable[[], object] = lambda: None) -> None:
        """Show the page and do something, without waiting for charts."""

        async def go() -> None:
            self.page.show()
            act()
            self.page._drawing.stop()

        asyncio.run(go())

    def see_drawn(self, act: Callable[[], object] = lambda: None) -> None:
        """Show the page with its charts, do something, and wait until what then shows is drawn."""

        async def go() -> None:
            self.page.show()
            await self.page._drawing.finished()
            act()
            await self.page._drawing.finished()

        asyncio.run(go())

    def number(self, figure: Figure) -> str:
        """Return what a tile says."""
        tiles = [*self.page._to_do.tiles, *self.page._standing.tiles]
        return next(str(tile["number"]) for tile in tiles if tile["key"] == figure)

    def chart(self, title: str) -> Chart:
        """Return the chart of that name."""
        return next(one for _, one in self.page._drawing._shown if one.title == title)


@pytest.fixture
def visit(world: World) -> Visit:
    """Three pupils: one who signed in, one who never did, one without account."""
    world.enrol_names("Jan Peeters", "Mia Claes", "Ali Can")
    world.create(PupilQuery(stamnummers=frozenset({"001", "002"})))
    world.clock.forward(days=20)
    world.sign_in("jan")
    share_classes(world.context, world.operator, SCHOOL, share=True)
    return Visit(world)


def test_tiles_and_charts_say_what_the_service_counts(visit: Visit, world: World) -> None:
    """The same numbers stand on a tile, in the table of a chart and in the statistics."""
    visit.see_drawn()
    found = usage(world.context, world.operator, visit.page.query)
    for figure in (Figure.NEVER_SIGNED_IN, Figure.WITHOUT_ACCOUNT, Figure.SIGNED_IN):
        assert visit.number(figure) == str(found.totals[figure]) == "1"
    groups = visit.chart("Aangemeld per administratieve groep")
    assert groups.standing == Standing.READY
    assert groups.columns[:4] == HEADER
    row = found.by_group.iloc[0]
    figures = ("enrolled", "without_account", "with_account", "signed_in", "never_signed_in")
    assert [cell["text"] for cell in groups.rows[0]] == [
        row["administrative_group"],
        *(str(row[name]) for name in figures),
        "50\u00a0%",
    ]
    assert groups.light.startswith(b"<svg")
    assert groups.light != groups.dark


def test_a_number_opens_its_pupils(visit: Visit) -> None:
    """From the table of a chart to the list of those who never signed in."""
    groups = "Aangemeld per administratieve groep"
    visit.see_drawn(
        lambda: told(visit.chart(groups), kind="open", key="Nooit aangemeld: 4de leerjaar")
    )
    names = [getattr(one, "tree", None) for one in visit.desk.screen.children]
    assert any("Nooit aangemeld: 4de leerjaar" in str(tree) for tree in names)


def test_what_is_opened_is_shown_again_wherever_one_comes_from(visit: Visit) -> None:
    """From an address, or by going back and on; an address that cannot be shows the figures."""
    world = visit.desk.context

    def shown() -> str:
        return str([getattr(one, "tree", "") for one in visit.desk.screen.children])

    visit.state.restore({"cijfer": "never_signed_in", "van_klas": "4A"})
    visit.see()
    assert "Nooit aangemeld: 4A" in shown()
    visit.see(lambda: visit.state.go_to({}))
    assert visit.page._figures in visit.desk.screen.children
    visit.see(lambda: visit.state.go_to({"cijfer": "without_account"}))
    assert "Zonder account" in shown()
    share_classes(world, Operator("Test", "test"), SCHOOL, share=False)
    visit.see(lambda: visit.state.go_to({"cijfer": "enrolled", "van_klas": "4A"}))
    assert visit.desk.message.level == "error"
    assert visit.page._figures in visit.desk.screen.children
    assert "cijfer" not in visit.state.parameters()


def test_what_was_not_offered_opens_nothing(visit: Visit) -> None:
    """A forged key, a tile without pupils, and a list of tiles that the browser wrote itself."""

    def forge() -> None:
        tiles = visit.page._to_do
        told(tiles, kind="open", key="password_hash")
        told(tiles, kind="open", key=Figure.THROTTLED.value)
        tiles.tiles = [{"key": "sign_ins", "opens": True}]
        told(tiles, kind="open", key="sign_ins")
        told(visit.chart("Laatste aanmelding"), kind="open", key="Leerlingen: Nooit")
        told(visit.chart("Laatste aanmelding"), kind="open", key=["Leerlingen"])

    visit.see_drawn(forge)
    assert visit.page._figures in visit.desk.screen.children


def test_the_filter_narrows_figures_and_charts(visit: Visit) -> None:
    """What does not change is not drawn anew; what does, is."""
    visit.see_drawn()
    before = dict(visit.page._drawing._drawn)

    def narrow() -> None:
        visit.state.school_class = "4A"

    visit.see_drawn(narrow)
    after = visit.page._drawing._drawn
    assert visit.number(Figure.ENROLLED) == "3"
    assert after["Laatste aanmelding"] is before["Laatste aanmelding"]

    def last_year() -> None:
        visit.state.period = Period.PREVIOUS

    visit.see(last_year)
    assert "Geen leerlingen gevonden" in str(visit.page._notice.tree)


def test_a_period_that_ends_before_it_begins_is_told(visit: Visit, world: World) -> None:
    """No figures of something else stay beneath the message, and mending it shows them again."""
    today = world.context.today()
    visit.see(lambda: visit.state.own_period(today, today.replace(year=2025)))
    assert visit.desk.message.level == "error"
    assert "leerid-hidden" in visit.page._figures._dom_classes
    visit.see(lambda: visit.state.own_period(today, today))
    assert visit.desk.message.text == ""
    assert "leerid-hidden" not in visit.page._figures._dom_classes


def test_another_filter_gives_up_what_is_being_drawn(visit: Visit) -> None:
    """Only the newest is drawn, and leaving the screen draws nothing."""

    async def go() -> None:
        visit.page.show()
        first = visit.page._drawing._task
        visit.state.group = "4de leerjaar"
        second = visit.page._drawing._task
        visit.page.open_pupils(Figure.ENROLLED, visit.page.query)
        await asyncio.gather(first, second, return_exceptions=True)  # type: ignore[arg-type]
        assert first is not None
        assert second is not None
        assert first.cancelled()
        assert second.cancelled()

    asyncio.run(go())


def test_a_reader_is_offered_no_cards(world: World, visit: Visit) -> None:
    """Who may only read sees the pupils and the lists; who may issue gets the buttons."""
    for role, wanted in ((Role.VIEWER, False), (Role.DATA_MANAGER, False)):
        reader = Visit(world, role)
        reader.see(partial(reader.page._open_tile, Figure.NEVER_SIGNED_IN))
        assert ("Vernieuw wachtwoorden" in _buttons(reader.desk)) is wanted
        assert "Opvolglijst (PDF)" in _buttons(reader.desk)
    visit.see(lambda: visit.page._open_tile(Figure.NEVER_SIGNED_IN))
    assert "Vernieuw wachtwoorden" in _buttons(visit.desk)
    visit.see(lambda: visit.page._open_tile(Figure.WITHOUT_ACCOUNT))
    assert "Maak LeerID's aan" in _buttons(visit.desk)
    assert "Opvolglijst (PDF)" not in _buttons(visit.desk)


def test_the_pupils_behind_a_tile_are_those_of_the_filter(visit: Visit) -> None:
    """The heading says which part of the pupils is listed."""
    visit.state.account_type, visit.state.group = "basic", "4de leerjaar"
    visit.see(lambda: visit.page._open_tile(Figure.ENROLLED))
    trees = [str(getattr(one, "tree", "")) for one in visit.desk.screen.children]
    assert any("Ingeschreven: Basis, 4de leerjaar" in tree for tree in trees)


def test_an_empty_school_is_told_what_to_do(world: World) -> None:
    """Without enrolments, and then without accounts, there is no wall of zeros."""
    visit = Visit(world)
    visit.see()
    assert "importeert ze onder Schoolinstellingen" in str(visit.page._notice.tree)
    world.enrol_names("Jan Peeters")
    visit.see()
    assert "Nog niemand heeft een LeerID" in str(visit.page._notice.tree)
    assert "leerid-hidden" in visit.page._charts._dom_classes


def test_a_group_with_a_hostile_name_is_text(world: World) -> None:
    """Names come from files: they reach the page as text, and their numbers open them alone."""
    opened: list[str] = []
    name = "<img src=x onerror=alert(1)>: 4de"
    chart = Chart("Groepen", [])
    chart.show("", Numbers(("Groep", "A"), ((Cell(name), Cell("1", lambda: opened.append("a"))),)))
    assert chart.rows[0][0] == {"text": name}
    told(chart, kind="open", key=f"A: {name}")
    assert opened == ["a"]


def test_a_tile_opens_what_it_shows() -> None:
    """Its key comes back, as long as it is shown."""
    opened: list[str] = []
    tiles = Tiles("Cijfers", opened.append)
    tiles.show([Tile("enrolled", "Ingeschreven", "3", "", "")])
    told(tiles, kind="open", key="enrolled")
    tiles.show([])
    told(tiles, kind="open", key="enrolled")
    assert opened == ["enrolled"]


def _buttons(desk: Desk) -> set[str]:
    found: set[str] = set()

    def walk(widget: Any) -> None:
        if hasattr(widget, "on_click"):
            found.add(widget.description)
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(desk.screen)
    return found
