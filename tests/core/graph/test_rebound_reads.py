"""Which names are bound again between a function that reads them and its call?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.edges import rebound_reads
from tests.core.tools.notebooks import notebook, words

F = "def f(): return a"

REBOUND: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells; the cell that binds a name > the cell whose function reads it: the names
    "bound before the function": (("a = 1", F, "f()"), ""),
    "bound between function and call": (("a = 1", F, "a = 2", "f()"), "c3 > c2: a"),
    "bound for the first time there": ((F, "a = 2", "f()"), "c2 > c1: a"),
    "bound behind the call": (("a = 1", F, "f()", "a = 2"), ""),
    "bound by the cell that calls": (("a = 1", F, "a = 2\nf()"), "c3 > c2: a"),
    "bound by it after the call": (("a = 1", F, "f()\na = 2"), ""),
    "never called": (("a = 1", F, "a = 2"), ""),
    "only mentioned": (("a = 1", F, "a = 2", "g = f"), ""),
    "called by another function": (
        ("a = 1", F, "def g(): f()", "a = 2", "g()"), "c4 > c2: a"
    ),
    "several names": (
        ("def f(): return a, b", "a = 1", "b = 1", "f()"), "c2 > c1: a, c3 > c1: b"
    ),
    "several calls": (
        (F, "a = 1", "f()", "a = 2", "f()"), "c2 > c1: a, c4 > c1: a"
    ),
    "a parameter of that name": (("a = 1", "def f(a): return a", "a = 2", "f(a)"), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", REBOUND)
def test_rebound_reads(case: str) -> None:
    sources, expected = REBOUND[case]
    graph = notebook(*sources)
    ids = [cell.id for cell in graph.cells]
    found = rebound_reads(graph).providers
    assert ", ".join(
        f"{ids[provider]} > {ids[reader]}: {words(sorted(names))}"
        for reader, providers in sorted(found.items())
        for provider, names in sorted(providers.items())
    ) == expected  # fmt: skip


def test_the_reads_grow_with_the_cells() -> None:
    def count(cells: int) -> int:
        functions = [f"def f{number}(): return a, f{number - 1}()" for number in range(cells)]
        calls = [f"a = {number}\nf{cells - 1}()" for number in range(cells)]
        providers = rebound_reads(notebook(*functions, *calls)).providers
        return sum(map(len, providers.values()))

    assert count(8) == 8 * 8
    assert count(80) - count(60) == count(60) - count(40) > 0


def test_the_involved_names() -> None:
    assert rebound_reads(notebook(F, "a = 1", "b = 2", "f()")).involved == {"a", "f"}
    assert rebound_reads(notebook("a = 1", "b = a")).involved == frozenset()
