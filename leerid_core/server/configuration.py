"""What Voila and Jupyter are told; no configuration file of theirs is read."""

from __future__ import annotations

from traitlets.config import Config

from leerid_core.server.kernels import Kernels, OneKernel
from leerid_core.server.settings import ServerSettings

LOOKED_EVERY = 60
TEMPLATE = "lab"
"""The template of Voila that ours, index.html.j2, goes before."""


def configuration(settings: ServerSettings) -> Config:
    """Return the configuration of the application and of what it makes."""
    config = Config()
    config.VoilaConfiguration = Config(
        template=TEMPLATE,
        allow_template_override="NO",
        allow_theme_override="NO",
        multi_kernel_manager_class=Kernels,
        kernel_spec_manager_class=OneKernel,
    )
    config.MappingKernelManager = Config(
        cull_idle_timeout=settings.forgotten_after,
        cull_interval=min(settings.forgotten_after, LOOKED_EVERY),
        allow_tracebacks=False,
    )
    # What a kernel tells its widgets must not be dropped, however much it is.
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    # A kernel that was started anew would be a page that silently does nothing.
    config.KernelRestarter.restart_limit = 0
    return config
