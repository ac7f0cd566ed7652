"""Which calls does a function refuse, before its body runs?"""

from __future__ import annotations

import ast
import inspect

import pytest

from jupyter_namespace_viz.core.analysis.calls.signatures import refuses, shape_of
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from tests.core.tools.notebooks import environment_without, notebook

PARAMETERS = [
    "", "a", "a, b", "a, b=1", "a=1, b=2", "a, /, b", "a, *, b", "a, *, b=1", "*a", "a, *b",
    "**a", "a, **b", "a, /, **b", "a, *b, c, d=1, **e",
]  # fmt: skip
CALLS = ["", "1", "1, 2", "1, 2, 3", "a=1", "b=1", "1, b=1", "1, a=1", "1, c=1", "a=1, b=2", "x=1"]


@pytest.mark.parametrize("parameters", PARAMETERS)
def test_a_function_refuses_what_python_refuses(parameters: str) -> None:
    source = f"def f({parameters}): pass"
    value = read_cell(source).function_of("f")
    held: dict[str, object] = {}
    exec(source, held)
    for arguments in CALLS:
        call = ast.parse(f"f({arguments})", mode="eval").body
        assert isinstance(call, ast.Call)
        try:
            inspect.signature(held["f"]).bind(  # type: ignore[arg-type]
                *(1 for _ in call.args), **{str(it.arg): 1 for it in call.keywords}
            )
        except TypeError:
            is_refused = True
        else:
            is_refused = False
        assert refuses(value, [shape_of(call)]) == is_refused, arguments


RUNS = {
    "of the cell": (("def f(a): x\nf()\nb = 1", "b"), "c2 b"),
    "of another cell": (("def f(a): x", "f()"), ""),
    "a class": (("class A:\n    def __init__(self, a): x", "A()", "A(1)"), "c3 x"),
    "a class with a base": (("class A(B):\n    def __init__(self, a): x", "A()"), "c1 B, c2 A"),
    "one call of two": (("def f(a): x", "try: f()\nexcept TypeError: f(1)"), "c2 x"),
    "arguments that are not shown": (("def f(a): x", "f(*())"), "c2 x"),
    "a decorated function": (("def d(f): return lambda: f(1)\n@d\ndef f(a): x", "f()"), "c2 x"),
    "a function that is given away": (("def f(a): x", "list(map(f, [1]))"), "c2 x"),
}  # fmt: skip


@pytest.mark.parametrize("case", RUNS)
def test_what_runs_then(case: str) -> None:
    sources, expected = RUNS[case]
    found = forecast(notebook(*sources), environment_without())
    said = [f"{it.cell_id} {it.name}{'' if it.certain else '?'}" for it in found]
    assert ", ".join(said) == expected
