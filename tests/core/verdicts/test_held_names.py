"""Is what the kernel holds under a name what its provider would give?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer, Run
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
    pytest.param(value("tf", bound_by=run(2, "c3", "tf = 3")), "cell 3 made it of type `int`",
                 id="an int"),
    pytest.param(HeldName("tf", "function", "function"),
                 "code that was not seen made it a function", id="a function"),
    pytest.param(HeldName("tf", "class", "type", bound_by=run(2, None, "…")),
                 "code from outside the notebook made it a class", id="a class"),
    pytest.param(module("tf", "torch", run(2, "gone", "…")),
                 "a cell that is gone made it the module `torch`", id="another module"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "what"), CLOBBERED)
def test_a_clobbered_module(held: HeldName, what: str) -> None:
    namespace = kernel(held, modules=[ModuleAnswer("tensorflow", True, "tensorflow")])
    message = f"`tf` should be the module `tensorflow`, but {what}."
    need = Need(
        "tf", "clobbered", "immediate", True, None, "clobbered", "c1", message, True, 1
    )  # fmt: skip
    assert verdict(notebook(TF, USE, "tf = 3"), namespace, 2) == CellVerdict(
        "c2", "at_risk", (need,), message=message
    )


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
    # the cells, the last of which needs `x`; what is held; the last runs; status, reason, provider
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
    needs = verdict(notebook(*sources), kernel(held, runs=runs), len(sources)).needs
    assert [f"{it.status} {it.reason} {it.provider}" for it in needs] == [expected]
