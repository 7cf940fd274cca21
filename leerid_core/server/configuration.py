"""What Voila and Jupyter are told; no configuration file of theirs is read."""

from __future__ import annotations

from traitlets.config import Config

from leerid_core.server.kernels import Kernels, OneKernel
from leerid_core.server.routes import TEMPLATE
from leerid_core.server.settings import ServerSettings

EXTENSIONS = (
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
)
"""The parts of JupyterLab that the dashboards need; each other one would be loaded for nothing."""


def configuration(settings: ServerSettings) -> Config:
    """Return the configuration of the application and of what it makes."""
    config = Config()
    config.VoilaConfiguration = Config(
        template=TEMPLATE,
        allow_template_override="NO",
        allow_theme_override="NO",
        multi_kernel_manager_class=Kernels,
        kernel_spec_manager_class=OneKernel,
        extension_allowlist=list(EXTENSIONS),
    )
    config.MappingKernelManager = Config(
        cull_idle_timeout=int(settings.forgotten_after), cull_interval=60, allow_tracebacks=False
    )
    # A kernel that was started anew would be a page that silently does nothing.
    config.KernelRestarter.restart_limit = 0
    return config
