"""Is what is said of each cell true on random walks through random notebooks?

Before each run: a cell said to raise NameError does, and no other does for certain; a cell said to
have failed raises the same again. In the end: what a cell said to be fresh bound is what it binds
when the notebook runs in order; and when the stale cells run as planned, none is left. While it
runs in order, none is stale.
"""

from __future__ import annotations

import ast
import random
from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jupyter_namespace_viz.core.kernel_state.namespace import Run
from tests.core.tools.played_kernel import PlayedKernel

STATEMENTS = [
    "a = [1]", "a = [2]", "b = [3]", "b = list(a)", "c = list(b)", "a = a + [4]", "a += [5]",
    "a.append(6)", "b.append(7)", "del a", "del b", "c = a + b", "if len(a) > 1: b = [8]",
    "if len(b) > 1: b.append(9)", "def f(): return list(a)", "def f(): return [0]", "b = f()",
    "def g(): return f() + [1]", "c = g()", "for a in [[1], [2]]: c = a", "import math as m",
    "m = 3", "b = [m.pi]", "try:\n    c = list(b)\nexcept NameError:\n    c = []",
    "c = [x for x in a]", "k = 1", "k = k + 1", "k += 2", "c = [k]",
    "def f():\n    global k\n    k = 5\n    return [k]",
    "def h():\n    a.append(3)\nh()", "def h():\n    b.append(3)", "h()", "k = 1000",
    "def f(n=7): return [n]", "f.n = 1", "def g(n=[]):\n    n.append(1)\n    return list(n)",
    "def d(it): it.append(8)", "d(a)", "d(it=b)", "def d(it):\n    it = it + [1]\n    it.append(8)",
    "import random\nrandom.seed(1)", "import random\nrandom.seed(2)", "k = 1\nrandom.seed(k)",
    "a = [random.random()]", "b = [random.random(), random.random()]", "c = r()",
    "def r(): return [random.random()]",
]  # fmt: skip


def as_cell(statements: list[str]) -> str:
    """A cell of these statements; what it deletes it does not use afterwards (a known limit)."""
    return "\n".join(sorted(statements, key=lambda statement: statement.startswith("del")))


TEXTS = st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=2, unique=True).map(as_cell)
NOTEBOOKS = st.lists(TEXTS, min_size=2, max_size=6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.integers(0, 5)),
        st.tuples(st.just("run"), st.integers(0, 5)),
        st.tuples(st.just("next"), st.just(0)),
        st.tuples(st.just("next"), st.just(0)),
        st.tuples(st.just("edit"), st.integers(0, 5), TEXTS),
        st.tuples(st.just("delete"), st.integers(0, 5)),
        st.tuples(st.just("insert"), st.integers(0, 5), TEXTS),
        st.tuples(st.just("split"), st.integers(0, 5)),
        st.tuples(st.just("merge"), st.integers(0, 5)),
        st.tuples(st.just("console"), st.just(0), TEXTS),
        st.tuples(st.just("restart"), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)

Held = dict[str, tuple[Run, str]]
"""What is held and can be compared, as text, by name with the run that bound it."""


def walk(notebook: list[str], steps: list[tuple]) -> str:
    """Walks, and checks; returns the walk in words."""
    kernel = PlayedKernel(*notebook)
    after: dict[int, Held] = {}
    place = -1
    log = [f"# {number}\n{text}" for number, text in enumerate(notebook, 1)]
    for what, number, *rest in steps:
        ids = list(kernel.cells)
        place = (place + 1 if what == "next" else number) % len(ids)
        cell = ids[place]
        log.append(f"{what} {cell} {rest}")
        if what in {"run", "next"}:
            verdict = kernel.verdict().cells[place]
            error = kernel.run(cell)
            raised = isinstance(error, NameError)
            may_raise = any(n.status == "missing" and not n.certain for n in verdict.needs)
            is_other = error is not None and not raised  # and came before what was foretold
            if not is_other and (verdict.would_raise or not may_raise):
                assert verdict.would_raise == raised, (log, verdict, error)
            if verdict.status == "failed":
                assert verdict.error == type(error).__name__, (log, verdict, error)
            after[kernel.namespace.runs[cell].serial] = comparable(kernel)
        elif what == "edit":
            kernel.edit(cell, rest[0])
        elif what == "delete" and len(ids) > 1:
            kernel.delete(cell)
        elif what == "insert":
            kernel.insert(place, rest[0])
        elif what == "split" and len(statements := ast.parse(kernel.cells[cell]).body) > 1:
            kernel.split(cell, statements[0].end_lineno or 1)
        elif what == "merge" and place + 1 < len(ids):
            kernel.merge(ids[place : place + 2])
        elif what == "console":
            kernel.run_text(rest[0], "k1")
        elif what == "restart":
            kernel.restart()
    check_fresh(kernel, after, "\n".join(log))
    if not any(raised for _, raised in in_order(kernel)):  # else no run may help
        planned = [step.cell_id for step in kernel.plan(None, "stale").steps]
        assert not any(map(kernel.run, planned)), ("\n".join(log), kernel.cells, planned)
        stale = [it for it in kernel.verdict().cells if it.status == "stale"]
        assert not stale, ("\n".join(log), kernel.cells, planned, stale)
    return "\n".join(log)


def check_fresh(kernel: PlayedKernel, after: dict[int, Held], log: str) -> None:
    """Checks that fresh cells bound what they bind in order; `after` has what was held after each
    run.
    """
    verdict = kernel.verdict()
    assert verdict.judge is not None
    one, other = in_order(kernel), in_order(kernel)
    cells: dict[Run, list[int]] = {}  # by run, those that ran as one
    with_stale = set()
    for index, cell in enumerate(verdict.cells):
        run = verdict.judge.runs.of(index)
        if run is None:
            continue
        key = replace(run, cell_id=None, source="")
        cells.setdefault(key, []).append(index)
        if cell.status == "fresh":
            assert not one[index][1], (log, kernel.cells, index)
        else:
            with_stale.add(key)
    for run in cells.keys() - with_stale:
        serials, ids = {run.serial, *run.earlier}, {verdict.cells[it].id for it in cells[run]}
        last, again = one[cells[run][-1]][0], other[cells[run][-1]][0]
        # What no run gives again tells nothing, and of the same small number that is bound again it
        # is not seen that it is.
        known = {it for it in last if last[it] == again.get(it)}
        expected = {it: last[it][1] for it in known if last[it][0] in ids}
        got = {it: text for it, (by, text) in after[run.serial].items() if by.serial in serials}
        # The last part of a run that was split may have been edited, or run again.
        parts = {it: verdict.judge.runs.origin(run, it).index for it in got}
        names = {it for it in got.keys() & expected.keys() if parts[it] in {None, *cells[run]}}
        assert {it: got[it] for it in names} == {it: expected[it] for it in names}, (
            log, kernel.cells, run,
        )  # fmt: skip


def in_order(kernel: PlayedKernel) -> list[tuple[dict[str, tuple[str | None, str]], bool]]:
    """What is held after each cell when they run from top to bottom, with random numbers of their
    own: the texts, by name with the cell that bound it; and whether the cell raised.
    """
    random.seed()
    played = PlayedKernel()
    found = []
    for cell, source in kernel.cells.items():
        error = played.run_text(source, cell)
        held = {name: (by.cell_id, text) for name, (by, text) in comparable(played).items()}
        found.append((held, error is not None))
    return found


def comparable(kernel: PlayedKernel) -> Held:
    """What is held now."""
    names = kernel.namespace.names.items()
    bound = {name: held.bound_by for name, held in names if held.bound_by}
    values = {name: it for name, it in kernel.held.items() if not callable(it)}
    return {name: (bound[name], repr(it)) for name, it in values.items() if name in bound}


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(NOTEBOOKS, STEPS)
def test_random_walks(notebook: list[str], steps: list[tuple]) -> None:
    walk(notebook, steps)


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(NOTEBOOKS)
def test_in_order_nothing_is_stale(notebook: list[str]) -> None:
    kernel = PlayedKernel(*notebook)
    for cell in kernel.cells:
        if kernel.run(cell) is not None:
            return  # what follows may have got something else than it would have
        stale = [it for it in kernel.verdict().cells if it.status == "stale"]
        assert not stale, (kernel.cells, cell, stale)
