"""Which cell does a part of the server start to run?

`jupyter_server_nbmodel` runs cells for clients, and sends no cell id to the kernel. It emits an
event instead, with a logger of its own, for the cells of shared documents.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

CELL_EXECUTION = "https://events.jupyter.org/jupyter_server_nbmodel/cell_execution/v1"
"""The event for a cell that starts to run, or has ended."""

_LOGGER_MODULE = "jupyter_server_nbmodel.event_logger"


class CellStarts:
    """Calls `on_start` with the id of each cell that starts, until it is closed.

    `event_logger` is that of the server, where other versions of the package may emit the event.
    """

    def __init__(self, event_logger: Any, on_start: Callable[[str], None]) -> None:
        self._on_start = on_start
        # Not imported: without the package nothing emits the event.
        own = getattr(sys.modules.get(_LOGGER_MODULE), "event_logger", None)
        known = (it for it in (event_logger, own) if it is not None)
        self._loggers = [it for it in known if CELL_EXECUTION in it.schemas]
        for logger in self._loggers:
            logger.add_listener(schema_id=CELL_EXECUTION, listener=self._on_event)

    def close(self) -> None:
        """Listen no longer; safe to call twice."""
        while self._loggers:
            logger = self._loggers.pop()
            logger.remove_listener(schema_id=CELL_EXECUTION, listener=self._on_event)

    async def _on_event(
        self,
        logger: Any,  # noqa: ARG002 - given by name
        schema_id: str,  # noqa: ARG002
        data: dict[str, Any],
    ) -> None:
        cell_id = data.get("cell_id")
        if data.get("event_type") == "execution_start" and isinstance(cell_id, str):
            self._on_start(cell_id)
