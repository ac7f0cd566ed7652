"""Does the server ask anything of anybody but its own kernels?"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.server.conftest import API

_watched: list[Any] = []
_is_watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_watching and event in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        _watched.append(arguments[-1] if event != "socket.getaddrinfo" else arguments[0])


def _host(address: Any) -> str:
    return str(address[0]) if isinstance(address, tuple) else str(address)


async def test_nothing_is_asked_elsewhere(
    start_kernel: Any, run_cell: Any, open_panel: Any, jp_fetch: Any
) -> None:
    global _is_watching  # noqa: PLW0603 - an audit hook cannot be removed
    sys.addaudithook(_watch)
    kernel_id = await start_kernel()
    cells = {
        "one": "import colorsys, no_such_module_anywhere",
        "two": "from urllib.request import *\nurlopen('http://elsewhere.example')",
        "three": "!pip install no_such_package_anywhere\n%load https://elsewhere.example/x.py",
        "four": "import cv2; missing",
    }
    _is_watching = True
    try:
        async with open_panel(kernel_id) as panel:
            panel.in_full = True
            await panel.show(cells)
            await panel.until_statuses(one="blocked", four="blocked")
            await run_cell(kernel_id, "import colorsys", "one")
            await panel.until(lambda it: it.problems is not None and it.foreseen)
        texts = [{"id": cell, "source": source} for cell, source in cells.items()]
        body = {"kernel_id": kernel_id, "cells": texts}
        for path, more in (("report", {}), ("plan", {"target": "four", "mode": "cells"})):
            answer = await jp_fetch(*API, path, method="POST", body=json.dumps({**body, **more}))
            assert answer.code == 200
    finally:
        _is_watching = False
    assert {_host(address) for address in _watched} <= {"127.0.0.1", "::1", "localhost"}
