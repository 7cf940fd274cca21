"""Alembic, without its ini file: the migrations travel with the package."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run every migration that the database has not had, inside the caller's transaction."""
    with as_file(files(__package__)) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Tell whether the database has had every migration."""
    with as_file(files(__package__)) as folder:
        head = ScriptDirectory(str(folder)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
