"""The command `leerid`: parses, calls a service, prints."""

from leerid_core.cli.app import main

__all__ = ["main"]
