"""Which names does a cell bind or change by calling functions of other cells?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.function_effects import BodyRead, FunctionEffects
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.enrichment.call_effects import CallEffects, effects_of_calls
from tests.core.tools.notebooks import notebook, words

COUNT = "def count():\n    global n\n    n = 1"
ADD = "def add(): rows.append(1)"
CLEAN = "def clean(df): df['x'] = 1"

EFFECTS: dict[str, tuple[tuple[str, ...], str, str]] = {
    # the cells; what the last one defines, what it mutates
    "a global that is assigned": ((COUNT, "count()"), "n?", ""),
    "by a function that is only mentioned": ((COUNT, "f = count"), "f", ""),
    "by a function that is passed on": ((COUNT, "x.apply(count)"), "n?", ""),
    "by a function that calls it": ((COUNT, "def twice(): count()", "twice()"), "n?", ""),
    "by the cell itself as well": ((COUNT, "n = 0\ncount()"), "n", ""),
    "by a function below": (("count()", COUNT), "count", ""),
    "before it is defined": ((COUNT, "count()", "x = 1"), "x", ""),
    "by a function that is gone": ((COUNT, "count = len", "count('')"), "", ""),
    "by a function that was defined again": ((COUNT, "def count(): pass", "count()"), "", ""),
    "an object that is changed in place": ((ADD, "add()"), "", "rows"),
    "by a function that calls another": ((ADD, "def both(): add()", "both()"), "", "rows"),
    "what the function is given": ((CLEAN, "clean(data)"), "", "data"),
    "a part of something": ((CLEAN, "clean(data.parts[0])"), "", "data"),
    "what it is given by name": ((CLEAN, "clean(df=data)"), "", "data"),
    "what it only looks at": (("def head(df): return df.head()", "head(data)"), "", ""),
    "what it is given unpacked": ((CLEAN, "clean(*data)"), "", ""),
    "a method of a class": (("class C:\n def m(self): rows.append(1)", "C().m()"), "", "rows"),
}


@pytest.mark.parametrize("case", EFFECTS)
def test_the_effects_of_a_call_of(case: str) -> None:
    sources, defines, mutates = EFFECTS[case]
    names = notebook(*sources).names_at(len(sources) - 1)
    found = words(it.name + "?" * (not it.certain) for it in names.definitions)
    assert found == defines
    assert words(sorted(names.mutated)) == mutates


def test_functions_that_call_each_other() -> None:
    draws = frozenset({RandomNumbers.PYTHON})
    functions = {
        "f": FunctionEffects("f", (BodyRead("g", True, True),), assigned_globals=("a",)),
        "g": FunctionEffects("g", (BodyRead("f", True, True), BodyRead("h", True, False)), ("b",)),
        "h": FunctionEffects("h", (), ("c",), mutated_globals=("t",), draws=draws),
    }

    def effects(source: str) -> CallEffects:
        return effects_of_calls(read_cell(source), functions.get)

    nothing: frozenset[str] = frozenset()
    assert effects("f()") == CallEffects(frozenset("ab"), nothing, frozenset())
    assert effects("h()") == CallEffects(frozenset("c"), frozenset("t"), draws)
    assert effects("f(); h()") == CallEffects(frozenset("abc"), frozenset("t"), draws)
    assert effects("other()") == CallEffects(nothing, nothing, frozenset())
