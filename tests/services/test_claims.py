"""A kernel learns from the server, and from nothing else, for whom it works."""

from __future__ import annotations

from threading import Timer

import pytest
from service_world import World, open_world

from leerid_core.errors import NotAllowed, StoreError
from leerid_core.services.administrators import add_administrator, set_disabled
from leerid_core.services.claims import (
    KERNEL_ID,
    claim_kernel,
    claimed_actor,
    release_kernel,
    release_kernels_of,
)
from leerid_core.services.sessions import SessionLimits, actor_of, end_session
from leerid_core.services.sign_in import sign_in
from leerid_core.settings import Settings
from leerid_core.store import Session

KERNEL = "5f0c2c3e-8c56-4c42-9f5c-7a8d1a4c6a11"
OTHER = "0d3f9c55-77c0-4c9e-a1c4-1f6f6f0a7b22"
INSIDE = {KERNEL_ID: KERNEL}
HERE, ELSEWHERE = "een:8866", "twee:8866"


@pytest.fixture
def session(world: World) -> Session:
    """An administrator who signed in."""
    return _signed_in(world)


def _signed_in(world: World) -> Session:
    password = "een heel lang wachtwoord"
    add_administrator(world.context, world.operator, "an.peeters", "An Peeters", password)
    return sign_in(world.context, "an.peeters", password, "192.0.2.1", SessionLimits())[1]


def _nobody(world: World) -> bool:
    with pytest.raises(NotAllowed):
        claimed_actor(world.context, INSIDE, patience=0)
    return True


def test_a_claimed_kernel_knows_its_administrator(world: World, session: Session) -> None:
    """With the name and the address that the audit trail will hold."""
    claim_kernel(world.context, KERNEL, session, HERE)
    assert claimed_actor(world.context, INSIDE) == actor_of(session)


def test_a_kernel_waits_for_its_claim(world: World, session: Session) -> None:
    """A page that is made ready beforehand does not know for whom yet."""
    timer = Timer(0.2, claim_kernel, (world.context, KERNEL, session, HERE))
    timer.start()
    assert claimed_actor(world.context, INSIDE) == actor_of(session)
    timer.join()


def test_without_a_claim_there_is_nobody(world: World, session: Session) -> None:
    """Whatever the surroundings say, and also outside a page."""
    claim_kernel(world.context, KERNEL, session, HERE)
    for surroundings in ({}, {KERNEL_ID: "another"}, {KERNEL_ID: "", "USER": "an.peeters"}):
        with pytest.raises(NotAllowed) as refused:
            claimed_actor(world.context, surroundings, patience=0)
        assert refused.value.code == "no_served_page"


def test_a_kernel_is_claimed_once(world: World, session: Session) -> None:
    """Nobody takes over a page of somebody else."""
    claim_kernel(world.context, KERNEL, session, HERE)
    with pytest.raises(StoreError):
        claim_kernel(world.context, KERNEL, session, HERE)


def test_a_claim_ends(world: World, session: Session) -> None:
    """When the kernel stops, and when the server starts."""
    claim_kernel(world.context, KERNEL, session, HERE)
    release_kernel(world.context, KERNEL)
    assert _nobody(world)
    claim_kernel(world.context, KERNEL, session, HERE)
    release_kernels_of(world.context, HERE)
    assert _nobody(world)


def test_a_server_that_starts_leaves_the_kernels_of_others(database_url: str) -> None:
    """Several may serve one population; each takes back its own."""
    with open_world(Settings.collect({}, database_url)) as world:
        session = _signed_in(world)
        claim_kernel(world.context, KERNEL, session, HERE)
        claim_kernel(world.context, OTHER, session, ELSEWHERE)
        release_kernels_of(world.context, HERE)
        assert _nobody(world)
        assert claimed_actor(world.context, {KERNEL_ID: OTHER}) == actor_of(session)


def test_a_claim_ends_with_its_session(world: World, session: Session) -> None:
    """After signing out the kernel works for nobody."""
    claim_kernel(world.context, KERNEL, session, HERE)
    end_session(world.context, session)
    assert _nobody(world)


def test_a_disabled_administrator_has_no_kernel(world: World, session: Session) -> None:
    """At once."""
    claim_kernel(world.context, KERNEL, session, HERE)
    set_disabled(world.context, world.operator, "an.peeters", disabled=True)
    assert _nobody(world)
