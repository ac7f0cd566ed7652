"""Is what the kernel holds under a name what its provider would give?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    HeldName,
    ModuleAnswer,
)
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from tests.core.notebooks import (
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
