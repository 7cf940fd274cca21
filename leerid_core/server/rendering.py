"""A dashboard as a kernel that ran its notebook, and the page that shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from voila.notebook_renderer import NotebookRenderer

from leerid_core.server.assets import assets_path
from leerid_core.workbench.notebooks import notebook_path


@dataclass(frozen=True, slots=True)
class Rendered:
    """A kernel and its page."""

    kernel_id: str
    html: str = field(repr=False)


class StrictRenderer(NotebookRenderer):  # type: ignore[misc]
    """Reads a notebook of ours, and fails where Voila would show half a page."""

    async def load_notebook(self, path: str) -> Any:
        """Return the notebook of a dashboard; there is no signature to check or to keep."""
        notebook = nbformat.read(notebook_path(path), as_version=4)  # type: ignore[no-untyped-call]
        return await self.fix_notebook(notebook)

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator[Any]:
        for index, cell in enumerate(nb.cells):
            yield await self.executor.execute_cell(cell, None, index, store_history=False)
        await self._cleanup_resources()


async def render(application: Any, dashboard: str) -> Rendered:
    """Start a kernel, run the notebook of `dashboard` in it, and return both.

    Raises what the notebook raises; then the kernel is stopped.
    """
    renderer = StrictRenderer(
        voila_configuration=application.voila_configuration,
        traitlet_config=application.config,
        notebook_path=dashboard,
        template_paths=application.template_paths,
        config_manager=application.config_manager,
        contents_manager=application.contents_manager,
        base_url=application.base_url,
        kernel_spec_manager=application.kernel_spec_manager,
        page_config={"assets": f"{application.base_url}{assets_path()}"},
    )
    await renderer.initialize()
    kernels = application.kernel_manager
    kernel_id = await kernels.start_kernel(kernel_name=renderer.notebook.metadata.kernelspec.name)
    try:
        html = await renderer.generate_content_str(kernel_id, kernels.get_kernel(kernel_id))
    except BaseException:
        await kernels.shutdown_kernel(kernel_id, now=True)
        raise
    return Rendered(kernel_id, html)
