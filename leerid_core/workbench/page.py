"""What a served notebook shows, for the administrator that the server says is there."""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from contextlib import ExitStack

from leerid_core.services.actors import Actor
from leerid_core.services.administrators import schools_of
from leerid_core.services.claims import claimed_actor
from leerid_core.services.context import Context, opened
from leerid_core.settings import Settings
from leerid_core.store import School
from leerid_core.workbench.entry import Entry


def page(name: str) -> Entry:
    """Return the dashboard `name`, "leerid-beheer", to be the last value of a notebook's cell.

    The database is that of the server's settings; it stays open until the kernel ends. Raises
    what `opened` raises.
    """
    stack = ExitStack()
    atexit.register(stack.close)
    context = stack.enter_context(opened(Settings.collect(os.environ)))
    return Entry(name, context, _visitor)


def _visitor(context: Context) -> tuple[Actor, Sequence[School]]:
    actor = claimed_actor(context)
    return actor, schools_of(context, actor)
