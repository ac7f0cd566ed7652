"""Which cells are stale after cells ran again, in another order, or were edited?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

XYZ = ("x = [1]", "y = list(x)", "z = list(y)")

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    pytest.param(XYZ, "1 2 3", "fresh fresh fresh", None, id="in order"),
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3", "fresh fresh fresh", None,
                 id="the same object, changed"),
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3 2", "fresh stale stale",
                 "Cell 2 may have changed `x` after this cell ran.",
                 id="the same object, changed twice"),
    pytest.param(XYZ, "1 2 3 1", "fresh stale stale",
                 "In order, cell 2 may give `y` another value.", id="ran again"),
    pytest.param(("x = 1", "y = x"), "1 2 1", "fresh fresh", None, id="the same object again"),
    pytest.param(("import ast", "ast"), "1 2 1", "fresh fresh", None, id="a module again"),
    pytest.param(("import ast", "ast"), "1 2\n1: import no_such_module, ast\n1", "failed stale",
                 "In order, `ast` comes from cell 1, which failed when it last ran.",
                 id="its import fails by now"),
    pytest.param(XYZ, "1 2 3\n1: x = [2]", "stale stale stale",
                 "In order, cell 2 may give `y` another value.", id="edited"),
    pytest.param(XYZ, "1 2\n1: x = [2]", "stale stale ready",
                 "In order, cell 2 may give `y` another value.",
                 id="edited, not run yet"),
    pytest.param(XYZ, "1 2\n2: y = 7", "fresh stale ready",
                 "`y` is stale: cell 2 was edited after defining it.", id="provider edited"),
    pytest.param(XYZ, "1 2 3\n2: y = x +", "fresh syntax_error stale",
                 "In order, cell 2 may give `y` another value.", id="a provider half typed"),
    # Names that are bound twice
    pytest.param(("x = [1]", "y = list(x)", "x = [2]"), "1 2 3", "fresh fresh fresh", None,
                 id="bound again further down"),
    pytest.param(("x = [1]", "y = list(x)", "x = [2]"), "1 2 3 2", "fresh stale fresh", None,
                 id="run again after that"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 redefined `x` after this cell ran.", id="the one between ran late"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "1 3", "fresh ready stale",
                 "In order, `x` comes from cell 2, which has not run.",
                 id="the one between never ran"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "2 1 3", "fresh fresh stale",
                 "Used `x` from cell 1; in order it comes from cell 2.",
                 id="those above ran in the wrong order"),
    pytest.param(("y = list(x)", "x = [1]"), "2 1", "stale fresh", None, id="from further down"),
    pytest.param(("x = 1", "x = x + 1"), "1 2", "fresh fresh", None, id="its own name"),
    pytest.param(("x = 1", "x = x + 1"), "1 2 2", "fresh stale",
                 "Used its own earlier value of `x`.", id="its own name, twice"),
    pytest.param(("x = x + 1",), "console: x = 1\n1 1", "stale",
                 "Used its own earlier value of `x`.", id="a name of no cell"),
    pytest.param(("if 0 > 1: x = [1]", "y = list(x)", "x = [2]"), "1 3 2", "fresh stale fresh",
                 None, id="further down, and on some path above"),
    pytest.param(("x = 1", "x += 1", "y = x"), "1 2 3", "fresh fresh fresh", None, id="augmented"),
    pytest.param(("x = [1]", "if 0 > 1: x = [2]", "y = list(x)"), "1 2 3", "fresh fresh fresh",
                 None, id="a branch that was not taken"),
    pytest.param(("x = [1]", "if [1]: x = [2]", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 redefined `x` after this cell ran.", id="a branch that was taken late"),
    # Failures and deletions
    pytest.param(("x = [1]\n1 / n", "y = x"), "console: n = 1\n1 2\nconsole: n = 0\n1",
                 "failed stale", "In order, `x` comes from cell 1, which failed when it last ran.",
                 id="a provider that failed when it ran again"),
    pytest.param(("x = [1]", "del x", "y = list(x)"), "1 3", "fresh ready stale",
                 "Cell 2, further up, deletes `x`, which this cell used.", id="deleted in order"),
    pytest.param(("x = [1]", "y = list(x)", "del x"), "1 2 3", "fresh blocked blocked",
                 "`x` is missing: cell 3 deleted it.", id="deleted further down"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
