"""Is what the kernel holds under a name what its provider would give?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer, Run
from jupyter_namespace_viz.core.plan.runnable_cells import repairs_of
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from tests.core.tools.notebooks import (
    kernel,
    module,
    notebook,
    run,
    value,
    verdict,
)

TF, USE = "import tensorflow as tf", "print(tf.__version__)"


CLOBBERED = [
    pytest.param(value("tf", bound_by=run(2, "c3", "tf = 3")), "cell 3 set it to an `int`",
                 id="an int"),
    pytest.param(HeldName("tf", "function", "function"),
                 "unknown code set it to a function", id="a function"),
    pytest.param(HeldName("tf", "class", "type", bound_by=run(2, None, "…")),
                 "code outside the notebook set it to a class", id="a class"),
    pytest.param(module("tf", "torch", run(2, "gone", "…")),
                 "a deleted cell set it to the module `torch`", id="another module"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "what"), CLOBBERED)
def test_a_clobbered_module(held: HeldName, what: str) -> None:
    known = [ModuleAnswer("tensorflow", True, "tensorflow")]
    namespace = kernel(held, modules=known, runs=[run(1, "c1", TF)])
    message = f"`tf` should be the module `tensorflow`, but {what}."
    need = Need(
        "tf", "clobbered", "immediate", True, None, "clobbered", "c1", message, True, 1
    )  # fmt: skip
    assert verdict(notebook(TF, USE, "tf = 3"), namespace, 2) == CellVerdict(
        "c2", "at_risk", (need,), message=message
    )


OTHER_IMPORTS: dict[str, tuple[list[Run], str]] = {
    # the last runs, where a cell above the import binds another module; the need
    "it has not run": (
        [run(1, "c1", "import a.k as k")],
        "stale other_import c2 `k` is the module `a.k`, from cell 1; in order it comes from "
        "`import b.k as k` in cell 2, which has not run.",
    ),
    "it was edited": (
        [run(1, "c1", "import a.k as k"), run(2, "c2", "1")],
        "stale other_import c2 `k` is the module `a.k`, from cell 1; in order it comes from "
        "`import b.k as k` in cell 2, which was edited and has not run since.",
    ),
    "it failed": (
        [run(1, "c1", "import a.k as k"), run(2, "c2", "import b.k as k", succeeded=False)],
        "stale other_import c2 `k` is the module `a.k`, from cell 1; in order it comes from "
        "`import b.k as k` in cell 2, which failed when it last ran.",
    ),
    "it ran before": (
        [run(2, "c2", "import b.k as k"), run(3, "c1", "import a.k as k")],
        "clobbered clobbered c2 `k` should be the module `b.k`, but cell 1 set it to the module "
        "`a.k`.",
    ),
}


@pytest.mark.parametrize("case", OTHER_IMPORTS)
def test_a_name_that_two_cells_import(case: str) -> None:
    runs, expected = OTHER_IMPORTS[case]
    bound_by = next(one for one in runs if one.cell_id == "c1")
    known = [ModuleAnswer("a.k", True, "a.k"), ModuleAnswer("b.k", True, "b.k")]
    namespace = kernel(module("k", "a.k", bound_by), runs=runs, modules=known)
    found = verdict(notebook("import a.k as k", "import b.k as k", "k.f()"), namespace, 3)
    needs = [f"{it.status} {it.reason} {it.provider} {it.message}" for it in found.needs]
    assert needs == [expected]
    assert (found.status, repairs_of(found, ())) == ("at_risk", ["cells", "imports"])


@pytest.mark.parametrize(("bound", "expected"), [(1, "other_import"), (3, "clobbered")])
def test_one_of_two_cells_ran_and_the_name_is_another_module(bound: int, expected: str) -> None:
    bound_by = run(bound, "c1", "import a.k as k")
    one_of = replace(run(2, None, "import b.k as k", False), may_be_of=("c2", "c4"))
    known = [ModuleAnswer("a.k", True, "a.k"), ModuleAnswer("b.k", True, "b.k")]
    namespace = kernel(module("k", "a.k", bound_by), runs=[bound_by, one_of], modules=known)
    cells = notebook("import a.k as k", "import b.k as k", "k.f()", "import b.k as k")
    (need,) = verdict(cells, namespace, 3).needs
    assert need.reason == expected
    assert need.reason == "clobbered" or "which one is not known" in str(need.message)


@pytest.mark.parametrize(
    ("sources", "held"),
    [
        pytest.param(("import os.path as p", "p"), module("p", "posixpath"), id="real name"),
        pytest.param(("import never_asked as p", "p"), module("p", "x"), id="nobody asked"),
        pytest.param(("from os import path as p", "p"), value("p"), id="not known to be a module"),
        pytest.param(("p = 3", "p"), value("p"), id="no import"),
        pytest.param(("import os.path as p", "p = 3", "p"), value("p"), id="rebound on purpose"),
        pytest.param(
            ("try:\n    import cupy as p\nexcept ImportError:\n    import os.path as p", "p"),
            module("p", "cupy"), id="one of two imports",
        ),
    ],
)  # fmt: skip
def test_not_clobbered(sources: tuple[str, ...], held: HeldName) -> None:
    asked = [ModuleAnswer("os.path", True, "posixpath"), ModuleAnswer("cupy", True, "cupy")]
    needs = verdict(notebook(*sources), kernel(held, modules=asked), len(sources)).needs
    assert [(need.name, need.status) for need in needs] == [("p", "live")]


EARLIER = run(1, "c1", "x = [1]")

STALE_AND_GHOSTS: dict[str, tuple[tuple[str, ...], HeldName, list[Run], str]] = {
    # the cells, of which `x` needs `x`; what is held; the last runs; status, reason, provider
    "live": (("x = [1]", "x"), value("x", bound_by=EARLIER), [EARLIER], "live None c1"),
    "its cell was edited": (
        ("x = [2]", "x"), value("x", bound_by=EARLIER), [EARLIER], "stale provider_edited c1",
    ),
    "its cell was edited beside the same literal": (
        ("x = 1; y", "x"), value("x", bound_by=run(1, "c1", "x = 1")), [run(1, "c1", "x = 1")],
        "live None c1",
    ),
    "its cell failed since": (
        ("x = [1]", "x"), value("x", bound_by=EARLIER),
        [run(2, "c1", "x = [1]", succeeded=False)], "stale provider_failed c1",
    ),
    "bound by a console": (
        ("x = [1]", "x"), value("x", bound_by=run(2, None, "x = 7")), [EARLIER],
        "stale bound_elsewhere c1",
    ),
    "bound by another cell than the nearest": (
        ("x = [1]", "x = [2]", "x"), value("x", bound_by=EARLIER), [EARLIER], "live None c1",
    ),
    "its cell was deleted": (
        ("y", "x"), value("x", bound_by=run(1, "gone", "x = [1]")), [], "ghost cell_deleted None",
    ),
    "its cell was deleted, and a cell below defines it": (
        ("y", "x", "x = [2]"), value("x", bound_by=run(1, "gone", "x = [1]")), [],
        "ghost cell_deleted None",
    ),
    "its cell defines it no more": (
        ("y = 1", "x"), value("x", bound_by=EARLIER), [EARLIER], "ghost provider_edited None",
    ),
    "only a console bound it": (
        ("y", "x"), value("x", bound_by=run(1, None, "x = 1")), [], "ghost no_provider None",
    ),
    "bound unseen, and no cell defines it": (
        ("y", "x"), value("x"), [], "ghost no_provider None",
    ),
    "bound unseen": (("x = 1", "x"), value("x"), [], "live None c1"),
    "a startup file bound it": (
        ("y", "x"), HeldName("x", "instance", "int", initial=True), [], "live None None",
    ),
    "a star import may give it": (("from m import *", "x"), value("x"), [], "live None None"),
    "a text that does not parse would": (("x = (", "x"), value("x"), [], "live None None"),
}  # fmt: skip


@pytest.mark.parametrize("case", STALE_AND_GHOSTS)
def test_a_held_name(case: str) -> None:
    sources, held, runs, expected = STALE_AND_GHOSTS[case]
    number = max(index for index, source in enumerate(sources, 1) if source == "x")
    needs = verdict(notebook(*sources), kernel(held, runs=runs), number).needs
    assert [f"{it.status} {it.reason} {it.provider}" for it in needs] == [expected]
