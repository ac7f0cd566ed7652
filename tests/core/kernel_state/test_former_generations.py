"""What is remembered of a kernel's names once its process has ended?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.former_generations import (
    MOST_LOST,
    FormerGenerations,
)
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from tests.core.tools.notebooks import module, run, value

NOTHING = FormerGenerations()


def ended(before: FormerGenerations, *held: HeldName, **stars: str) -> FormerGenerations:
    """What is remembered after a process ended that held these names and had these star imports."""
    star_names = {name: frozenset(names) for name, names in stars.items()}
    return before.with_ended({it.name: it for it in held}, star_names, read_cell)


def test_what_was_held_is_lost() -> None:
    found = ended(NOTHING, value("x"), module("os"))
    assert (found.lost, found.lost_modules) == ({"x", "os"}, {"os"})


def test_what_is_bound_again_is_lost_no_more() -> None:
    before = ended(NOTHING, value("x"), module("os"))
    found = before.with_bound(["os", "y"])
    assert (found.lost, found.lost_modules) == ({"x"}, frozenset())
    assert found.with_bound(["y"]) is found


def test_what_was_lost_before_stays_lost() -> None:
    found = ended(ended(NOTHING, value("x"), module("os")), value("y"))
    assert (found.lost, found.lost_modules) == ({"x", "y", "os"}, {"os"})


def test_a_name_that_was_a_module_and_is_none_any_more() -> None:
    found = ended(ended(NOTHING, module("os")), value("os"))
    assert (found.lost, found.lost_modules) == ({"os"}, frozenset())


def test_few_of_a_million_names_are_remembered() -> None:
    found = ended(NOTHING, *(value(f"x_{number}") for number in range(MOST_LOST + 1)))
    assert len(found.lost) == MOST_LOST


def test_what_cells_bound_without_showing_it_is_remembered() -> None:
    cell, other = run(1, "c1", "f()"), run(2, None, "g()")
    found = ended(NOTHING, value("x", bound_by=cell), value("y", bound_by=other))
    assert ended(found).observed == {"f()": {"x"}}


def test_the_names_of_star_imports_are_those_of_the_last_process() -> None:
    found = ended(ended(NOTHING, m="ab", n="c"), m="a")
    assert found.former_star_names == {"m": {"a"}, "n": {"c"}}
