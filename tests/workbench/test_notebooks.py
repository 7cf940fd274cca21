"""The notebooks that are served: a heading and a call, nothing that decides."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from leerid_core.workbench.components.header import PAGES
from leerid_core.workbench.notebooks import has_notebook, notebook_path

SERVED = [name for name in PAGES if has_notebook(name)]


def test_each_dashboard_has_its_notebook() -> None:
    """The three pages of the manual are there; one that does not exist is not found."""
    assert SERVED[:3] == ["leerid-beheer", "applicatiebeheer", "schoolinstellingen"]
    with pytest.raises(FileNotFoundError):
        notebook_path("../pyproject")


@pytest.mark.parametrize("name", SERVED)
def test_a_served_notebook_only_assembles(name: str) -> None:
    """A heading, at most two code cells under ten lines, no def, class or loop, no outputs."""
    path = notebook_path(name)
    assert isinstance(path, Path)
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert notebook.cells[0].source == f"# {PAGES[name]}"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert 1 <= len(code) <= 2
    for cell in code:
        assert cell.outputs == []
        assert len(cell.source.splitlines()) < 10
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda}
