"""How does a program that starts its own kernels run a notebook in one that is there already?"""

from __future__ import annotations

import os
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class LiveKernel(AsyncKernelManager):
    """The kernel of the connection file in `LIVE_KERNEL`, which is neither started nor ended."""

    async def start_kernel(self, **kw: Any) -> None:  # type: ignore[override]
        """Connects to the kernel."""
        del kw
        self.load_connection_file(os.environ["LIVE_KERNEL"])

    async def is_alive(self) -> bool:  # type: ignore[override]
        """It is: the server has it."""
        return True

    @property
    def has_kernel(self) -> bool:
        """Whether there is a kernel."""
        return bool(self.shell_port)

    async def shutdown_kernel(self, *args: Any, **kw: Any) -> None:  # type: ignore[override]
        """Leaves the kernel running."""

    def cleanup_connection_file(self) -> None:
        """Keeps the file, which belongs to the server."""
