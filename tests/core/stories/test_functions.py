"""What does a cell need that calls functions of other cells?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3", "fresh fresh fresh", None,
                 id="a function's own needs"),
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3\n1: k = 1000\n1",
                 "fresh fresh stale", "Cell 1 redefined `k` after this cell ran.",
                 id="what a function reads changed"),
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3\n-1",
                 "fresh at_risk",
                 "`k` (used by `f`) was defined by a deleted cell; a restart will lose it.",
                 id="what a function reads is a ghost"),
    pytest.param(("def f():\n    global k\n    k = 5", "f()\nk = k + 1"), "1", "fresh ready", None,
                 id="assigned by a function"),
    pytest.param(("def f():\n    global k\n    k = 5", "k\nf()"), "1", "fresh blocked",
                 "`k` is missing: no cell defines it.", id="read before a function assigns it"),
    pytest.param(("def f(n):\n    global k\n    if n: k = 5", "f(len(''))\nk = k + 1"), "1",
                 "fresh at_risk", "`k` is missing: no cell defines it.",
                 id="perhaps assigned by a function"),
    pytest.param(("def f(): return [k]", "r = f()"), "1\n1: def f(): return [0]", "stale blocked",
                 "`k` (used by `f`) is missing: no cell defines it.",
                 id="the kernel's function is the old one"),
    pytest.param(("try:\n    from bisect import insort\nexcept ImportError:\n"
                  "    def insort(): return [k]", "insort([], 1)"), "1", "fresh ready", None,
                 id="an imported function, for which the text has another"),
    pytest.param(("r = f()",), "console: def f(): return [k]", "blocked",
                 "`k` (used by `f`) is missing: no cell defines it.",
                 id="a function that no cell defines"),
    pytest.param(("def g(): return f()", "k = 1", "def f(): return [k]\nr = g()"), "1",
                 "fresh ready (blocked)",
                 "`k` (used by `g`) is missing: cell 2 has not run since the kernel "
                 "started.", id="a function that calls back"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
