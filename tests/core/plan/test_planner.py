"""Is the plan the shortest that makes the cell run, in the right order?"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    HeldName,
    ModuleAnswer,
    Namespace,
    Run,
)
from jupyter_namespace_viz.core.plan.plan_types import Plan, Step
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.vocabulary import PlanMode
from tests.core.tools.notebooks import judged, notebook, run, value


def planned(
    sources: Sequence[str],
    target: str | None,
    mode: PlanMode = "cells",
    held: Iterable[HeldName] = (),
    namespace: Namespace | None = None,
) -> Plan:
    graph = notebook(*sources)
    namespace = namespace or Namespace(1, names={name.name: name for name in held})
    return plan_runs(judged(graph, namespace), None if target is None else [target], mode)


def steps(plan: Plan) -> str:
    """The cells to run; the names that a plan cannot bring back after a slash."""
    names = " ".join(found.name for found in plan.unresolved)
    return " ".join(step.cell_id for step in plan.steps) + (f" / {names}" if names else "")


CELLS = [
    pytest.param(("a = 1",), "c1", "", id="nothing to do"),
    pytest.param(("a = 1", "b = 2", "a"), "c3", "c1", id="only what is needed"),
    pytest.param(("a = 1", "b = a", "c = b", "c"), "c4", "c1 c2 c3", id="a chain"),
    pytest.param(("a = 1", "b = a", "c = a", "b + c"), "c4", "c1 c2 c3", id="a diamond"),
    pytest.param(("a", "a = b", "b = 1"), "c1", "c3 c2", id="providers below come in their order"),
    pytest.param(("a = 1", "a = 2", "a"), "c3", "c2", id="the nearest provider"),
    pytest.param(("a = 1", "a = a + 1", "a"), "c3", "c1 c2", id="rebinding runs all of it"),
    pytest.param(("a = 1", "def f(): return a", "f()"), "c3", "c1 c2", id="a called function"),
    pytest.param(("a = 1", "def f(): return a", "f"), "c3", "c2", id="a mentioned function"),
    pytest.param(("a = 1", "def f(): return a"), "c2", "", id="a deferred need is not needed now"),
    pytest.param(("a = 1", "if [1]: a"), "c2", "c1", id="a conditional need is met too"),
    pytest.param(("a = b", "a"), "c2", " / a b", id="a name that no cell defines"),
    pytest.param(("a", "b = a"), "c2", " / a", id="only unresolved"),
    pytest.param(("a = b", "b = a", "b"), "c3", " / a b", id="a circle"),
    pytest.param(("a = b", "b = a"), "c2", " / a", id="a circle through the target"),
    pytest.param(("a = a", "a"), "c2", " / a", id="a cell that needs itself"),
    pytest.param(("from m import *", "a"), "c2", "c1", id="a star import may bring it"),
    pytest.param(("a = 1", "b = a", "c = b", "z"), None, "c1 c2 / z", id="the whole notebook"),
    pytest.param(("def f(): return a", "a = 1\nf()"), "c2", "c1", id="bound before the call"),
]


@pytest.mark.parametrize(("sources", "target", "expected"), CELLS)
def test_cells_to_run(sources: tuple[str, ...], target: str | None, expected: str) -> None:
    assert steps(planned(sources, target)) == expected


@pytest.mark.parametrize(
    ("held", "expected"), [("", "c1 c2 c3"), ("a", "c2 c3"), ("b", "c3"), ("ab", "c3"), ("c", "")]
)
def test_live_names_are_not_made_again(held: str, expected: str) -> None:
    plan = planned(("a = 1", "b = a", "c = b", "c"), "c4", held=map(value, held))
    assert steps(plan) == expected


RUNS = [
    pytest.param("with_cell", "c3", "c1 c2 c3", id="the cell after what it misses"),
    pytest.param("with_cell", "c1", "c1", id="a cell that misses nothing"),
    pytest.param("dependents", "c1", "c1 c2 c3 c5", id="what it misses first, if it is needed"),
    pytest.param("dependents", "c3", "", id="no cell depends on it"),
    pytest.param("stale", None, "", id="nothing ran, nothing is stale"),
]


@pytest.mark.parametrize(("mode", "target", "expected"), RUNS)
def test_cells_to_run_as_the_user_wants(mode: PlanMode, target: str | None, expected: str) -> None:
    sources = ("a = 1", "b = a", "c = a + b", "d = 4", "print(b, d)")
    found = planned(sources, target, mode, held=[value("d")])
    assert steps(found) == expected


def test_what_depends_on_a_cell_runs_again_and_why() -> None:
    sources = ("a = 1", "b = a", "if c: (", "print(a, b)", "%%bash\necho")
    held = [value(name) for name in "abc"]
    assert planned(sources, "c1", "dependents", held).steps == (
        Step("c2", None, (), "Uses `a` from cell 1."),
        Step("c4", None, (), "Uses `a`, `b` from cells 1 and 2."),
    )


def test_what_is_out_of_date_runs_again_and_why() -> None:
    sources = ("a = 2", "b = a", "c = 3", "print(b, c)")
    runs = [run(1, "c1", "a = 1"), *(run(n, f"c{n}", sources[n - 1]) for n in (2, 3, 4))]
    held = {name: value(name, bound_by=one) for name, one in zip("abc", runs, strict=False)}
    namespace = Namespace(1, "started", held, {it.cell_id or "": it for it in runs})
    plan = planned(sources, None, "stale", namespace=namespace)
    assert [(step.cell_id, step.why) for step in plan.steps] == [
        ("c1", "This cell was edited after it ran."),
        ("c2", "In order, cell 1 may give `a` another value."),
        ("c4", "In order, cell 2 may give `b` another value."),
    ]


def test_a_whole_plan() -> None:
    plan = planned(("a = 1\nb = 2", "c = a + b", "c + d"), "c3")
    assert plan.steps == (
        Step("c1", None, ("a", "b"), "Defines `a`, `b`, which cell 2 needs."),
        Step("c2", None, ("c",), "Defines `c`, which cell 3 needs."),
    )
    assert [(found.name, found.reason) for found in plan.unresolved] == [
        ("d", "`d` is missing: no cell defines it.")
    ]


def test_a_circle_says_why() -> None:
    (unresolved,) = planned(("a = b", "b = a"), "c2").unresolved
    assert unresolved.reason == "Cell 1, which defines it, would raise an error too."


IMPORT = "import tensorflow as tf"


@pytest.mark.parametrize("runs", [{}, {"c1": run(1, "c1", IMPORT)}])
@pytest.mark.parametrize("mode", ["cells", "imports"])
def test_a_clobbered_name_is_imported_again(runs: dict[str, Run], mode: PlanMode) -> None:
    held = {"tf": value("tf", bound_by=run(2, "c3", "tf = 3"))}
    namespace = Namespace(1, "started", held, runs)
    sources = (IMPORT, "tf.a", "tf = 3")
    assert steps(planned(sources, "c2", mode, namespace=namespace)) == "c1"


IMPORTS = [
    pytest.param(("import a\nb = 1", "a"), {"c1": "import a"}, "", id="only the statement"),
    pytest.param(("import a as b, c", "b, c"), {"c1": "import a as b\nimport c"}, "",
                 id="several names"),
    pytest.param(("import a, b", "b"), {"c1": "import b"}, "", id="only what is needed"),
    pytest.param(("from a.b import c as d", "d"), {"c1": "from a.b import c as d"}, "", id="from"),
    pytest.param(("import a", "import b", "b, a"), {"c1": "import a", "c2": "import b"}, "",
                 id="several cells"),
    pytest.param(("import a\nimport a.b", "a.b.c"), {"c1": "import a\nimport a.b"}, "",
                 id="several imports of one name"),
    pytest.param(("from a import x\nfrom b import x", "x"), {"c1": "from b import x"}, "",
                 id="the last of several imports"),
    pytest.param(("if y: from a import x\nelse: from b import x", "x"), {}, "x",
                 id="in branches"),
    pytest.param(("try:\n    import a as x\nexcept ImportError:\n    import b as x", "x"), {}, "x",
                 id="alternatives: which one is not known"),
    pytest.param(("from m import *", "x"), {"c1": "from m import *"}, "", id="a star import"),
    pytest.param(("from m import *\nfrom n import *", "x"),
                 {"c1": "from m import *\nfrom n import *"}, "", id="star imports"),
    pytest.param(("%run other.py", "x"), {}, "", id="a file that is run is no import"),
    pytest.param(("%pylab", "x"), {"c1": "from matplotlib.pylab import *"}, "", id="pylab"),
    pytest.param(("a = 1", "a"), {}, "", id="other names are not its business"),
    pytest.param(("import a", "b = a.c", "b"), {}, "", id="nor are cells further up"),
    pytest.param(("import a", "def f(): return a", "f()"), {"c1": "import a"}, "",
                 id="read by a called function"),
    pytest.param(("a", "import a"), {"c2": "import a"}, "", id="imported further down"),
    pytest.param(("import a\na = 1", "a"), {}, "", id="overwritten in its cell"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "codes", "unresolved"), IMPORTS)
def test_imports_to_run(sources: tuple[str, ...], codes: dict[str, str], unresolved: str) -> None:
    graph = notebook(*sources)
    target = next(c.id for c in reversed(graph.cells) if not graph.names[c.id].imports)
    plan = planned(sources, target, "imports")
    assert {step.cell_id: step.code for step in plan.steps} == codes
    assert " ".join(found.name for found in plan.unresolved) == unresolved


def test_a_whole_import_plan() -> None:
    plan = planned(("import a, b\nx = 1", "b, a", "a"), None, "imports")
    why = "Imports `a`, `b`, which cells 2 and 3 need."
    assert plan.steps == (Step("c1", "import a\nimport b", ("a", "b"), why),)
    assert plan.unresolved == ()


def test_a_module_that_is_not_installed_cannot_be_imported() -> None:
    namespace = Namespace(1, modules={"m": ModuleAnswer("m", False)})
    for mode in ("cells", "imports"):
        plan = planned(("import m", "m.x"), "c1", mode, namespace=namespace)
        assert steps(plan) == " / m"
        assert plan.unresolved[0].reason == ("`m` is not installed in the kernel's environment.")
        plan = planned(("import m", "m.x", "import n", "m, n"), "c4", mode, namespace=namespace)
        assert steps(plan) == "c3 / m"
        assert plan.unresolved[0].reason == (
            "`m` is missing, and cell 1 cannot import it: "
            "`m` is not installed in the kernel's environment."
        )


def test_an_import_that_falls_back_can_be_run_where_the_module_is_not_installed() -> None:
    namespace = Namespace(1, modules={"m": ModuleAnswer("m", False)})
    sources = ("try:\n    import m\nexcept ImportError:\n    import n as m", "m.x")
    assert steps(planned(sources, "c2", "cells", namespace=namespace)) == "c1"


# Really run: notebooks of random cells, from every state that running some of them leaves.


def random_notebook(chance: random.Random, unique: bool) -> list[str]:
    """Straight cells; each defines one of few names and needs some of the others."""
    names = "abcdef"[: chance.randint(2, 6)]
    defined = list(names) if unique else chance.choices(names, k=chance.randint(2, 6))
    chance.shuffle(defined)
    return [
        f"{name} = {' + '.join(['1', *chance.sample(names, chance.choice([0, 0, 1, 1, 2]))])}"
        for name in defined
    ]


def runs_through(sources: Sequence[str], order: Iterable[int], names: dict[str, object]) -> bool:
    """Whether the cells run in this order; `names` is what they leave."""
    try:
        for position in order:
            exec(sources[position], names)
    except NameError:
        return False
    return True


def shortest(sources: Sequence[str], held: dict[str, object], target: int) -> int | None:
    """How few cells make the target run, by trying all orders; None when none does."""
    others = [position for position in range(len(sources)) if position != target]
    for count in range(len(sources)):
        for order in permutations(others, count):
            if runs_through(sources, [*order, target], dict(held)):
                return count
    return None


def index_of(graph: DependencyGraph, plan: Plan) -> list[int]:
    return [graph.index_of[step.cell_id] for step in plan.steps]


@pytest.mark.parametrize("unique", [True, False])
@pytest.mark.parametrize("seed", range(60))
def test_a_plan_is_the_shortest_that_runs(seed: int, unique: bool) -> None:
    chance = random.Random(seed)
    sources = random_notebook(chance, unique)
    graph = notebook(*sources)
    held: dict[str, object] = {}
    for position in chance.sample(range(len(sources)), chance.randint(0, len(sources) // 2)):
        runs_through(sources, [position], held)
    held.pop("__builtins__", None)
    namespace = Namespace(1, names={name: value(name) for name in held})
    verdicts = judged(graph, namespace)
    for target, verdict in enumerate(verdicts.cells):
        plan = plan_runs(verdicts, [verdict.id], "cells")
        order = index_of(graph, plan)
        assert len(set(order)) == len(order)
        assert target not in order
        if not plan.unresolved:
            assert runs_through(sources, [*order, target], dict(held)), (sources, held, order)
        if unique:  # else the nearest provider may need more than another one: it is the right one
            best = shortest(sources, held, target)
            assert (len(order) if not plan.unresolved else None) == best, (sources, held, target)


def test_without_a_kernel_every_cell_can_be_planned() -> None:
    graph = notebook("a = 1", "b = a", "b")
    plan = plan_runs(judged(graph, EMPTY_NAMESPACE), None, "cells")
    assert steps(plan) == "c1 c2"
