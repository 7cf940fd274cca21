"""Kernels: the processes of the dashboards, and the little that they are told."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Dict, Unicode

from leerid_core.server.identity import House

# A kernel starts without debugger (30 MB), history, profile, and without modules that happen to
# lie in a working folder: no code but that of the package runs where the database is open.
BOOT = (
    "import sys; sys.modules['debugpy'] = None; "
    "from ipykernel.kernelapp import IPKernelApp; IPKernelApp.launch_instance()"
)
ARGUMENTS = ("--HistoryManager.enabled=False", "--InteractiveShellApp.ignore_cwd=True")
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "SYSTEMROOT")
MESSAGES = ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request")
"""What a browser may ask of a kernel: to work with widgets, never to run code."""


class OneKernel(KernelSpecManager):
    """The Python that this runs in, whatever kernels the machine has."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how a kernel is started."""
        argv = [sys.executable, "-P", "-c", BOOT, "-f", "{connection_file}", *ARGUMENTS]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel there is; it has no folder."""
        return {"python3": ""}


class Kernels(AsyncMappingKernelManager):
    """Starts kernels that know the installation and nothing else of the server's surroundings.

    `installation` is the environment that tells where the database and the key are, `folder` an
    empty one to run in.
    """

    installation = Dict()
    folder = Unicode()

    async def _async_start_kernel(self, **kwargs: Any) -> str:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        environment = {**inherited, **self.installation, "IPYTHONDIR": self.folder}
        kwargs.pop("path", None)
        started = await super()._async_start_kernel(
            **kwargs | {"env": environment, "cwd": self.folder}
        )
        return str(started)

    start_kernel = _async_start_kernel  # type: ignore[assignment]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Stop a kernel whose browser has long been away; those that wait ready are kept."""
        if cast(House, self.parent).pages.owner(kernel_id) is not None:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]


def connection_folder_fits(folder: Path) -> bool:
    """Say whether sockets in `folder` have names that are short enough for this system."""
    return os.name == "posix" and len(str(folder)) < 50
