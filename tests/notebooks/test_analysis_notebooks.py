"""The worked examples of analysis, executed on the demo by whoever follows them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from leerid_core.exploring import WORDS

FOLDER = Path(__file__).parent.parent.parent / "notebooks" / "analysis"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_the_examples_are_committed_without_outputs() -> None:
    """Outputs would show an old state, or somebody's pupils."""
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
        assert cells[0].source.startswith("# ")
        for cell in cells:
            assert cell.get("outputs", []) == []
            assert cell.get("execution_count") is None


def test_the_examples_run_on_the_demo(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell of all three, in one kernel, as if they were one notebook; in Dutch, unwarned."""
    monkeypatch.setenv("LEERID_DATABASE_URL", f"sqlite:///{demo / 'leerid.sqlite'}")
    whole = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    for path in NOTEBOOKS:
        whole.cells += nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    for at, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{at}"
    NotebookClient(whole, timeout=120, kernel_name="python3").execute()
    shown = [output for cell in whole.cells for output in cell.get("outputs", [])]
    assert len(shown) > 10
    assert [output for output in shown if output.output_type in ("error", "stream")] == []
    tables = [str(output.get("data", {}).get("text/html", "")) for output in shown]
    assert sum(WORDS["search"] in table for table in tables) > 5
