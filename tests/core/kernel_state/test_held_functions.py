"""What do the functions read that the kernel holds now?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.values import in_order
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.held_functions import defining_source, held_functions
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from tests.core.tools.notebooks import kernel, module, notebook, run

OF_C1 = run(1, "c1", "def f(): return old")


def function(name: str, text: str | None, cell_id: str | None = "c1") -> HeldName:
    """A function of the user's own, which this text defined."""
    bound_by = None if text is None else run(1, cell_id, text)
    return HeldName(name, "function", "function", "__main__", bound_by=bound_by)


HELD: dict[str, tuple[tuple[str, ...], list[HeldName], str | None, int]] = {
    # the cells, what is held, the names that `f` reads when it is called, the index of its cell
    "as its cell has it": (
        ("def f(): return x",), [function("f", "def f(): return x")], "x", 0
    ),
    "its cell was edited": (
        ("def f(): return new",), [function("f", "def f(): return old")], "old", 0
    ),
    "its cell was deleted": (
        ("f()",), [function("f", "def f(): return old", "gone")], "old", -1
    ),
    "of a console": (
        ("f()",), [function("f", "def f(): return x", None)], "x", -1
    ),
    "another cell would give another": (
        ("1", "def f(): return new"), [function("f", "def f(): return old")], "old", 0
    ),
    "bound unseen": (
        ("def f(): return x",), [function("f", None)], "x", 0
    ),
    "not held yet": (("def f(): return x",), [], "x", 0),
    "no function of that name anywhere": (("f()",), [], None, -1),
    "imported": (
        ("try: from m import f\nexcept ImportError:\n def f(): return x",),
        [HeldName("f", "function", "function", "m", bound_by=OF_C1)], None, 0
    ),
    "decorated by a module": (
        ("from m import timed\n@timed\ndef f(): return x",),
        [HeldName("f", "function", "function", "m",
                  bound_by=run(1, "c1", "from m import timed\n@timed\ndef f(): return x"))], "x", 0
    ),
    "a module": (("import f",), [module("f", bound_by=OF_C1)], None, 0),
    "bound by a text without it": (("x = f",), [function("f", "f = made()")], None, 0),
}  # fmt: skip


@pytest.mark.parametrize("case", HELD)
def test_a_function(case: str) -> None:
    sources, held, reads, index = HELD[case]
    graph, namespace = notebook(*sources, "f()"), kernel(*held)
    binders = held_functions(graph, namespace, LastRuns(graph, namespace))
    look_up = binders.look_up or graph.binder_at
    found, found_at = look_up("f", len(sources))
    assert found_at == index
    function = None if found is None else found.function_of("f")
    assert (None if function is None else " ".join(use.name for use in function.uses)) == reads


def test_what_is_known_of_the_cells_in_order_is_used_while_no_run_has_bound_a_name() -> None:
    graph = notebook("def f(): return x", "f()")
    restarted = kernel(function("f", None))
    assert held_functions(graph, restarted, LastRuns(graph, restarted)) is in_order(graph)


def test_the_text_that_defined_a_function() -> None:
    assert defining_source(function("f", "def f(): pass")) == "def f(): pass"
    assert defining_source(function("f", None)) is None
    assert defining_source(module("m", bound_by=OF_C1)) is None
    of_module = HeldName("f", "function", "function", "m", bound_by=OF_C1)
    assert defining_source(of_module) is None
    of_class = HeldName("C", "class", "type", "__main__", bound_by=run(1, "c1", "class C: pass"))
    assert defining_source(of_class) == "class C: pass"
