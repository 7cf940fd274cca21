"""The command `leerid` for tests, and eyes to read the zips that it writes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pyzipper
from openpyxl import load_workbook
from service_world import SCHOOL, Child, enrolment_file
from typer.testing import CliRunner, Result

from leerid_core.cli.app import app

# No dates: the whole of the school year of the day on which the tests run.
UNDATED = {"begin": "", "end": ""}
EXECUTABLE = Path(sys.executable).with_name("leerid")


def child(stamnummer: str, name: str, **fields: str) -> Child:
    """Return a child who is enrolled today, whatever the day."""
    return Child(stamnummer, name, **(UNDATED | fields))


class Leerid:
    """The command on a database in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "leerid.sqlite"
        self.arguments = ["--database", f"sqlite:///{self.database}"]

    def run(self, *arguments: object, stdin: str = "") -> Result:
        """Run the command in this process."""
        return CliRunner().invoke(
            app, [*self.arguments, *map(str, arguments)], input=stdin, catch_exceptions=False
        )

    def done(self, *arguments: object, stdin: str = "") -> str:
        """Run a command that succeeds; return what it says."""
        result = self.run(*arguments, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def document(self, *arguments: object, code: int = 0, stdin: str = "") -> Any:
        """Run with --json; return the one document on the standard output."""
        result = self.run("--json", *arguments, stdin=stdin)
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    def refused(self, *arguments: object, stdin: str = "") -> str:
        """Run a command that is refused; return the code of the refusal."""
        document = self.document(*arguments, code=1, stdin=stdin)
        code: str = document["error"]["code"]
        return code

    def process(
        self, *arguments: object, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the installed command in a process of its own."""
        return subprocess.run(
            [EXECUTABLE, *self.arguments, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env=os.environ | environment,
            check=False,
        )

    def file(self, *children: Child, name: str = "lijst.csv") -> Path:
        """Write an enrolment file."""
        path = self.folder / name
        path.write_bytes(enrolment_file(*children))
        return path

    def prepare(self, *children: Child) -> None:
        """Initialise, add the school and enrol these children there."""
        self.done("init")
        self.done("schools", "add", SCHOOL, "School 1", "--niveau", 2)
        self.done("import", self.file(*children), "--school", SCHOOL)

    def create(self, *arguments: object, out: str = "kaartjes.zip") -> Path:
        """Create accounts; return the zip."""
        path = self.folder / out
        self.done("create", "--school", SCHOOL, "--out", path, *arguments)
        return path


def zip_files(content: bytes, password: str | None = None) -> dict[str, bytes]:
    """Return the files of a zip by name."""
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        if password is not None:
            archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def workbook_rows(content: bytes, password: str | None = None) -> Iterator[dict[str, str]]:
    """Yield the rows of the Excel of a zip, by column."""
    files = zip_files(content, password)
    (workbook,) = (data for name, data in files.items() if name.endswith(".xlsx"))
    header, *rows = load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
    for row in rows:
        yield {str(column): str(cell or "") for column, cell in zip(header, row, strict=True)}


def passwords(content: bytes, password: str | None = None) -> dict[str, str]:
    """Return the password of each username in the Excel of a zip."""
    return {
        row["LeerID Gebruikersnaam"]: row["LeerID Wachtwoord"]
        for row in workbook_rows(content, password)
    }


def a4_text(content: bytes, password: str | None = None) -> str:
    """Return the text of the A4 cards of a zip."""
    files = zip_files(content, password)
    (sheets,) = (data for name, data in files.items() if name.endswith("_A4.pdf"))
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheets)).pages)
