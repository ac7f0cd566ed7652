"""Is a failure of ours told to the panel, and does the next change end it?"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest

from jupyter_namespace_viz.notebook import last_assessment
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.languages import FAILED
from jupyter_namespace_viz.notebook.reading.long_texts import LONG
from tests.server.conftest import API

ODD_PATHS = (
    "import sys, types; sys.path[:0] = ['a\\0b', 'c' * 300, 'd/' + 'e' * 5_000, '\\ud800'];"
    "odd = types.ModuleType('odd'); odd.__file__ = 'a\\0b'; sys.modules['odd'] = odd"
)
STARS = {
    "one": "from nowhere_at_all import *\nfrom odd import *",
    "two": "import odd, also_nowhere\n%run gone\\0.py\nprint(missing)",
}


async def test_a_notebook_that_cannot_be_judged(
    open_panel: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> None:
        raise LookupError("on purpose")

    async with open_panel(None) as panel:
        await panel.show({"a": "x = 1"})
        await panel.until(lambda it: "a" in it.cells)
        with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
            patch.setattr(last_assessment, "assess", failing)
            for _ in range(2):
                await panel.show({"a": "x = 2", "b": "print(x)"})
                refused = await panel.next("refused")
                assert (refused["message"], refused["request_id"]) == (str(FAILED), None)
        assert [record.message for record in caplog.records].count(
            "The notebook could not be judged."
        ) == 1
        await panel.show({"a": "x = 2", "b": "print(x)"})
        report = await panel.next("report")
        assert [cell["id"] for cell in report["cells"]] == ["a", "b"]  # in full


async def test_problems_that_cannot_be_composed(
    open_panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Assessment) -> None:
        raise LookupError("on purpose")

    async with open_panel(None) as panel:
        with monkeypatch.context() as patch:
            patch.setattr(Assessment, "problem_list", failing)
            await panel.show({"a": "print(x)"})
            assert (await panel.next("refused"))["message"] == str(FAILED)
        await panel.show({"a": "print(y)"})
        assert [cell["id"] for cell in (await panel.next("report"))["cells"]] == ["a"]
        assert (await panel.next("problems"))["now"]


async def test_a_plan_that_cannot_be_made(open_panel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise LookupError("on purpose")

    async with open_panel(None) as panel:
        await panel.show({"a": "print(x)"})
        await panel.until(lambda it: "a" in it.cells)
        with monkeypatch.context() as patch:
            patch.setattr(Assessment, "plan", failing)
            request = {"kind": "plan", "request_id": "1", "targets": None, "mode": "cells"}
            await panel.send(request)
            refused = await panel.next("refused")
            assert (refused["message"], refused["request_id"]) == (str(FAILED), "1")
        await panel.send(request)
        assert (await panel.next("planned"))["request_id"] == "1"


async def test_paths_that_no_file_can_have_are_no_failure(
    start_kernel: Any, run_cell: Any, open_panel: Any, jp_fetch: Any
) -> None:
    kernel_id = await start_kernel()
    assert await run_cell(kernel_id, ODD_PATHS) == "ok"
    async with open_panel(kernel_id) as panel:
        await panel.show(STARS)
        await panel.until(lambda it: "two" in it.cells)
    body = {
        "kernel_id": kernel_id,
        "cells": [{"id": cell_id, "source": source} for cell_id, source in STARS.items()],
    }
    response = await jp_fetch(*API, "report", method="POST", body=json.dumps(body))
    assert [cell["id"] for cell in json.loads(response.body)["cells"]] == ["one", "two"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
async def test_files_that_never_end(
    start_kernel: Any, run_cell: Any, open_panel: Any, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "zeros.py").symlink_to("/dev/zero")
    kernel_id = await start_kernel()
    assert await run_cell(kernel_id, f"import os; os.chdir({str(tmp_path)!r})") == "ok"
    async with open_panel(kernel_id) as panel:
        await panel.show(
            {"a": "%run pipe.py\n%run zeros.py\nfrom pipe import *\nfrom zeros import *"}
        )
        await panel.until(lambda it: "a" in it.cells)


async def test_a_long_cell_is_read(open_panel: Any) -> None:
    async with open_panel(None) as panel:
        await panel.show({"long": "a;" * (5 * LONG - 1), "after": "print(x)"})
        await panel.until(lambda it: "after" in it.cells)
        assert [problem["kind"] for problem in panel.cells["long"]["problems"]] == ["too_large"]
        await panel.show({"long": "x = 1\n" * (LONG // 5), "after": "print(x)"})
        await panel.until(lambda it: not it.cells["long"]["problems"])
        assert panel.edges == [{"provider": "long", "consumer": "after", "names": ["x"]}]
