"""Which links does the server have, and to which kernels?"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from jupyter_namespace_viz.core.namespace import Beginning
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.ledger import EffectsOfText
from jupyter_namespace_viz.kernel.link import KernelLink

KERNEL_ACTIONS = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"
"""The server's event for a kernel that was started, restarted, interrupted or shut down."""


class KernelLinks:
    """One link per kernel, shared by all that watch it, and kept while the kernel lives.

    `kernel_manager` is the server's manager of all kernels. Without an `event_logger` restarts and
    shutdowns are noticed all the same, by what the kernels themselves do. `silence` is after how
    many seconds without an answer a kernel counts as silent.
    """

    def __init__(
        self,
        kernel_manager: Any,
        event_logger: Any | None,
        log: logging.Logger,
        effects: EffectsOfText,
        silence: float = 10.0,
    ) -> None:
        self._kernel_manager = kernel_manager
        # A logger that does not know the event takes listeners, but cannot let go of them.
        is_told = event_logger is not None and KERNEL_ACTIONS in event_logger.schemas
        self._event_logger = event_logger if is_told else None
        self._log = log
        self._effects = effects
        self._silence = silence
        self._links: dict[str, KernelLink] = {}
        self._beginnings: dict[str, Beginning] = {}
        self._closing: set[asyncio.Task[None]] = set()
        if self._event_logger is not None:
            self._event_logger.add_listener(
                schema_id=KERNEL_ACTIONS, listener=self._on_kernel_action
            )

    def link_to(self, kernel_id: str) -> KernelLink:
        """The link to this kernel, made and started if need be; raises UnknownKernel."""
        if kernel_id not in self._kernel_manager:
            raise UnknownKernel(kernel_id)
        link = self._links.get(kernel_id)
        if link is None:
            link = self._links[kernel_id] = KernelLink(
                kernel_id,
                self._kernel_manager.get_kernel(kernel_id),
                is_known=lambda: kernel_id in self._kernel_manager,
                on_closed=lambda: self._forget(kernel_id),
                effects=self._effects,
                log=self._log,
                silence=self._silence,
                beginning=self._beginnings.get(kernel_id, "unknown"),
            )
            link.start()
        return link

    async def close(self) -> None:
        """Lets go of all kernels, which keep running; safe to call twice."""
        if self._event_logger is not None:
            self._event_logger.remove_listener(
                schema_id=KERNEL_ACTIONS, listener=self._on_kernel_action
            )
            self._event_logger = None
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
