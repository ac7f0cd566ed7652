"""Which runs change an object in place, and which give the same thing again?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    # Changes in place
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 2 3", "fresh fresh fresh", None,
                 id="in place, in order"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 may have changed `x` after this cell ran.", id="in place, late"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 3", "fresh ready stale",
                 "In order, `x` comes from cell 2, which has not run.", id="in place, never"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 2 2 3", "fresh stale stale",
                 "In order, cell 2 may give `x` another value.", id="in place, twice"),
    pytest.param(("x = []", "y = list(x)", "x.append(1)"), "1 2 3", "fresh fresh fresh", None,
                 id="in place further down"),
    pytest.param(("x = []", "y = list(x)", "x += [1]"), "1 2 3 2", "fresh stale fresh", None,
                 id="in place further down, then run again"),
    pytest.param(("x = []", "def f(): x.append(1)\nf()", "y = list(x)"), "1 3 2",
                 "fresh fresh stale", "Cell 2 may have changed `x` after this cell ran.",
                 id="in place by a function"),
    pytest.param(("x = []", "def f(): x.append(1)", "f()", "y = list(x)"), "1 2 3 4 3",
                 "fresh fresh stale stale", "Cell 3 may have changed `x` after this cell ran.",
                 id="in place by a function of another cell"),
    pytest.param(("x = []", "def f(): x.append(1)", "def g(): f()", "g()", "y = list(x)"),
                 "1 2 3 4 5\n4: pass\n4", "fresh fresh fresh fresh stale",
                 "Used `x` from cell 4; in order it comes from cell 1.",
                 id="in place by a function that a function calls"),
    pytest.param(("x = []", "def f(rows): rows.append(1)", "f(x)", "y = list(x)"), "1 2 3 4",
                 "fresh fresh fresh fresh", None, id="handed to a function, in order"),
    pytest.param(("x = []", "def f(rows): rows.append(1)", "f(x)", "y = list(x)"), "1 2 3 4 3",
                 "fresh fresh stale stale", "Cell 3 may have changed `x` after this cell ran.",
                 id="in place by a function that is handed it"),
    pytest.param(("x = []", "def f(rows): rows = [*rows, 1]; return rows", "f(x)", "y = list(x)"),
                 "1 2 3 4 3", "fresh fresh fresh fresh", None,
                 id="handed to a function that binds it anew"),
    pytest.param(("x = []", "def f(rows): return len(rows)", "z = f(x)", "y = list(x)"),
                 "1 2 3 4\n2: def f(rows): rows.append(1)\n2 3", "fresh fresh fresh stale",
                 "Cell 3 may have changed `x` after this cell ran.",
                 id="handed to a function that is another by now"),
    # The same thing again
    pytest.param(("def f(n=2): return n", "r = [f()]"), "1 2 1", "fresh fresh", None,
                 id="a function anew"),
    pytest.param(("f = lambda: 1", "r = [f()]"), "1 2 1", "fresh fresh", None, id="a lambda anew"),
    pytest.param(("RATE = 1000.5", "r = [RATE]"), "1 2 1", "fresh fresh", None,
                 id="a literal anew"),
    pytest.param(("RATE = 1000.5", "r = [RATE]"), "1 2\n1: RATE = 1000.5; x = 1",
                 "stale fresh", None, id="a literal, its cell edited beside it"),
    pytest.param(("RATE = 1000.5", "r = [RATE]"), "1 2\n1: RATE = 1000.5  # Hz\n1",
                 "fresh fresh", None, id="a literal, its cell edited beside it and run"),
    pytest.param(("RATE = 1000.5", "r = [RATE]"), "1 2\n1: RATE = 1000.6\n1",
                 "fresh stale", "Cell 1 redefined `RATE` after this cell ran.",
                 id="another literal"),
    pytest.param(("n = 1", "n, RATE = [n], 1000.5", "r = [RATE]"), "1 2 3 2",
                 "fresh stale stale", "Cell 2 redefined `RATE` after this cell ran.",
                 id="a literal among others"),
    pytest.param(("def f(n=[]): return n", "r = [f()]"), "1 2 1", "fresh stale",
                 "Cell 1 redefined `f` after this cell ran.", id="a function with a state, anew"),
    pytest.param(("def f(): return 1", "f.hits = 1", "r = [f()]"), "1 2 3 1",
                 "fresh stale stale", "In order, cell 2 may give `f` another value.",
                 id="a function that was changed in place, anew"),
    pytest.param(("def f(): return 1\nf.hits = 1", "r = [f()]"), "1 2 1",
                 "fresh stale", "Cell 1 redefined `f` after this cell ran.",
                 id="a function that its cell changes, anew"),
    pytest.param(("class A: pass", "r = [A()]"), "1 2 1", "fresh stale",
                 "Cell 1 redefined `A` after this cell ran.", id="a class anew"),
    pytest.param(("def f(): return 1\nif [1]: f = len", "r = [f('')]"), "1 2 1",
                 "fresh fresh", None, id="bound to the same object in the end"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
