"""Does a change of the notebook that runs no other text leave the cells as fresh as they were?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

LOAD = ("df = [3]\ndf.append(1)", "y = list(df)")
CHAIN = ("x = [1]", "y = x + [2]", "z = list(y)")

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    # Splits
    pytest.param(LOAD, "1 2\nsplit 1: 1", "fresh fresh fresh", None, id="split"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n1", "fresh stale stale",
                 "Cell 2 may have changed `df` after this cell ran.",
                 id="split, and the lower part runs again"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n3", "fresh stale stale",
                 "In order, cell 2 may give `df` another value.",
                 id="split, and the upper part runs again"),
    pytest.param(("a = [1]\nb = [2]", "c = a + b"), "1 2\nsplit 1: 1\n3", "fresh fresh stale",
                 "Cell 1 redefined `a` after this cell ran.",
                 id="split, and the upper part that binds one of two names runs again"),
    pytest.param(("a = [1]\nb = [2]\nc = [3]", "d = a + b + c"),
                 "1 2\nsplit 1: 2\nsplit 3: 1\n3", "fresh fresh fresh stale",
                 "Cell 2 redefined `b` after this cell ran.",
                 id="split in three, and the middle part runs again"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n1: df.append(5)", "fresh stale stale",
                 "In order, cell 2 may give `df` another value.",
                 id="split, and the lower part is edited"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n1: df.append(5)\n1 2", "fresh stale stale",
                 "In order, cell 2 may give `df` another value.",
                 id="split, and the lower part is edited and runs on its own result"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n3: df = [4]", "ready stale stale",
                 "In order, cell 2 may give `df` another value.",
                 id="split, and the upper part is edited"),
    pytest.param(LOAD, "1 2\nsplit 1: 1\n3 1 2", "fresh fresh fresh", None,
                 id="split, and all run again"),
    pytest.param(("a = [1]\nb = [2]", "c = a + b"), "1 2\nsplit 1: 1\n1", "fresh fresh stale",
                 "Cell 2 redefined `b` after this cell ran.",
                 id="split, and the part that binds one of two names runs again"),
    pytest.param(("a = [1]\nb = [2]\nc = [3]", "d = a + b + c"),
                 "1 2\nsplit 1: 2\nsplit 3: 1", "fresh fresh fresh fresh", None,
                 id="split in three"),
    pytest.param(("a = [1]\n\n\nb = [2]", "c = a + b"), "1 2\nsplit 1: 2", "fresh fresh fresh",
                 None, id="split at blank lines"),
    pytest.param(("# Data\na = [1]", "c = list(a)"), "1 2\nsplit 1: 1", "empty fresh fresh", None,
                 id="split below a comment"),
    pytest.param(("a = [1]\nb = list(a)", "c = list(b)"), "1 2\nsplit 1: 1\n+1: print(a)",
                 "fresh ready fresh fresh", None, id="a new cell between the parts"),
    pytest.param(("a = [1]\nb = list(a)", "c = list(b)"), "1 2\nsplit 1: 1\n+1: a = [7]",
                 "fresh ready stale stale", "In order, cell 3 may give `b` another value.",
                 id="a new cell between the parts, which binds what the lower one reads"),
    pytest.param(("a = [1]\na / 0", "c = list(a)"), "1\nsplit 1: 1", "ready ready ready",
                 "`a` is stale: cell 2 was edited after defining it.",
                 id="split after it failed"),
    pytest.param(("for i in [1]:\n    a = [i]\n    b = [i]", "c = a + b"), "1 2\nsplit 1: 2",
                 "ready stale stale", "In order, `a` comes from cell 1, which has not run.",
                 id="split inside of a block"),
    pytest.param(("import random\nrandom.seed(1)", "a = random.random()\nb = [random.random()]",
                  "c = [random.random()]"), "1 2 3\nsplit 2: 1", "fresh fresh fresh fresh", None,
                 id="split between draws"),
    # Merges
    pytest.param(CHAIN, "1 2 3\nmerge 1 2", "fresh fresh", None, id="merged"),
    pytest.param(CHAIN, "1 2 3\nmerge 1 2 3", "fresh", None, id="three merged"),
    pytest.param(("a = [0]", *CHAIN), "1 2 3 1 3 4\nmerge 2 3", "fresh fresh fresh", None,
                 id="merged, when the lower one ran later"),
    pytest.param(CHAIN, "1 2 1 3\nmerge 1 2", "ready stale",
                 "In order, `y` comes from cell 1, which has not run.",
                 id="merged, when the upper one ran last"),
    pytest.param(("x = [1]", "x.append(2)", "z = list(x)"), "1 2 2 3\nmerge 1 2", "ready stale",
                 "In order, `x` comes from cell 1, which has not run.",
                 id="merged, when the lower one ran twice"),
    pytest.param(CHAIN, "1 2 3\nsplit 3: 0\nmerge 4 3", "fresh fresh fresh", None,
                 id="split and merged"),
    pytest.param((LOAD[0], "y = list(df)"), "1 2\nsplit 1: 1\nmerge 3 1", "fresh fresh", None,
                 id="split and merged again"),
    # The same cell again
    pytest.param(CHAIN, "1 2 3\n-2\nback 2: y = x + [2]", "fresh fresh fresh", None,
                 id="deleted, and undone"),
    pytest.param(CHAIN, "1 2 3\n-2\n+3: y = x + [2]", "fresh fresh fresh", None,
                 id="deleted, and restored"),
    pytest.param(CHAIN, "1 2 3\n-2\n+3: y = x + [3]", "fresh ready stale",
                 "In order, `y` comes from cell 2, which has not run.",
                 id="deleted, and another one inserted"),
    pytest.param(CHAIN, "1 2 3\n+3: y = x + [2]", "fresh fresh ready stale",
                 "In order, `y` comes from cell 3, which has not run.", id="a copy"),
    pytest.param((*CHAIN, "y = x + [2]"), "1 2 3 4\n-1\n-2\n-3\n-4\n"
                 "+: x = [1]\n+: y = x + [2]\n+: z = list(y)\n+: y = x + [2]",
                 "fresh fresh fresh fresh", None, id="opened again with other ids"),
    pytest.param(("x = [1]\n\ny = list(x)", "z = list(y)"), "1 2\n1: x = [1]; y = list(x)",
                 "stale stale", "In order, cell 1 may give `y` another value.",
                 id="another text with the same meaning"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
