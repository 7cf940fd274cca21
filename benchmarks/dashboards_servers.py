"""The servers that are compared, each a process of its own, and what they and a kernel weigh."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from dashboards_schools import Installation

DASHBOARDS = 4
MEGABYTE = 1_000_000
CHECKBOX = ".leerid-table tbody tr:first-child input[type=checkbox]"
LABEL = ".widget-label"
LOOK_EVERY = 0.25
PATIENCE = 240
BARE_KERNEL = [sys.executable, "-m", "ipykernel_launcher"]
EMPTY_NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "label",
            "metadata": {},
            "outputs": [],
            "source": "import ipywidgets\nipywidgets.Label('klaar')",
        }
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@dataclass(frozen=True)
class Server:
    """A running server: its page, and the element that says that the page can be used.

    `ready` kernels are left when nobody uses it, None for whatever number.
    """

    address: str
    process: psutil.Process
    page: str
    usable: str
    ready: int | None = None

    def kernels(self) -> list[psutil.Process]:
        """Return the processes of its kernels, the oldest first."""
        return sorted(self.process.children(recursive=True), key=psutil.Process.create_time)

    def memory(self) -> float:
        """Return what the server and its kernels hold, in MB."""
        return megabytes(self.process) + sum(map(megabytes, self.kernels()))

    async def settled(self, pages: int = 0) -> None:
        """Wait until there are the kernels of so many open pages and of the pool, all at rest."""
        before = -1.0
        for _ in range(int(PATIENCE / LOOK_EVERY)):
            now = sum(_worked(one) for one in (self.process, *self.kernels()))
            complete = self.ready is None or len(self.kernels()) == self.ready + pages
            if complete and 0 <= now - before < 0.02:
                return
            before = now
            await asyncio.sleep(LOOK_EVERY)
        raise TimeoutError("the kernels do not come to rest")


@contextmanager
def schoolloket(installed: Installation, *, preheat: bool) -> Iterator[Server]:
    """Serve an installation with `leerid serve`."""
    command = [str(Path(sys.executable).with_name("leerid")), "serve", "--port", "0"]
    environment = {
        **os.environ,
        "LEERID_DATABASE_URL": installed.settings.database_url,
        "PYTHONUNBUFFERED": "1",
    }
    with _started(
        command if preheat else [*command, "--no-preheat"], installed.folder, environment
    ) as process:
        assert process.stdout is not None
        found = re.search(r"https?://\S+", process.stdout.readline())
        assert found is not None, installed.folder
        ready = DASHBOARDS if preheat else 0
        yield Server(found[0], psutil.Process(process.pid), "leerid-beheer", CHECKBOX, ready)


@contextmanager
def stock_voila(folder: Path) -> Iterator[Server]:
    """Serve a notebook with one Label with Voila as it comes."""
    notebook = folder / "leeg.ipynb"
    notebook.write_text(json.dumps(EMPTY_NOTEBOOK))
    port = _free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    with _started(command, folder, dict(os.environ)) as process:
        _await_port(port)
        yield Server(f"http://127.0.0.1:{port}/", psutil.Process(process.pid), "", LABEL)


@contextmanager
def bare_kernel(folder: Path) -> Iterator[psutil.Process]:
    """Start a kernel as `ipykernel` comes, and wait until it answers."""
    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_client.connect import write_connection_file

    place, _ = write_connection_file(str(folder / "bare.json"))
    with _started([*BARE_KERNEL, "-f", place], folder, dict(os.environ)) as process:
        client = BlockingKernelClient(connection_file=place)
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        yield psutil.Process(process.pid)
        client.stop_channels()


def megabytes(process: psutil.Process) -> float:
    """Return the resident memory of a process."""
    return float(process.memory_info().rss) / MEGABYTE


def _worked(process: psutil.Process) -> float:
    """Return the seconds of processor time, none for a process that just ended."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


@contextmanager
def _started(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    with (
        tempfile.NamedTemporaryFile(dir=folder, suffix=".log", delete=False) as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()


def _await_port(port: int) -> None:
    """Wait until somebody listens; asking stock Voila for its page would start a kernel."""
    for _ in range(int(PATIENCE / LOOK_EVERY)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(LOOK_EVERY)
    raise TimeoutError("the server does not listen")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
