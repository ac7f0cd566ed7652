"""Which value does a name have when a cell runs?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.origins import Known, OuterName, Step
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.graph.values import ValuesAt, in_order
from tests.core.tools.notebooks import notebook


def values_at(index: int, *sources: str) -> ValuesAt:
    """The values for the cell at `index`."""
    graph = notebook(*sources)
    return ValuesAt(graph, index, in_order(graph))


def test_the_value_that_another_cell_has_bound() -> None:
    values = values_at(2, "import numpy as np", "def f(): pass", "f(np)")
    assert values.of("np") == Known("numpy")
    assert isinstance(values.of("f"), FunctionEffects)
    assert values.binders == {"np": 0, "f": 1}
    assert values.of("len") == Known("builtins.len")
    assert values.of("nothing") is None


def test_the_cells_own_value_counts_after_its_line() -> None:
    values = values_at(1, "def f(): pass", "g()\nimport f\ng()")
    assert isinstance(values.of("f"), FunctionEffects)
    values.line = 3
    assert values.of("f") == Known("f")
    assert values.is_bound_before("f")
    assert not values.is_bound_before("g")


def test_a_name_that_all_branches_bind_counts_as_bound() -> None:
    values = values_at(0, "if a: b = 1\nelse: b = 2")
    assert values.is_bound_before("b")


def test_a_value_is_made_of_what_the_names_were_before_its_cell() -> None:
    values = values_at(2, "a = b", "a = a.x", "a.y")
    assert values.of("a") == Step(OuterName("a", 1), ".x")
    assert values.of(OuterName("a", 1)) == OuterName("b", 0)
    assert values.of(OuterName("b", 0)) is None


def test_only_functions_and_objects_of_the_notebook_run_anything() -> None:
    values = values_at(
        3, "import pandas as pd\ndef f(): pass", "df = pd.read_csv('a')", "g = f", "1"
    )
    assert not values.may_run_function(Step("df", ".size"))
    assert not values.may_run_function(Step("nothing", ".size"))
    assert values.may_run_function(Step("g", "()"))
    assert values.may_run_function(Step(Step("df", ".map"), "()", ((0, "f"),)))


def test_a_value_that_comes_from_itself_runs_nothing() -> None:
    values = values_at(1, "a = a.b()", "a.c")
    assert not values.may_run_function(Step("a", ".c"))


def test_a_value_is_followed_through_all_cells_of_a_notebook() -> None:
    chain = [f"a{n} = a{n - 1}" for n in range(1, 2000)]
    graph = notebook("def a0(): pass", *chain, "b0 = 1", *(it.replace("a", "b") for it in chain))
    last = len(graph.cells)
    for index in (1999, 2, last - 1):
        values = ValuesAt(graph, index, in_order(graph))
        assert values.may_run_function(Step(OuterName("a1"), "()"))
    assert not ValuesAt(graph, last - 1, in_order(graph)).may_run_function(Step("b1998", "()"))
