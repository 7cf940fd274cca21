"""Where the notebooks of the dashboards are: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def notebook_path(name: str) -> Path:
    """Return the notebook of the dashboard `name`, "leerid-beheer" is leerid_beheer.ipynb.

    Raises `FileNotFoundError` for a dashboard that does not exist.
    """
    path = _find(name)
    if path is None:
        raise FileNotFoundError(name)
    return path


def has_notebook(name: str) -> bool:
    """Say whether there is a dashboard `name`."""
    return _find(name) is not None


def _find(name: str) -> Path | None:
    file_name = f"{name.replace('-', '_')}.ipynb"
    folders = (PACKAGE / "notebooks", PACKAGE.parent / "notebooks")
    return next((path for one in folders if (path := one / file_name).is_file()), None)
