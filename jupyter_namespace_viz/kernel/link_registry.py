"""Which link follows which kernel, and over which transport?"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from jupyter_namespace_viz.core.graph.dependency_graph import ReadSource
from jupyter_namespace_viz.core.vocabulary import Beginning
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.transports.base import KernelTransport
from jupyter_namespace_viz.kernel.transports.gateway import GatewayTransport
from jupyter_namespace_viz.kernel.transports.local import LocalTransport

KERNEL_ACTIONS = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"
"""The server's event for a kernel that was started, restarted, interrupted or shut down."""

CONTENTS = "https://events.jupyter.org/jupyter_server/contents_service/v1"
"""The server's event for a file that was saved, renamed or deleted."""


class LinkRegistry:
    """One link per kernel, shared by all its watchers, for as long as the server has the kernel.

    A link is connected while it has a watcher, and for `disconnect_delay` seconds after that.
    `kernel_manager` is the server's manager of all kernels. `event_logger` may be None: restarts
    and shutdowns are still noticed, by what the kernels themselves do. `silence` is after how many
    seconds without an answer a kernel counts as silent. `read` reads the sources of runs.
    """

    def __init__(
        self,
        kernel_manager: Any,
        event_logger: Any,
        log: logging.Logger,
        read: ReadSource,
        silence: float = 10.0,
        disconnect_delay: float = 60.0,
    ) -> None:
        self._kernel_manager = kernel_manager
        self._event_logger = event_logger
        listeners = {KERNEL_ACTIONS: self._on_kernel_action, CONTENTS: self._on_contents}
        # A logger that does not know an event accepts listeners for it, but cannot remove them.
        self._listeners = {
            event: listener
            for event, listener in listeners.items()
            if event_logger is not None and event in event_logger.schemas
        }
        self._log = log
        self._read = read
        self._silence = silence
        self._disconnect_delay = disconnect_delay
        self._links: dict[str, KernelLink] = {}
        self._beginnings: dict[str, Beginning] = {}
        self._closing: set[asyncio.Task[None]] = set()
        for event, listener in self._listeners.items():
            self._event_logger.add_listener(schema_id=event, listener=listener)

    def link_to(self, kernel_id: str) -> KernelLink:
        """The link to this kernel, created and started if need be; raises UnknownKernel."""
        for known in [known for known in self._links if known not in self._kernel_manager]:
            self._links[known].note_removed()  # while the link was paused
        if kernel_id not in self._kernel_manager:
            raise UnknownKernel(kernel_id)
        link = self._links.get(kernel_id)
        if link is None:
            link = self._links[kernel_id] = KernelLink(
                kernel_id,
                transport_for(self._kernel_manager.get_kernel(kernel_id), self._log),
                is_known=lambda: kernel_id in self._kernel_manager,
                on_closed=lambda: self._forget(kernel_id),
                read=self._read,
                log=self._log,
                silence=self._silence,
                disconnect_delay=self._disconnect_delay,
                beginning=self._beginnings.get(kernel_id, "unknown"),
            )
            link.start()
        return link

    def note_cell_start(self, cell_id: str) -> None:
        """A part of the server starts to run this cell, in one of the kernels."""
        for link in self._links.values():
            link.notebooks.note_start(cell_id)

    async def close(self) -> None:
        """Disconnects from all kernels, which keep running; safe to call twice."""
        while self._listeners:
            event, listener = self._listeners.popitem()
            self._event_logger.remove_listener(schema_id=event, listener=listener)
        links = list(self._links.values())
        self._links.clear()
        await asyncio.gather(*(link.close() for link in links), *self._closing)

    def _forget(self, kernel_id: str) -> None:
        self._beginnings.pop(kernel_id, None)
        link = self._links.pop(kernel_id, None)
        if link is not None:
            closing = asyncio.get_running_loop().create_task(link.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _on_contents(
        self,
        logger: Any,  # noqa: ARG002 - given by name
        schema_id: str,  # noqa: ARG002
        data: dict[str, Any],
    ) -> None:
        files = (str(data.get(key)) for key in ("path", "source_path"))
        if data.get("action") != "get" and any(file.endswith(".py") for file in files):
            for link in self._links.values():
                link.check_modules()

    async def _on_kernel_action(
        self,
        logger: Any,  # noqa: ARG002 - given by name
        schema_id: str,  # noqa: ARG002
        data: dict[str, Any],
    ) -> None:
        kernel_id = data.get("kernel_id")
        if data.get("status") != "success" or kernel_id is None:
            return
        link = self._links.get(kernel_id)
        action = data.get("action")
        if action == "start":
            self._beginnings[kernel_id] = "started"
        elif action == "restart":
            self._beginnings[kernel_id] = "restarted"
            if link is not None:
                link.note_restarted()
        elif action == "shutdown":
            self._beginnings.pop(kernel_id, None)
            if link is not None:
                link.note_shut_down()


def transport_for(kernel_manager: Any, log: logging.Logger) -> KernelTransport:
    """The transport to this manager's kernel: through a gateway, if the manager uses one."""
    if hasattr(kernel_manager, "kernel_url"):
        return GatewayTransport(kernel_manager, log)
    return LocalTransport(kernel_manager, log)
