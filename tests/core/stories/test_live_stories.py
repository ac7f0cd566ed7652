"""Is what is said of each cell true, whatever was run, edited, deleted and restarted before?

A story is a notebook and what its user does, one step a line:

    2               runs cell c2
    2: x = 3        edits c2
    -2              deletes c2
    console: x = 3  runs code in a console on the same kernel; `other:` in another notebook
    thread: x       a thread binds the name
    restart         restarts the kernel
    queue 1 2       sends c1 and c2 to the kernel, which is at it

Cells in brackets wait quietly.
"""

from __future__ import annotations

import pytest

from tests.core.played_kernel import CONSOLE, OTHER, PlayedKernel

XYZ = ("x = [1]", "y = list(x)", "z = list(y)")
SEEDED = (
    "import random; random.seed(1)",
    "a = [random.random()]",
    "b = [random.random()]",
    "c = [random.random()]",
)
OTHER_DRAWS = "It drew from Python's random numbers: a run in order may give it others."

FAILING_IMPORTS = "import math as m\nfrom math import pi\nx = [1]\nimport no_such_module"


def play(sources: tuple[str, ...], story: str) -> PlayedKernel:
    kernel = PlayedKernel(*sources)
    for step in story.splitlines():
        what, _, text = step.strip().partition(": ")
        if what == "restart":
            kernel.restart()
        elif what.startswith("queue"):
            kernel.in_flight = [f"c{number}" for number in what.split()[1:]]
        elif what in {"console", "other"}:
            cell_id, client = ("k1", CONSOLE) if what == "console" else ("o1", OTHER)
            kernel.run_text(text, cell_id, client)
        elif what == "thread":
            kernel.bind_outside(text, object())
        elif what.startswith("-"):
            kernel.delete(f"c{what[1:]}")
        elif text:
            kernel.edit(f"c{what}", text)
        else:
            for number in what.split():
                kernel.run(f"c{number}")
    return kernel


STORIES = [
    # sources, story, statuses, the sentence on the last cell
    pytest.param(XYZ, "1 2 3", "fresh fresh fresh", None, id="in order"),
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3", "fresh fresh fresh", None,
                 id="the same object, changed"),
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3 2", "fresh stale stale",
                 "Cell 2 may have changed `x` after this cell ran.",
                 id="the same object, changed twice"),
    pytest.param(XYZ, "1 2 3 1", "fresh stale stale",
                 "Cell 2, which gives it `y`, is out of date itself.", id="ran again"),
    pytest.param(("x = 1", "y = x"), "1 2 1", "fresh fresh", None, id="the same object again"),
    pytest.param(("import ast", "ast"), "1 2 1", "fresh fresh", None, id="a module again"),
    pytest.param(("import ast", "ast"), "1 2\n1: import no_such_module, ast\n1", "ready stale",
                 "Cell 1, which should give it `ast`, failed when it last ran.",
                 id="its import fails by now"),
    pytest.param(XYZ, "1 2 3\n1: x = [2]", "stale stale stale",
                 "Cell 2, which gives it `y`, is out of date itself.", id="edited"),
    pytest.param(XYZ, "1 2\n1: x = [2]", "stale stale ready",
                 "`y` may be out of date: cell 2, which bound it, is.", id="edited, not run yet"),
    pytest.param(XYZ, "1 2\n2: y = 7", "fresh stale ready",
                 "`y` is out of date: cell 2 was edited after it bound it.", id="provider edited"),
    pytest.param(XYZ, "1 2 3\n2: y = x +", "fresh syntax_error stale",
                 "Cell 2, which gives it `y`, is out of date itself.", id="a provider half typed"),
    # Names that are bound twice
    pytest.param(("x = [1]", "y = list(x)", "x = [2]"), "1 2 3", "fresh fresh fresh", None,
                 id="bound again further down"),
    pytest.param(("x = [1]", "y = list(x)", "x = [2]"), "1 2 3 2", "fresh stale fresh", None,
                 id="run again after that"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 bound `x` again after this cell ran.", id="the one between ran late"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "1 3", "fresh ready stale",
                 "Cell 2, which should give it `x`, has not run.", id="the one between never ran"),
    pytest.param(("x = [1]", "x = [2]", "y = list(x)"), "2 1 3", "fresh fresh stale",
                 "It read the `x` of cell 1, where cell 2 would give it another.",
                 id="those above ran in the wrong order"),
    pytest.param(("y = list(x)", "x = [1]"), "2 1", "stale fresh", None, id="from further down"),
    pytest.param(("x = 1", "x = x + 1"), "1 2", "fresh fresh", None, id="its own name"),
    pytest.param(("x = 1", "x = x + 1"), "1 2 2", "fresh stale",
                 "It ran again, on the `x` that it had made itself.", id="its own name, twice"),
    pytest.param(("x = x + 1",), "console: x = 1\n1 1", "stale",
                 "It ran again, on the `x` that it had made itself.", id="nobody else's name"),
    pytest.param(("if 0 > 1: x = [1]", "y = list(x)", "x = [2]"), "1 3 2", "fresh stale fresh",
                 None, id="further down, and on some path above"),
    pytest.param(("x = 1", "x += 1", "y = x"), "1 2 3", "fresh fresh fresh", None, id="augmented"),
    pytest.param(("x = [1]", "if 0 > 1: x = [2]", "y = list(x)"), "1 2 3", "fresh fresh fresh",
                 None, id="a branch that was not taken"),
    pytest.param(("x = [1]", "if 1 > 0: x = [2]", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 bound `x` again after this cell ran.", id="a branch that was taken late"),
    # Changes in place
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 2 3", "fresh fresh fresh", None,
                 id="in place, in order"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 3 2", "fresh fresh stale",
                 "Cell 2 may have changed `x` after this cell ran.", id="in place, late"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 3", "fresh ready stale",
                 "Cell 2, which should give it `x`, has not run.", id="in place, never"),
    pytest.param(("x = []", "x.append(1)", "y = list(x)"), "1 2 2 3", "fresh stale stale",
                 "Cell 2, which gives it `x`, is out of date itself.", id="in place, twice"),
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
                 "It read the `x` of cell 4, where cell 1 would give it another.",
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
                 "fresh stale", "Cell 1 bound `RATE` again after this cell ran.",
                 id="another literal"),
    pytest.param(("n = 1", "n, RATE = [n], 1000.5", "r = [RATE]"), "1 2 3 2",
                 "fresh stale stale", "Cell 2 bound `RATE` again after this cell ran.",
                 id="a literal among others"),
    pytest.param(("def f(n=[]): return n", "r = [f()]"), "1 2 1", "fresh stale",
                 "Cell 1 bound `f` again after this cell ran.", id="a function with a state, anew"),
    pytest.param(("def f(): return 1", "f.hits = 1", "r = [f()]"), "1 2 3 1",
                 "fresh stale stale", "Cell 2, which gives it `f`, is out of date itself.",
                 id="a function that was changed in place, anew"),
    pytest.param(("def f(): return 1\nf.hits = 1", "r = [f()]"), "1 2 1",
                 "fresh stale", "Cell 1 bound `f` again after this cell ran.",
                 id="a function that its cell changes, anew"),
    pytest.param(("class A: pass", "r = [A()]"), "1 2 1", "fresh stale",
                 "Cell 1 bound `A` again after this cell ran.", id="a class anew"),
    pytest.param(("def f(): return 1\nif 1 > 0: f = len", "r = [f('')]"), "1 2 1",
                 "fresh fresh", None, id="bound to the same object in the end"),
    # Random numbers
    pytest.param(SEEDED, "1 2 3 4", "fresh fresh fresh fresh", None, id="drawn in order"),
    pytest.param(SEEDED, "1 2 3 4 1", "fresh fresh fresh fresh", None, id="seeded again"),
    pytest.param(SEEDED, "1 2 3 4 1 2 3 4", "fresh fresh fresh fresh", None, id="drawn twice"),
    pytest.param(SEEDED, "1 2 3 4 4", "fresh fresh fresh stale", OTHER_DRAWS, id="drawn again"),
    pytest.param(SEEDED, "1 2 3 4 2", "fresh stale fresh fresh", None,
                 id="drawn again, those below are as they would be"),
    pytest.param(SEEDED, "1 2 4", "fresh fresh ready stale", OTHER_DRAWS, id="one left out"),
    pytest.param(SEEDED, "1 2 3\nconsole: import random; random.random()\n4",
                 "fresh fresh fresh stale", OTHER_DRAWS, id="drawn in a console"),
    pytest.param(SEEDED, "1 2 3 4\n1: import random; random.seed(1); x = 1",
                 "stale fresh fresh fresh", None, id="its cell edited beside the seed"),
    pytest.param(SEEDED, "1 2 3 4\n1: import random; random.seed(2)\n1",
                 "fresh stale stale stale", OTHER_DRAWS, id="another seed"),
    pytest.param(SEEDED, "1 2 3 4\n2: a = [random.random(), random.random()]",
                 "fresh stale stale stale", OTHER_DRAWS, id="perhaps more numbers drawn"),
    pytest.param(SEEDED, "1 2 3 4\n2: a = [random.random(), random.random()]\n2 3",
                 "fresh stale stale stale", OTHER_DRAWS, id="more numbers drawn too late"),
    pytest.param(("import random", "SEED = 1", "random.seed(SEED)", "a = [random.random()]"),
                 "1 2 3 4 2 3 4", "fresh fresh fresh fresh", None, id="a seed with a name"),
    pytest.param(("import random", "SEED = 1", "random.seed(SEED)", "a = [random.random()]"),
                 "1 2 3 4\n2: SEED = 2\n2", "fresh fresh stale stale", OTHER_DRAWS,
                 id="another seed under its name"),
    pytest.param(SEEDED, "1 2 3 4\n-3", "fresh fresh stale", OTHER_DRAWS,
                 id="a cell gone that drew"),
    pytest.param(SEEDED, "1 2\n3: b = [random.random(), n]\n3\n3: b = [random.random()]\n3",
                 "fresh fresh stale ready", None, id="drawn again after it failed"),
    pytest.param(("import random", "a = [random.random()]", "b = [random.random()]"), "1 2 3 2",
                 "fresh fresh fresh", None, id="never seeded: no run gives the same"),
    pytest.param(("import random", "a = [random.random()]", "random.seed(1)",
                  "b = [random.random()]"), "1 2 4 3", "fresh fresh fresh stale", OTHER_DRAWS,
                 id="drawn before the seed"),
    pytest.param(("import random\nrandom.seed(1)", "def f(): return random.random()",
                  "a = [f()]", "b = [f()]"), "1 2 4 3", "fresh fresh stale stale", OTHER_DRAWS,
                 id="drawn by a function"),
    pytest.param(("import random\nrandom.seed(1)\na = [random.random()]",
                  "random.seed(2)\nb = [random.random()]"), "1 2 2 1 2", "fresh fresh", None,
                 id="seeded where it is drawn"),
    # Functions
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3", "fresh fresh fresh", None,
                 id="a function's own needs"),
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3\n1: k = 1000\n1",
                 "fresh fresh stale", "Cell 1 bound `k` again after this cell ran.",
                 id="what a function reads changed"),
    pytest.param(("k = 1", "def f(): return [k]", "r = f()"), "1 2 3\n-1",
                 "fresh at_risk",
                 "`k`, which `f` reads, is defined by no cell any more: a cell that is gone bound "
                 "it. It will be gone after a restart.",
                 id="what a function reads is a ghost"),
    pytest.param(("def f():\n    global k\n    k = 5", "f()\nk = k + 1"), "1", "fresh at_risk",
                 "`k` is not in the kernel, and no cell defines it.", id="assigned by a function"),
    pytest.param(("def f(): return [k]", "r = f()"), "1\n1: def f(): return [0]", "stale blocked",
                 "`k`, which `f` reads, is not in the kernel, and no cell defines it.",
                 id="the kernel's function is the old one"),
    pytest.param(("try:\n    from bisect import insort\nexcept ImportError:\n"
                  "    def insort(): return [k]", "insort([], 1)"), "1", "fresh ready", None,
                 id="an imported function, for which the text has another"),
    pytest.param(("r = f()",), "console: def f(): return [k]", "blocked",
                 "`k`, which `f` reads, is not in the kernel, and no cell defines it.",
                 id="a function that no cell defines"),
    pytest.param(("def g(): return f()", "k = 1", "def f(): return [k]\nr = g()"), "1",
                 "fresh ready (blocked)",
                 "`k`, which `g` reads, is not in the kernel: cell 2 has not run since the kernel "
                 "started.", id="a function that calls back"),
    # Failures and deletions
    pytest.param(("x = [1]\n1 / n", "y = x"), "console: n = 1\n1 2\nconsole: n = 0\n1",
                 "at_risk stale", "Cell 1, which should give it `x`, failed when it last ran.",
                 id="a provider that failed when it ran again"),
    pytest.param(("x = [1]", "del x", "y = list(x)"), "1 3", "fresh ready stale",
                 "Cell 2, further up, deletes `x`, which this cell read.", id="deleted in order"),
    pytest.param(("x = [1]", "y = list(x)", "del x"), "1 2 3", "fresh blocked blocked",
                 "`x` is not in the kernel: cell 3 deleted it.", id="deleted further down"),
    # Others on the same kernel
    pytest.param(("x = [1]", "y = list(x)"), "1 2\nconsole: x = [7]", "fresh fresh", None,
                 id="a console binds it later"),
    pytest.param(("x = [1]", "y = list(x)"), "1\nconsole: x = [7]\n2", "fresh stale",
                 "It read the `x` of code from outside the notebook, where cell 1 would give it "
                 "another.", id="a console bound it before"),
    pytest.param(("x = [1]", "y = list(x)"), "1\nconsole: x = [7]", "fresh ready",
                 "`x` is not what cell 1 gives: a console or another program bound it.",
                 id="bound by a console, not read yet"),
    pytest.param(("x = [1]", "y = [x]"), "1\nthread: x\n2", "fresh stale",
                 "It read the `x` of code from outside the notebook, where cell 1 would give it "
                 "another.", id="bound by a thread"),
    # Ghosts
    pytest.param(("x = [1]", "y = list(x)"), "1\n-1", "at_risk",
                 "`x` is defined by no cell any more: a cell that is gone bound it. It will be "
                 "gone after a restart.", id="ghost of a deleted cell"),
    pytest.param(("x = [1]", "y = list(x)"), "1 2\n1: z = [1]", "stale at_risk",
                 "`x` is defined by no cell any more: cell 1, which bound it, was edited. It will "
                 "be gone after a restart.", id="ghost of an edited cell"),
    pytest.param(("y = list(x)",), "console: x = [1]", "at_risk",
                 "`x` is defined by no cell: a console or another program bound it. It will be "
                 "gone after a restart.", id="ghost of a console"),
    pytest.param(("y = list(x)", "1"), "2\nother: x = [1]", "at_risk fresh", None,
                 id="ghost of another notebook"),
    pytest.param(("exec('x' + ' = [1]')", "y = list(x)"), "1 2", "fresh fresh", None,
                 id="no ghost: its cell was seen to bind it"),
    pytest.param(("y = list(x)", "x = [1]"), "2", "ready fresh", None,
                 id="no ghost: a later cell defines it"),
    pytest.param((FAILING_IMPORTS, "y = m.pi", "z = pi", "w = list(x)"), "1 2 3 4",
                 "ready fresh fresh stale",
                 "Cell 1, which should give it `x`, failed when it last ran.",
                 id="imports of a cell that failed further down"),
    pytest.param(("import re", "a = re.compile('x')", "b = re.compile('y')"), "1 3",
                 "fresh ready fresh", None,
                 id="functions of a module change no module"),
    # Restarts
    pytest.param(XYZ, "1 2 3\nrestart", "ready (blocked) (blocked)",
                 "`y` is not in the kernel: it was restarted, and cell 2 has not run since.",
                 id="restarted"),
    pytest.param(XYZ, "1 2 3\nrestart\n1", "fresh ready (blocked)",
                 "`y` is not in the kernel: it was restarted, and cell 2 has not run since.",
                 id="restarted, and begun again"),
    # In flight
    pytest.param(XYZ, "queue 1 2", "ready ready ready", None, id="providers are queued"),
    pytest.param(XYZ, "queue 2 1", "ready blocked (blocked)",
                 "`y` is not in the kernel: cell 2 has not run since the kernel started.",
                 id="queued before its provider"),
    pytest.param(("x = [1]", "del x", "y = list(x)"), "1\nqueue 2", "fresh ready blocked",
                 "`x` will not be there: cell 2, which runs first, deletes it.",
                 id="a queued cell deletes it"),
    pytest.param(("x = [1]", "if x: y = 1", "y"), "queue 1 2", "ready ready (blocked)",
                 "`y` is not in the kernel: cell 2 has not run since the kernel started.",
                 id="a queued cell may bind it"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    cells = play(sources, story).verdict().cells
    told = " ".join(f"({it.status})" if it.waiting else it.status for it in cells)
    assert (told, cells[-1].message) == (statuses, message)


RENEWALS = [
    # sources, story, the cells of the plan that brings all up to date
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3 2", "1 2 3",
                 id="a cell that changes what it reads"),
    pytest.param(("x = [1]", "x.append(2)", "x.append(3)", "y = len(x)"), "1 2 3 4 3", "1 2 3 4",
                 id="all that changes it, from where it was bound"),
    pytest.param(("x = [1]", "w = len(x)", "x.append(2)", "y = len(x)"), "1 2 3 4 3", "1 2 3 4",
                 id="what reads it as it was before"),
    pytest.param(("x = 1", "w = [x]", "y = [x]", "x = 2"), "1 2 3 4 3", "1 2 3",
                 id="what reads a literal that another cell has taken the name from"),
    pytest.param(("x = [1]", "y = len(x)", "x = [2, 2]"), "1 2 3 2", "1 2",
                 id="what a cell below has bound to something else"),
    pytest.param(("x = [1]", "y = len(x)", "x = [2, 2]", "z = len(x)"), "1 2 3 4 2", "1 2",
                 id="and nothing that is fresh all the same"),
    pytest.param(("w = [1]", "x = list(w)", "x.append(2)", "y = len(x)"), "1 2 3 4\n4: y = 2",
                 "4", id="only the edited one"),
    pytest.param(("w = [1]", "x = list(w)", "w.append(len(x))\nx.append(2)", "y = len(x)"),
                 "1 2 3 4 3", "1 2 3 4", id="what that was made of, which changed as well"),
    pytest.param(("x = [1]", "y = len(x)"), "1 2\nconsole: x = [3, 3]\n2", "1 2",
                 id="what a console has bound"),
    pytest.param(("x = 1", "x += 1", "y = x"), "1 2 2 3", "1 2 3", id="a number"),
    pytest.param(SEEDED, "1 2 3 4 3", "1 2 3", id="random numbers, from the seed on"),
    pytest.param(("def f(): return 1", "y = f()", "z = [y]"), "1 2 3\n2: y = f() + 1", "2 3",
                 id="no function that is there"),
    pytest.param(XYZ, "1 2 3\n1: x = [2]", "1 2 3", id="what follows from an edit"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), RENEWALS)
def test_the_plan_for_stale_cells_leaves_none(
    sources: tuple[str, ...], story: str, expected: str
) -> None:
    kernel = play(sources, story)
    steps = kernel.plan(None, "stale").steps
    assert " ".join(step.cell_id[1:] for step in steps) == expected
    for step in steps:
        kernel.run(step.cell_id)
    assert [cell.status for cell in kernel.verdict().cells if cell.status == "stale"] == []
