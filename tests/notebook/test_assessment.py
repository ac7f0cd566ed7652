"""When is a notebook judged again, what does its kernel run, and what is foreseen for it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    HeldName,
    ModuleAnswer,
)
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.core.vocabulary import KernelState
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.reading.reading_context import NO_KERNEL_CONTEXT
from tests.core.tools.notebooks import run

CELLS = [Cell("a", "x = 1"), Cell("b", "print(x)")]
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
IDLE = KernelView(
    kernel_id="k",
    state="idle",
    language="python",
    as_of=NOW,
    namespace=EMPTY_NAMESPACE,
    shares_files=True,
    message=None,
)


NOTHING = NotebookClients()


def assessed(
    view: KernelView | None, before: Assessment | None, clients: NotebookClients = NOTHING
) -> Assessment:
    old = EMPTY_GRAPH if before is None else before.graph
    return assess(old, CELLS, view, NO_KERNEL_CONTEXT, clients, before)


def test_a_kernel_that_turns_busy_changes_no_verdict() -> None:
    before = assessed(IDLE, None)
    busy = replace(IDLE, state="busy")
    after = assessed(busy, before)
    assert after.verdict is before.verdict
    assert after.kernel().state == "busy"


def test_whatever_a_verdict_depends_on_makes_a_new_one() -> None:
    before = assessed(IDLE, None)
    held = replace(EMPTY_NAMESPACE, names={"x": HeldName("x", "instance", "int")})
    news = {
        "a name": replace(IDLE, namespace=held),
        "an end": replace(IDLE, state="dead"),
        "silence": replace(IDLE, state="silent"),
        "no answer": replace(IDLE, as_of=None, state="connecting"),
        "another language": replace(IDLE, state="not_python", language="r"),
        "no kernel": None,
    }
    verdicts = {what: assessed(view, before).verdict for what, view in news.items()}
    for what, verdict in verdicts.items():
        assert verdict == assessed(news[what], None).verdict, what
        assert verdict is not before.verdict, what
    in_flight = NotebookClients(in_flight=("a",))
    assert assessed(IDLE, before, in_flight).verdict == assessed(IDLE, None, in_flight).verdict
    edited = assess(before.graph, [CELLS[1]], IDLE, NO_KERNEL_CONTEXT, NOTHING, before)
    assert [cell.id for cell in edited.verdict.cells] == ["b"]


@pytest.mark.parametrize(
    ("held", "needs"),
    [
        (None, ["TRAIN"]),  # not run yet: what the text says
        ("TRAIN = False", ["TRAIN"]),
        ("TRAIN = True", ["TRAIN", "model"]),  # edited since, or bound by other code
    ],
)
def test_a_flag_counts_as_the_kernel_holds_it(held: str | None, needs: list[str]) -> None:
    cells = [Cell("a", "TRAIN = False"), Cell("b", "if TRAIN: model.fit()")]
    names = {}
    if held is not None:
        names["TRAIN"] = HeldName("TRAIN", "instance", "bool", bound_by=run(1, "a", held))
    view = replace(IDLE, namespace=replace(EMPTY_NAMESPACE, names=names))
    found = assess(EMPTY_GRAPH, cells, view, NO_KERNEL_CONTEXT, NOTHING)
    assert [use.name for use in found.graph.names_at(1).uses] == needs
    again = assess(found.graph, cells, IDLE, NO_KERNEL_CONTEXT, NOTHING, found)
    assert [use.name for use in again.graph.names_at(1).uses] == ["TRAIN"]


@pytest.mark.parametrize(
    ("state", "running_clients", "code", "status"),
    [
        ("idle", set(), None, "running"),  # its request is on the way
        ("busy", {"mine"}, "1", "running"),
        ("busy", {"console"}, "1", "queued"),
        ("busy", {"console"}, None, "running"),  # it is not announced yet what runs
        ("busy", {"server"}, CELLS[0].source, "running"),
        ("busy", {"server"}, CELLS[1].source, "queued"),
        ("busy", {"mine", "console"}, "1", "running"),  # one of them in a subshell
        ("starting", set(), None, "queued"),
        ("silent", set(), None, "queued"),
    ],
)
def test_the_first_cell_in_flight_runs_unless_the_kernel_does_something_else(
    state: KernelState, running_clients: set[str], code: str | None, status: str
) -> None:
    codes = frozenset(() if code is None else (code,))
    view = replace(
        IDLE, state=state, running_clients=frozenset(running_clients), running_codes=codes
    )
    clients = NotebookClients(in_flight=("a", "b"), sessions=frozenset({"mine"}))
    assessment = assessed(view, None, clients)
    assert [cell.status for cell in assessment.cells()] == [status, "queued"]
    summary = assessment.summary()
    assert (summary.running, summary.queued) == ((1, 1) if status == "running" else (0, 2))


FORECASTS: dict[str, tuple[tuple[str, ...], KernelView | None, str]] = {
    "a module that is not installed": (("import absent",), IDLE, "c1 ModuleNotFoundError absent"),
    "a file of the folder instead of an installed module": (
        ("import single",),
        IDLE,
        "c1 AttributeError single",
    ),
    "one statement of Python 2 in a kernel of Python 3": (
        ("print 1", "x"),
        IDLE,
        "c1 SyntaxError None, c2 NameError x",
    ),
    "one statement of Python 2 without a kernel": (("print 1", "x"), None, "c1 SyntaxError None"),
    "another language": (
        ("print 1",),
        replace(IDLE, state="not_python", language="r"),
        "",
    ),
}


@pytest.mark.parametrize("case", FORECASTS)
def test_what_a_restart_would_raise(case: str) -> None:
    sources, view, expected = FORECASTS[case]
    files = ("/work/single.py", "/lib/site-packages/single.py")
    modules = {
        "absent": ModuleAnswer("absent", False),
        "single": ModuleAnswer("single", True, files=files, own_files=files[:1]),
    }
    if view is not None:
        view = replace(view, namespace=replace(EMPTY_NAMESPACE, modules=modules, folder="/work"))
    cells = [Cell(f"c{number}", source) for number, source in enumerate(sources, 1)]
    found = assess(EMPTY_GRAPH, cells, view, NO_KERNEL_CONTEXT, NOTHING).forecast()
    errors = {"missing": "NameError", "not_installed": "ModuleNotFoundError"}
    errors |= {"syntax_error": "SyntaxError", "clobbered": "AttributeError"}
    assert ", ".join(f"{it.cell_id} {errors[it.status]} {it.name}" for it in found) == expected
