"""The account rules of the LeerID Schoolloket, and everything a school does with them.

For analysis: `import leerid_core as leerid; loket = leerid.open()` (docs/analyse.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leerid_core.analysis import Loket


def open(database_url: str | None = None, key_file: Path | None = None) -> Loket:  # noqa: A001
    """Open an installation for analysis, for reading only.

    Without arguments the one that LEERID_DATABASE_URL names, else the one in the working folder.
    Raises `ConfigurationError` when it is not there or the key is another's.
    """
    from leerid_core.analysis import open_loket

    return open_loket(database_url, key_file)


def explore() -> None:
    """Show every table of this notebook with a search field and columns that sort, in Dutch.

    Needs the extra `analysis`.
    """
    from leerid_core import exploring

    exploring.explore()
