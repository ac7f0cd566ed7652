"""Is it heard which cell a part of the server starts?"""

from __future__ import annotations

import asyncio
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_events import EventLogger

from jupyter_namespace_viz.server.cell_starts import CELL_EXECUTION, CellStarts

SCHEMA = {
    "$id": CELL_EXECUTION,
    "version": "1",
    "title": "Cell execution",
    "personal-data": True,
    "type": "object",
    "properties": {"event_type": {"type": "string"}, "cell_id": {"type": "string"}},
}
OWN = "jupyter_server_nbmodel.event_logger"


@pytest.fixture
def logger() -> EventLogger:
    """A logger that knows the event."""
    logger = EventLogger()
    logger.register_event_schema(SCHEMA)
    return logger


async def emit(logger: EventLogger, event_type: str, cell_id: str) -> None:
    logger.emit(schema_id=CELL_EXECUTION, data={"event_type": event_type, "cell_id": cell_id})
    await asyncio.gather(*logger._active_listeners)


@pytest.mark.parametrize("is_own", [False, True])
async def test_the_starts_until_it_is_closed(
    logger: EventLogger, monkeypatch: pytest.MonkeyPatch, *, is_own: bool
) -> None:
    found: list[str] = []
    if is_own:
        monkeypatch.setitem(sys.modules, OWN, SimpleNamespace(event_logger=logger))  # type: ignore[arg-type]
    starts = CellStarts(EventLogger() if is_own else logger, found.append)
    await emit(logger, "execution_start", "one")
    await emit(logger, "execution_end", "one")
    await emit(logger, "execution_start", "two")
    assert found == ["one", "two"]
    for _ in range(2):
        starts.close()
    await emit(logger, "execution_start", "three")
    assert found == ["one", "two"]


@pytest.mark.parametrize("event_logger", [None, EventLogger()])
async def test_a_server_that_does_not_emit_the_event(event_logger: Any) -> None:
    CellStarts(event_logger, print).close()


async def test_the_kernel_hears_it(
    start_kernel: Any, client_of: Any, open_panel: Any, links: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    same = {"one": "x = [1]", "two": "y = list(x)", "three": "x = [1]"}
    async with open_panel(kernel_id) as panel:
        panel.client = "panel"
        await panel.show(same)
        await panel.until_statuses(one="ready", two="blocked", three="ready")
        links.note_cell_start("three")
        await client.run(same["three"])
        await panel.until_statuses(one="ready", two="ready", three="fresh")
        await client.run(same["three"])
        await panel.until_statuses(one="ready", two="ready", three="stale")
        assert panel.cells["one"]["message"] == (
            "One of cells 1 and 3, which have the same text, ran as [2]; which one is not known."
        )
