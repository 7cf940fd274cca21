"""The command `leerid` in processes that begin with everything imported, so begin at once."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["leerid_core.cli.app", "leerid_core.exports.batch", "openpyxl", "zxingcpp", "PIL.Image"]
)


def start(folder: Path, arguments: Sequence[str]) -> BaseProcess:
    """Start the command in a folder, where what it says is written too."""
    process = _PROCESSES.Process(target=_command, args=(folder, arguments))
    process.start()
    return process


def _command(folder: Path, arguments: Sequence[str]) -> None:
    from leerid_core.cli import main

    os.chdir(folder)
    for stream, name in ((sys.stdout, "stdout.log"), (sys.stderr, "stderr.log")):
        os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600), stream.fileno())
    os.environ["TMPDIR"] = str(folder / "tmp")
    sys.argv = ["leerid", *arguments]
    main()
