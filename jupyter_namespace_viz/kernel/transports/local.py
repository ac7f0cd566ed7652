"""How is a kernel reached that the server runs itself?"""

from __future__ import annotations

import logging
import math
from typing import Any

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.kernel.transports.base import ChannelsListener, Unreachable
from jupyter_namespace_viz.kernel.transports.endings import ProcessEnd
from jupyter_namespace_viz.kernel.transports.local_channels import ZmqChannels
from jupyter_namespace_viz.kernel.transports.local_process import (
    RestarterCallbacks,
    end_of_announced_shutdown,
    has_process,
)


class LocalTransport:
    """The transport to a kernel whose process the server's manager has started."""

    shares_files = True
    longest_disconnect_delay = math.inf

    def __init__(self, kernel_manager: Any, log: logging.Logger) -> None:
        self._manager = kernel_manager
        self._log = log
        self._restarter_callbacks = RestarterCallbacks(kernel_manager)

    def has_process(self) -> bool:
        """Whether there is a process, and its ports are known."""
        if not callable(getattr(self._manager, "connect_iopub", None)):
            raise Unreachable(
                sentence(
                    "Cannot connect to this kernel: its kernel manager provides no connection."
                )
            )
        return has_process(self._manager) and all(self._manager.ports)

    def is_starting(self) -> bool:
        """Whether the server has heard nothing from the process since it started it."""
        return getattr(self._manager, "execution_state", None) == "starting"

    def other_language(self) -> tuple[str, str | None] | None:
        """What the kernel's spec says, if it is not Python."""
        spec = getattr(self._manager, "kernel_spec", None)
        language: str | None = getattr(spec, "language", None)
        if not language or language.lower() == "python":
            return None
        return language, getattr(spec, "display_name", None)

    def end_of_announced_shutdown(self, restart: bool) -> ProcessEnd:
        """What a `shutdown_reply` means, given what the manager is doing."""
        return end_of_announced_shutdown(self._manager, restart)

    def follow_restarter(self, listener: ChannelsListener) -> None:
        """Reports to `listener` what the manager's restarter finds; safe to repeat."""
        self._restarter_callbacks.add(listener)

    def leave_restarter(self) -> None:
        """Undoes `follow_restarter`; safe to call twice."""
        self._restarter_callbacks.remove()

    async def connect(self, listener: ChannelsListener, timeout: float) -> ZmqChannels:  # noqa: ARG002
        """Opens the streams, which takes no time."""
        return ZmqChannels(self._manager, listener, self._log)
