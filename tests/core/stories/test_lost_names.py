"""What do others on the same kernel, deletions, restarts and queued cells do to names?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

XYZ = ("x = [1]", "y = list(x)", "z = list(y)")
FAILING_IMPORTS = "import math as m\nfrom math import pi\nx = [1]\nimport no_such_module"

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    # Others on the same kernel
    pytest.param(("x = [1]", "y = list(x)"), "1 2\nconsole: x = [7]", "fresh fresh", None,
                 id="a console binds it later"),
    pytest.param(("x = [1]", "y = list(x)"), "1\nconsole: x = [7]\n2", "fresh stale",
                 "Used `x` from a console or another program; in order it comes from cell 1.",
                 id="a console bound it before"),
    pytest.param(("x = [1]", "y = list(x)"), "1\nconsole: x = [7]", "fresh ready",
                 "`x` comes from a console or another program, not from cell 1.",
                 id="bound by a console, not read yet"),
    pytest.param(("x = [1]", "y = [x]"), "1\nthread: x\n2", "fresh stale",
                 "Used `x` from code outside the notebook; in order it comes from cell 1.",
                 id="bound by a thread"),
    # Ghosts
    pytest.param(("x = [1]", "y = list(x)"), "1\n-1", "at_risk",
                 "`x` was defined by a deleted cell; a restart will lose it.",
                 id="ghost of a deleted cell"),
    pytest.param(("x = [1]", "y = list(x)"), "1\nmarkdown 1", "at_risk",
                 "`x` comes from a cell that is no longer code; no cell defines it. A restart "
                 "will lose it.", id="ghost of a cell that is Markdown now"),
    pytest.param(("x = [1]", "y = list(x)"), "1 2\nmarkdown 1\nback 1: x = [1]", "fresh fresh",
                 None, id="no ghost: the cell is code again"),
    pytest.param(("x = [2]", "x = [1]", "y = list(x)"), "2 3\n-1\nmarkdown 2\n+: x = [3]",
                 "at_risk ready", None, id="what a cell that is Markdown now gave"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "1 3\n-1", "ready stale",
                 "In order, `x` comes from cell 1, which has not run.",
                 id="a deleted cell's value, and a cell above that has not run"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "2 1 3\n-1", "fresh stale",
                 "Used `x` from a deleted cell; in order it comes from cell 1.",
                 id="a deleted cell's value, and a cell above that ran before"),
    pytest.param(("x = [1]", "x = [2]", "x"), "1 3\n-2\n-1\n+3: y = list(x)\n+: x = [3]",
                 "at_risk at_risk ready", None,
                 id="a deleted cell's value, and a cell below that has not run"),
    pytest.param(("x = [2]", "x = [1]", "y = list(x)"), "2 3\n-2\n-1\n+: x = [3]", "at_risk ready",
                 None, id="what a deleted cell gave to a cell that ran"),
    pytest.param(("x = [1]", "y = list(x)"), "1 2\n1: z = [1]", "stale at_risk",
                 "`x` is no longer defined by any cell: cell 1 was edited after defining it. A "
                 "restart will lose it.", id="ghost of an edited cell"),
    pytest.param(("x = [1]", "y = list(x)"), "1 2\n1: z = [1]\n1", "fresh at_risk",
                 "`x` is no longer defined by any cell: cell 1 was edited after its run [1] "
                 "defined it. A restart will lose it.", id="ghost of a cell that ran again"),
    pytest.param(("x = [1]", "y = list(x)"), "1\n1: if len(''): x = [2]\n1", "fresh ready",
                 "`x` is stale: cell 1 was edited after its run [1] defined it.",
                 id="bound by an earlier text of a cell that ran again"),
    pytest.param(("y = list(x)",), "console: x = [1]", "at_risk",
                 "`x` comes from a console or another program; no cell defines it. A restart "
                 "will lose it.", id="ghost of a console"),
    pytest.param(("y = list(x)", "1"), "2\nother: x = [1]", "at_risk fresh", None,
                 id="ghost of another notebook"),
    pytest.param(("exec('x' + ' = [1]')", "y = list(x)"), "1 2", "fresh fresh", None,
                 id="no ghost: its cell was seen to bind it"),
    pytest.param(("y = list(x)", "x = [1]"), "2", "ready fresh", None,
                 id="no ghost: a later cell defines it"),
    pytest.param((FAILING_IMPORTS, "y = m.pi", "z = pi", "w = list(x)"), "1 2 3 4",
                 "failed fresh fresh stale",
                 "In order, `x` comes from cell 1, which failed when it last ran.",
                 id="imports of a cell that failed further down"),
    pytest.param(("import re", "a = re.compile('x')", "b = re.compile('y')"), "1 3",
                 "fresh ready fresh", None,
                 id="functions of a module change no module"),
    # Restarts
    pytest.param(XYZ, "1 2 3\nrestart", "ready (blocked) (blocked)",
                 "`y` is missing: the kernel was restarted and cell 2 has not run since.",
                 id="restarted"),
    pytest.param(XYZ, "1 2 3\nrestart\n1", "fresh ready (blocked)",
                 "`y` is missing: the kernel was restarted and cell 2 has not run since.",
                 id="restarted, and begun again"),
    # In flight
    pytest.param(XYZ, "queue 1 2", "running queued ready",
                 "`y` will be there when cell 2 finishes.", id="providers are queued"),
    pytest.param(XYZ, "queue 2 1", "queued running ready",
                 "`y` will be there when cell 2 finishes.",
                 id="queued before its provider"),
    pytest.param(("x = [1]", "del x", "y = list(x)"), "1\nqueue 2", "fresh running blocked",
                 "`x` will be missing: cell 2 runs first and deletes it.",
                 id="a queued cell deletes it"),
    pytest.param(("x = len('1')", "if x: y = 1", "y"), "queue 1 2", "running queued (blocked)",
                 "`y` is missing: cell 2 has not run since the kernel started.",
                 id="a queued cell may bind it"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
