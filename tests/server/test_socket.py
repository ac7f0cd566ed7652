"""Does the panel's socket tell the truth while things happen?"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from datetime import datetime, timezone
from typing import Any

import pytest

from jupyter_namespace_viz.notebook import clients
from jupyter_namespace_viz.notebook.session import NotebookSession
from jupyter_namespace_viz.server.notebook_socket import NotebookSocket
from tests.server.conftest import PATIENCE

NOTEBOOK = {"one": "import colorsys as cs", "two": "print(cs.__name__)"}
LOST = "`cs` is missing: the kernel was restarted and cell 1 has not run since."


async def test_forgotten_import(start_kernel: Any, run_cell: Any, open_panel: Any) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(one="ready", two="blocked")
        assert panel.cells["two"] == {
            "id": "two",
            "status": "blocked",
            "blocked_by_import": True,
            "waiting": True,
            "error": None,
            "execution_count": None,
            "seconds": None,
            "definitions": [],
            "uses": [{"name": "cs", "phase": "immediate", "certain": True, "via": None}],
            "needs": [
                {
                    "name": "cs",
                    "status": "missing",
                    "phase": "immediate",
                    "certain": True,
                    "via": None,
                    "reason": "never_run",
                    "provider": "one",
                    "message": "`cs` is missing: cell 1 has not run since the kernel started.",
                    "line": 1,
                    "by_import": True,
                    "import_code": None,
                    "distribution": None,
                    "is_consequence": False,
                    "waiting": True,
                }
            ],
            "problems": [],
            "repairs": ["cells", "imports"],
            "message": "`cs` is missing: cell 1 has not run since the kernel started.",
        }
        assert panel.edges == [{"provider": "one", "consumer": "two", "names": ["cs"]}]
        assert panel.report["summary"] == {
            "message": "Nothing has run in this kernel yet: "
            "1 cell waits for the imports of cell 1.",
            "fresh_kernel": "started",
            "running": 0,
            "queued": 0,
            "failed": 0,
            "blocked": 0,
            "waiting": 1,
            "at_risk": 0,
            "stale": 0,
        }

        assert await run_cell(kernel_id, NOTEBOOK["two"], "two") == "error"
        await panel.until(lambda it: not it.cells["two"]["waiting"])
        assert await run_cell(kernel_id, NOTEBOOK["one"], "one") == "ok"
        await panel.until_statuses(one="fresh", two="ready")
        assert await run_cell(kernel_id, NOTEBOOK["two"], "two") == "ok"
        await panel.until_statuses(one="fresh", two="fresh")


async def test_restart_takes_everything_back_at_once(
    start_kernel: Any, run_cell: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")
        await run_cell(kernel_id, NOTEBOOK["one"], "one")
        await panel.until_statuses(one="fresh", two="ready")
        await jp_serverapp.kernel_manager.restart_kernel(kernel_id)
        await panel.until_statuses(one="ready", two="blocked")
        assert panel.cells["two"]["message"] == LOST
        assert panel.report["kernel"]["generation"] == 2
        await panel.until(lambda it: it.report["kernel"]["state"] == "idle")
        assert panel.cells["two"]["message"] == LOST


async def test_module_that_is_not_installed(start_kernel: Any, open_panel: Any) -> None:
    async with open_panel(await start_kernel()) as panel:
        await panel.show({"one": "import no_such_module_anywhere"})
        await panel.until_statuses(one="blocked")
        python = panel.report["kernel"]["python"]
        assert panel.cells["one"]["message"] == (
            f"`no_such_module_anywhere` is not installed in the kernel's environment (`{python}`)."
        )


async def test_the_first_report_on_a_kernel_knows_what_is_not_installed(
    start_kernel: Any, open_panel: Any
) -> None:
    async with open_panel(await start_kernel()) as panel:
        await panel.show({"one": "import no_such_module_anywhere"})
        while (report := await panel.next("report"))["kernel"]["state"] == "starting":
            pass
        assert [cell["status"] for cell in report["cells"]] == ["blocked"]


async def test_a_restart_loses_nothing_that_star_imports_and_ipython_bind(
    start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    cells = {"one": "from colorsys import *", "two": "from math import *\n!true", "three": "pi"}
    async with open_panel(kernel_id) as panel:
        panel.in_full = True
        await panel.show(cells)
        for cell_id, source in cells.items():
            await run_cell(kernel_id, source, cell_id)
        await run_cell(kernel_id, "mine = _exit_code")  # in a console
        await panel.until(lambda it: "mine" in it.names and "sqrt" in it.names)
        await panel.until_statuses(three="fresh")
        assert [name for name, row in panel.names.items() if row["lost_by_restart"]] == ["mine"]
        assert panel.foreseen == []


async def test_a_queued_cell_that_was_deleted_runs_all_the_same(
    start_kernel: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    cells = {"one": "input()", "two": "w = 7", "three": "print(w)"}
    async with open_panel(kernel_id) as panel:
        panel.in_flight = ["one", "two"]
        await panel.show(cells)
        await panel.until_statuses(one="running", two="queued", three="ready")
        for _ in range(2):
            await panel.show({}, order=["one", "three"])
            await panel.until(lambda it: it.report["revision"] == it.revision)
            assert panel.cells["three"]["message"] == (
                "`w` will be there when the deleted cell finishes."
            )
        await panel.show({"two": cells["two"]}, order=["one", "three", "two"])
        await panel.until(lambda it: it.report["revision"] == it.revision)
        assert panel.cells["three"]["message"] == "`w` will be there when cell 3 finishes."
        await panel.show({}, order=["one", "three"])
        panel.in_flight = []
        await panel.show({}, order=["one", "three"])
        await panel.until_statuses(three="blocked")


async def test_a_kernel_that_does_not_start_the_queued_cells(
    start_kernel: Any, run_cell: Any, open_panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "PATIENCE", 0.1)
    kernel_id = await start_kernel()
    cells = {"one": "x = 1", "two": "x"}
    async with open_panel(kernel_id) as panel:
        await panel.show(cells)
        await panel.until_statuses(one="ready")
        panel.in_flight = ["one", "two"]
        await panel.show(cells)
        await panel.until_statuses(one="queued", two="queued")
        assert panel.report["kernel"]["state"] == "silent"
        await run_cell(kernel_id, cells["one"], "one")
        panel.in_flight = []
        await panel.show(cells)
        await panel.until_statuses(one="fresh", two="ready")
        await panel.until(lambda it: it.report["kernel"]["state"] == "idle")


async def test_a_cell_is_in_flight_until_the_link_has_heard_what_it_did(
    start_kernel: Any, run_cell: Any, open_panel: Any, links: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel_id = await start_kernel()
    cells = {"one": "x = 1", "two": "x"}
    async with open_panel(kernel_id) as panel:
        await panel.show(cells)
        await panel.until_statuses(one="ready")
        link = links.link_to(kernel_id)
        assert not link.has_heard_until(datetime.max.replace(tzinfo=timezone.utc))
        panel.in_flight = ["one"]
        await panel.show(cells)
        await panel.until_statuses(one="running")
        with monkeypatch.context() as patch:
            patch.setattr(link, "has_heard_until", lambda date: False)
            panel.in_flight, panel.ended_at = [], "2026-11-30T07:39:32.123456Z"
            await panel.show(cells)
            await panel.until_statuses(one="running")
        await run_cell(kernel_id, cells["one"], "one")
        await panel.until_statuses(one="fresh", two="ready")


async def test_problems_follow_the_reports(
    start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    late = {"one": "print(x)", "two": "x = 1"}
    async with open_panel(kernel_id) as panel:
        await panel.show(late)
        await panel.until(lambda it: it.problems is not None)
        assert [(it["kind"], it["names"], it["cells"]) for it in panel.problems] == [
            ("missing", ["x"], ["one"])
        ]
        assert panel.restart_problems is None

        panel.in_full = True
        await run_cell(kernel_id, late["two"], "two")
        await panel.show({}, order=list(late))
        await panel.until(lambda it: it.problems == [] and it.restart_problems)
        assert [(it["kind"], it["names"], it["cells"]) for it in panel.restart_problems] == [
            ("restart", ["x"], ["one"])
        ]


async def test_an_open_panel_is_told_of_names_and_of_what_a_restart_would_break(
    start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    late = {"one": "print(x)", "two": "x = 1"}
    async with open_panel(kernel_id) as panel:
        await panel.show(late)
        await panel.until_statuses(one="blocked", two="ready")
        panel.in_full = True
        await panel.show({}, order=list(late))
        assert panel.details is None
        await panel.until(lambda it: it.details is not None)
        named = panel.details
        await panel.until(lambda it: it.details is not named)
        message = "`x` is missing: only cell 2, further down, defines it."
        x = {
            "name": "x",
            "status": "missing",
            "waiting": False,
            "message": message,
            "kind": "assignment",
            "providers": ["two"],
            "consumers": ["one"],
            "held": None,
            "binder": None,
            "lost_source": None,
            "lost_id": None,
            "lost_after": None,
            "lost_before": None,
            "lost_by_restart": False,
        }
        finding = {
            "cell_id": "one",
            "name": "x",
            "status": "missing",
            "reason": "later_cell",
            "certain": True,
            "provider": "two",
            "message": "`x` would be missing: only cell 2, further down, defines it. Move it up.",
            "line": 1,
        }
        names = {"changed": [x], "removed": [], "left_out": 0}
        assert named == {"kind": "details", "names": names, "foreseen": None}
        assert panel.details == {"kind": "details", "names": None, "foreseen": [finding]}

        await run_cell(kernel_id, late["two"], "two")
        await run_cell(kernel_id, "y = 'abc'", None)
        await panel.until(lambda it: "y" in it.names)
        held = {"kind": "instance", "module": "builtins", "version": None}
        bound_by = {"cell_id": "two", "execution_count": 1}
        x |= {"status": "live", "message": None, "binder": "cell 2"}
        x["held"] = {"name": "x", "type": "int", "summary": "1", "bound_by": bound_by, **held}
        assert panel.names["x"] == x
        assert panel.names["y"]["status"] == "ghost"
        assert panel.names["y"]["lost_by_restart"] is True
        assert panel.foreseen == [finding]  # though all is live now

        await panel.show({"one": "x = 2"}, order=list(late))
        await panel.until(lambda it: it.foreseen == [])
        await run_cell(kernel_id, "del y", None)
        await panel.until(lambda it: it.names.keys() == {"x"})


async def test_a_plan_waits_until_it_is_known_what_the_kernel_holds(
    start_kernel: Any, open_panel: Any
) -> None:
    async with open_panel(await start_kernel()) as panel:
        await panel.show(NOTEBOOK)
        request = {"request_id": "r", "targets": ["two"], "mode": "with_cell"}
        await panel.send({"kind": "plan", **request})
        planned = await panel.next("planned")
        assert [step["cell_id"] for step in planned["steps"]] == ["one", "two"]


async def test_star_imports_are_told_before_and_after_they_run(
    start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as panel:
        await panel.show({"one": "from colorsys import *", "two": "rgb_to_hsv, nobody"})
        # Read of the file, in the kernel's environment.
        edge = {"provider": "one", "consumer": "two", "names": ["rgb_to_hsv"]}
        await panel.until(lambda it: it.edges == [edge])
        reasons = {need["name"]: need["reason"] for need in panel.cells["two"]["needs"]}
        assert reasons == {"rgb_to_hsv": "never_run", "nobody": "no_provider"}
        assert panel.cells["two"]["repairs"] == ["cells", "imports"]
        text = (
            "import sys, types\nsys.modules['made'] = made = types.ModuleType('made')\nmade.m = 1"
        )
        await panel.show({"three": text, "four": "from made import *", "five": "m"}, order=[
            "one", "two", "three", "four", "five"
        ])  # fmt: skip

        def reasons_of_five(panel: Any) -> list[str]:
            return [need["reason"] for need in panel.cells.get("five", {"needs": []})["needs"]]

        await panel.until(lambda it: reasons_of_five(it) == ["star_import"])
        await run_cell(kernel_id, text, "three")  # there is no file: only the kernel can tell
        await panel.until(lambda it: reasons_of_five(it) == ["never_run"])
        await run_cell(kernel_id, "from made import *", "four")
        await panel.until_statuses(five="ready")


@pytest.mark.parametrize(
    "jp_server_config",
    [
        {
            "ServerApp": {"jpserver_extensions": {"jupyter_namespace_viz": True}},
            "NamespaceVizApp": {"magics": {"%%spark": "Scala", "%%clocked": "python"}},
        }
    ],
)
async def test_magics_of_the_user_s_own_are_configured(open_panel: Any) -> None:
    async with open_panel(None) as panel:
        await panel.show({"one": "%%spark\nval x = 1", "two": "%%clocked\nx = y"})
        await panel.until_statuses(one="not_python", two="blocked")
        assert [use["name"] for use in panel.cells["two"]["uses"]] == ["y"]


async def test_edits_moves_and_deletions(start_kernel: Any, open_panel: Any) -> None:
    async with open_panel(await start_kernel()) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")
        await panel.show({"two": "print(1)"}, order=["one", "two"])
        await panel.until_statuses(two="ready")
        await panel.show({"two": NOTEBOOK["two"]}, order=["two", "one"])
        await panel.until_statuses(two="blocked")
        assert panel.cells["two"]["needs"][0]["reason"] == "later_cell"
        await panel.show({}, order=["two"])
        await panel.until(lambda it: it.cells["two"]["needs"][0]["reason"] == "no_provider")
        assert panel.edges == []


async def test_a_cell_that_is_larger_than_what_is_read(open_panel: Any) -> None:
    async with open_panel(None) as panel:
        await panel.show({"one": "x = 1 #" + "x" * 200_000, "two": "print(x)"})
        await panel.until_statuses(one="at_risk", two="blocked")
        assert panel.cells["one"]["problems"] == [
            {
                "kind": "too_large",
                "message": "This cell is longer than 200,000 characters and is not read.",
                "line": None,
            }
        ]


@pytest.mark.parametrize(
    "jp_server_config",
    [
        {
            "ServerApp": {"jpserver_extensions": {"jupyter_namespace_viz": True}},
            "NamespaceVizApp": {"silent_after": 0.5},
        }
    ],
)
async def test_how_long_a_kernel_may_be_silent_is_configured(
    start_kernel: Any, open_panel: Any, jp_serverapp: Any, links: Any
) -> None:
    kernel_id = await start_kernel()
    assert links._silence == 0.5
    pid = jp_serverapp.kernel_manager.get_kernel(kernel_id).provisioner.pid
    async with open_panel(kernel_id) as panel:
        await panel.show({"one": "x = 1"})
        await panel.until(lambda it: it.report["kernel"]["state"] == "idle")
        os.kill(pid, signal.SIGSTOP)
        try:
            await panel.show({"one": "import no_such_module_anywhere"})
            await panel.until(lambda it: it.report["kernel"]["state"] == "silent")
        finally:
            os.kill(pid, signal.SIGCONT)
        kernel = panel.report["kernel"]
        assert kernel["message"] == "The kernel is not responding. Retrying…"
        assert kernel["as_of"] is not None
        await panel.until(lambda it: it.report["kernel"]["state"] == "idle")
        await panel.until_statuses(one="blocked")


UPDATE = {"kind": "update", "revision": 1, "kernel_id": None, "order": [], "changed": []}

REFUSED = [
    ("no JSON", "{", "$", "Input data was truncated."),
    ("no object", "[]", "$", "Expected `object`, got `array`."),
    ("no kind", "{}", "$", "Object missing required field `kind`."),
    ("unknown kind", {"kind": "dance"}, "$.kind", "Invalid value 'dance'."),
    ("a field is missing", {"kind": "plan"}, "$", "Object missing required field `request_id`."),
    (
        "a field of another type",
        {**UPDATE, "changed": [{"id": 3, "source": ""}]},
        "$.changed[0].id",
        "Expected `str`, got `int`.",
    ),
    (
        "a cell that is nowhere",
        {**UPDATE, "changed": [{"id": "x", "source": ""}]},
        "$.changed[0].id",
        "The cell 'x' is not in the notebook's order.",
    ),
    (
        "a cell twice",
        {**UPDATE, "order": ["a", "b", "a"]},
        "$.order",
        "The cell id 'a' occurs twice.",
    ),
    (
        "too many cells",
        {**UPDATE, "order": [str(number) for number in range(51)]},
        "$.order",
        "The notebook has 51 code cells. The server reads at most 50.",
    ),
    (
        "too long a message",
        json.dumps({**UPDATE, "order": ["a"], "changed": [{"id": "a", "source": "x" * 2_000_000}]}),
        "$",
        "The message is longer than 2,000,000 bytes; send it in parts.",
    ),
    (
        "a plan for no cell of the notebook",
        {"kind": "plan", "request_id": "r", "targets": ["x"], "mode": "cells"},
        "$.targets[0]",
        "There is no cell 'x'.",
    ),
]


@pytest.mark.parametrize(
    ("sent", "field", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
async def test_refusals_name_the_field_and_the_connection_lives_on(
    open_panel: Any, sent: Any, field: str, message: str
) -> None:
    async with open_panel(None) as panel:
        await panel.send(sent)
        refused = await panel.next()
        request_id = "r" if field.startswith("$.targets") else None
        assert refused == {
            "kind": "refused",
            "field": field,
            "message": message,
            "request_id": request_id,
        }
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")


async def test_the_server_says_hello_and_answers_pings(open_panel: Any) -> None:
    async with open_panel(None) as panel:
        assert panel.hello == {
            "kind": "hello",
            "protocol_version": 1,
            "limits": {"max_cells": 50, "max_cell_chars": 200_000, "max_message_bytes": 2_000_000},
            "answers_pings": True,
        }
        await panel.send({"kind": "ping"})
        assert await panel.next() == {"kind": "pong"}
        await panel.show(NOTEBOOK)
        await panel.send({"kind": "ping"})
        assert await panel.next("pong") == {"kind": "pong"}


async def test_messages_are_read_while_plans_are_made(
    open_panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, make_plan = asyncio.Event(), NotebookSession.plan

    async def slow_plan(*arguments: Any) -> Any:
        await may_end.wait()
        return await make_plan(*arguments)

    monkeypatch.setattr(NotebookSession, "plan", slow_plan)
    async with open_panel(None) as panel:
        await panel.show(NOTEBOOK)
        for number in range(3):
            request = {"request_id": str(number), "targets": ["two"], "mode": "cells"}
            await panel.send({"kind": "plan", **request})
        await panel.send({"kind": "ping"})
        assert await panel.next("pong") == {"kind": "pong"}
        may_end.set()
        answered = [(await panel.next("planned"))["request_id"] for _ in range(3)]
        assert answered == ["0", "1", "2"]


async def test_a_socket_whose_network_is_gone_leaves_no_pings(
    open_panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[NotebookSocket] = []
    announce = NotebookSocket.open
    closed = asyncio.Event()
    end = NotebookSocket.on_close

    async def remembered(self: NotebookSocket) -> None:
        opened.append(self)
        await announce(self)

    def noted(self: NotebookSocket) -> None:
        end(self)
        closed.set()

    monkeypatch.setattr(NotebookSocket, "open", remembered)
    monkeypatch.setattr(NotebookSocket, "on_close", noted)
    async with open_panel(None):
        (socket,) = opened
        socket.send_ping()
        socket.ws_connection.stream.close()
        socket.send_ping()  # an exception would be an error in the server's log
        await asyncio.wait_for(closed.wait(), PATIENCE)
        assert not socket.ping_callback.is_running()


async def test_a_large_notebook_comes_in_parts(open_panel: Any) -> None:
    async with open_panel(None) as panel:
        await panel.show({"one": NOTEBOOK["one"]}, order=["one", "two"])
        await panel.show({"two": NOTEBOOK["two"]}, order=["one", "two"])
        assert (await panel.next())["revision"] == 2
        await panel.until_statuses(one="ready", two="blocked")


async def test_plans_over_the_socket(start_kernel: Any, run_cell: Any, open_panel: Any) -> None:
    kernel_id = await start_kernel()
    sources = {**NOTEBOOK, "three": "x = cs, input()", "four": "x, cs, y"}
    async with open_panel(kernel_id) as panel:
        await panel.show(sources)
        await panel.until_statuses(four="blocked")
        await panel.send({"kind": "plan", "request_id": "1", "targets": ["four"], "mode": "cells"})
        assert await panel.next("planned") == {
            "kind": "planned",
            "request_id": "1",
            "generation": 1,
            "steps": [
                {
                    "cell_id": "one",
                    "code": None,
                    "names": ["cs"],
                    "why": "Defines `cs`, which cells 3 and 4 need.",
                    "effects": [],
                },
                {
                    "cell_id": "three",
                    "code": None,
                    "names": ["x"],
                    "why": "Defines `x`, which cell 4 needs.",
                    "effects": ["Asks for input: `input`"],
                },
            ],
            "unresolved": [{"name": "y", "reason": "`y` is missing: no cell defines it."}],
        }
        await panel.send({"kind": "plan", "request_id": "2", "targets": None, "mode": "imports"})
        assert (await panel.next("planned"))["steps"] == [
            {
                "cell_id": "one",
                "code": "import colorsys as cs",
                "names": ["cs"],
                "why": "Imports `cs`, which cells 2, 3 and 4 need.",
                "effects": [],
            }
        ]


async def test_two_panels_on_one_kernel_share_a_link(
    start_kernel: Any, run_cell: Any, open_panel: Any, links: Any
) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as first, open_panel(kernel_id) as second:
        for panel in (first, second):
            await panel.show(NOTEBOOK)
            await panel.until_statuses(two="blocked")
        await run_cell(kernel_id, NOTEBOOK["one"], "one")
        for panel in (first, second):
            await panel.until_statuses(two="ready")
        assert links.link_to(kernel_id) is links.link_to(kernel_id)


async def test_a_kernel_that_is_shut_down(
    start_kernel: Any, run_cell: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")
        await run_cell(kernel_id, NOTEBOOK["one"], "one")
        await panel.until_statuses(two="ready")
        await jp_serverapp.kernel_manager.shutdown_kernel(kernel_id)
        await panel.until(lambda it: it.report["kernel"]["state"] == "dead")
        await panel.until_statuses(one="ready", two="blocked")


async def test_an_unknown_kernel_is_no_kernel(open_panel: Any) -> None:
    async with open_panel("00000000-0000-0000-0000-000000000000") as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")
        assert panel.report["kernel"]["state"] == "none"


async def test_reloading_the_page_keeps_what_is_known(
    start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(two="blocked")
        await run_cell(kernel_id, NOTEBOOK["one"], "one")
        await panel.until_statuses(one="fresh")
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(one="fresh", two="ready")
        assert panel.cells["one"]["execution_count"] == 1
