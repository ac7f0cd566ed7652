"""Which names are there before any cell has run?"""

from __future__ import annotations

import builtins

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined


@pytest.mark.parametrize("name", [*dir(builtins), "__name__", "In", "Out", "_oh", "_dh"])
def test_a_builtin_or_a_name_of_ipython(name: str) -> None:
    assert is_predefined(name)


@pytest.mark.parametrize("name", ["_", "__", "___", "_1", "_23", "_i", "_ii", "_iii", "_i1"])
def test_the_results_and_the_texts_of_former_cells(name: str) -> None:
    assert is_predefined(name)


@pytest.mark.parametrize("name", ["x", "np", "____", "_x", "_1x", "__init__", "in", ""])
def test_a_name_that_some_cell_must_bind(name: str) -> None:
    assert not is_predefined(name)


def test_the_builtins_may_be_those_of_another_python() -> None:
    assert is_predefined("print", frozenset({"print"}))
    assert not is_predefined("print", frozenset({"len"}))
    assert is_predefined("In", frozenset())


def test_all_names_of_a_new_shell_are_given() -> None:
    shell = InteractiveShell()
    shell.run_cell("None", store_history=False)
    assert [name for name in shell.user_ns if not is_predefined(name)] == []
