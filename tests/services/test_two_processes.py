"""Two schools make accounts for namesakes at the same moment, each in a process of its own."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from service_world import OTHER_SCHOOL, SCHOOL, Child, open_world

from leerid_core.services.actors import Operator
from leerid_core.services.context import opened
from leerid_core.services.issuing import create_accounts
from leerid_core.services.plans import plan_accounts
from leerid_core.settings import Settings
from leerid_core.store import PupilQuery

ROUNDS, NAMESAKES, PATIENCE = 4, 5, 120
SCHOOLS = (SCHOOL, OTHER_SCHOOL)
CLASS = [
    Child(f"{turn}{at}", "Jan Peeters", group=f"{turn}de leerjaar", born=f"{at}/{turn}/2016")
    for turn in range(1, ROUNDS + 1)
    for at in range(1, NAMESAKES + 1)
]


def create_in_turns(settings: Settings, school: str, start: Barrier) -> None:
    """Make the accounts of one school, group by group, each when the other school does."""
    with opened(settings) as context:
        actor = Operator(school)
        for turn in range(1, ROUNDS + 1):
            query = PupilQuery(group=f"{turn}de leerjaar")
            start.wait(PATIENCE)
            plan = plan_accounts(context, actor, school, query)
            start.wait(PATIENCE)
            create_accounts(context, actor, plan)


def test_namesakes_of_two_schools_never_share_a_name(database_url: str, tmp_path: Path) -> None:
    """Nobody fails, every pupil has an account, and no name is issued twice."""
    settings = Settings.collect({}, database_url, tmp_path / "leerid.key")
    with open_world(settings) as world:
        for school in SCHOOLS:
            world.enrol(*CLASS, school=school)
        spawn = multiprocessing.get_context("spawn")
        start = spawn.Barrier(len(SCHOOLS))
        processes = [
            spawn.Process(target=create_in_turns, args=(settings, school, start), daemon=True)
            for school in SCHOOLS
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(PATIENCE)
        assert [process.exitcode for process in processes] == [0, 0]
        numbers = range(1, len(SCHOOLS) * ROUNDS * NAMESAKES)
        assert world.accounts().keys() == {"jan.peeters", *(f"jan.peeters{n}" for n in numbers)}
        for school in SCHOOLS:
            assert world.trail(school).count("creation") == ROUNDS
            assert all(pupil.listed.username for pupil in world.pupils(school=school))
