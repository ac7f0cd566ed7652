"""Does a panel that sends anything at all, in any field, harm nobody?"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

MESSAGES: list[dict[str, Any]] = [
    {
        "kind": "update",
        "revision": 1,
        "kernel_id": None,
        "order": ["a", "b"],
        "changed": [{"id": "a", "source": "x = 1"}, {"id": "b", "source": "x"}],
        "in_flight": ["a"],
        "ended_at": "2026-01-01T00:00:00Z",
        "client": "c",
        "path": "a.ipynb",
        "not_code": ["m"],
        "in_full": True,
        "language": "de-DE",
    },
    {"kind": "plan", "request_id": "r", "targets": ["a"], "mode": "cells"},
    {"kind": "ping"},
]
DEEP = json.loads("[" * 900 + "]" * 900)
ODD: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 10**30, -(2**63), 1e308),
    *("", "\0", "\ud800", "a" * 100_000, "../../etc/passwd", "a\n\x1b[0m", "[[a]]", "{id}"),
    *("9999-99-99T99:99:99Z", "0001-01-01T00:00:00-23:59", "<img src=x onerror=alert(1)>"),
    *([], [None], ["a"], ["a", "a"], ["\0"], [[]], DEEP),
    *({}, {"a": 1}, {"id": "a"}, {"id": "a", "source": None}, {"id": "", "source": "%%%\0"}),
]


def changed(message: Any) -> Iterator[Any]:
    """The message with each field, at each depth, replaced, left out, or given twice."""
    for path in _paths(message):
        for odd in ODD:
            whole = copy.deepcopy(message)
            holder = whole
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = odd
            yield whole
        whole = copy.deepcopy(message)
        holder = whole
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
        yield whole
    yield {**message, "unknown": DEEP}


def _paths(value: Any) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield (key,)
        if isinstance(inner, (dict, list)):
            yield from ((key, *path) for path in _paths(inner))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda it: it["kind"])
async def test_any_field_may_hold_anything(
    open_panel: Any, message: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    async with open_panel(None) as panel:
        await panel.show({"a": "x = 1", "b": "x"})
        for odd in changed(message):
            await panel.send(json.dumps(odd))
            await panel.send({"kind": "ping"})
            while (await panel.next())["kind"] != "pong":
                pass
        # Who is connected at the same time, and this panel itself, are answered as before.
        async with open_panel(None) as other:
            await other.show({"one": "import colorsys", "two": "missing"})
            await other.until_statuses(one="ready", two="blocked")
        await panel.show({"a": "y = 1", "b": "z"})
        await panel.until_statuses(a="ready", b="blocked")
    assert [it.message for it in caplog.records if it.levelname == "ERROR"] == []
