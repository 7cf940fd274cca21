"""What holds for the project as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PINS = [
    line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")
]

# Run in a fresh interpreter: imports what it is told and prints what that brought about.
IMPORT = """
import logging, sys
watched = {"sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen"}
acts = []
def note(name, _):
    if name in watched:
        # urllib3, which Voila brings, binds a socket to see whether the machine knows IPv6.
        by = sys._getframe(1).f_globals.get("__name__")
        acts.extend([f"act:{name}"] if by != "urllib3.util.connection" else [])
sys.addaudithook(note)
for module in sys.argv[1:]:
    __import__(module)
acts += ["act:logging" for _ in logging.getLogger().handlers]
print(*sys.modules, *acts, sep="\\n")
"""


def _imported(*patterns: str) -> set[str]:
    """What importing the modules of `patterns` imports, and what it does ("act:...")."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for pattern in patterns
        for path in (ROOT / "leerid_core").glob(pattern)
        if "migrations" not in path.parts  # only Alembic can import those
    }
    command = [sys.executable, "-c", IMPORT, *sorted(modules)]
    return set(subprocess.check_output(command, cwd=ROOT, text=True).splitlines())


def test_importing_the_package_is_cheap() -> None:
    """What is heavy is imported when it is used, not by the command, a service or a package."""
    imported = _imported("*.py", "services/*.py", "**/__init__.py")
    assert "leerid_core.exports" in imported
    assert imported & {"pandas", "numpy", "matplotlib", "fpdf", "openpyxl", "PIL"} == set()


def test_importing_the_package_does_nothing() -> None:
    """No connection is opened, no process started, no logging set up."""
    assert [name for name in _imported("**/*.py") if name.startswith("act:")] == []


def test_the_rules_know_no_database_and_no_screen() -> None:
    """Whoever reads the rules needs the manual, not a library."""
    imported = _imported("rules/**/*.py")
    assert "leerid_core.rules.findings" in imported
    assert imported & {"sqlalchemy", "alembic", "argon2", "cryptography", "typer", "rich"} == set()


def test_the_arrows_point_down() -> None:
    """The layers and the other contracts of import-linter are kept."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _requirements() -> list[Requirement]:
    extras: dict[str, list[str]] = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras.values() for line in extra)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("requirement", _requirements(), ids=str)
def test_the_constraints_satisfy_the_project(requirement: Requirement) -> None:
    """What pyproject.toml asks, constraints.txt gives a version of."""
    versions = {canonicalize_name(name): version for name, version in _pins()}
    assert versions[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_constraints_are_versions_only() -> None:
    """Every line names a package and one version, each package once."""
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line) for line in PINS)
    names = [canonicalize_name(name) for name, _ in _pins()]
    assert len(set(names)) == len(names)


def _pins() -> Iterator[tuple[str, str]]:
    for line in PINS:
        name, version = line.split("==")
        yield name, version


def test_make_and_conda_make_the_same_environment() -> None:
    """Both install every extra of the project, conda with the Python that it asks for."""
    extras = ",".join(PROJECT["optional-dependencies"])
    assert f"EXTRAS := {extras}\n" in (ROOT / "Makefile").read_text()
    environment = (ROOT / "environment.yml").read_text()
    assert f".[{extras}]" in environment
    assert f"python{PROJECT['requires-python']}" in environment


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the affair of whoever installs them."""
    # In two parts, so that this file does not name them either.
    registries = re.compile("|".join(["index" + "-url", "py" + r"pi\.", "python" + "hosted"]))
    assert ROOT / "constraints.txt" in _texts()
    named = [str(path) for path in _texts() if registries.search(path.read_text(errors="ignore"))]
    assert named == []


def _texts() -> Iterator[Path]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    ignored = {line.strip("/") for line in lines} | {".git"}
    for place in ROOT.iterdir():
        if place.name not in ignored:
            below = place.rglob("*") if place.is_dir() else [place]
            yield from (path for path in below if path.is_file() and path.suffix != ".pyc")
