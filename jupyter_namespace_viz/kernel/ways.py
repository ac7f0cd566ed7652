"""Which way leads to a kernel?"""

from __future__ import annotations

import logging
from typing import Any

from jupyter_namespace_viz.kernel.transports.base import KernelWay
from jupyter_namespace_viz.kernel.transports.gateway import GatewayWay
from jupyter_namespace_viz.kernel.transports.local import LocalWay


def way_to(kernel_manager: Any, log: logging.Logger) -> KernelWay:
    """The way to this manager's kernel: through a gateway, where the manager talks to one."""
    if hasattr(kernel_manager, "kernel_url"):
        return GatewayWay(kernel_manager, log)
    return LocalWay(kernel_manager, log)
