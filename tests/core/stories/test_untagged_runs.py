"""Is a run without a cell id judged as truly as one with it?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of, play

ADD = ("x = 0", "x += 1", "y = [x]", "x += 1", "z = [x]")
TWICE = ("def f(): return 1", "a = [f()]", "b = list(a)", "a = [f()]")
WHICH = "One of cells 2 and 4, which have the same text, ran as [2]; which one is not known."

STORIES = [
    # sources, story, statuses, the sentence on the last cell
    pytest.param(ADD[:3], "server 1 2 3", "fresh fresh fresh", None, id="all texts are unique"),
    pytest.param(ADD[:3], "server 1 2 2 3", "fresh stale stale",
                 "In order, cell 2 may give `x` another value.", id="one ran twice"),
    pytest.param(ADD[:3], "1 2\nserver 2", "fresh stale ready",
                 "In order, cell 2 may give `x` another value.", id="one ran again, by a server"),
    pytest.param(ADD[:3], "server 1 2\n2: x += 2\n3", "fresh stale stale",
                 "In order, cell 2 may give `x` another value.", id="edited since"),
    pytest.param(("x = 0", "y = [x]"), "server 1\n-1\n2", "at_risk",
                 "`x` was defined by a deleted cell; a restart will lose it.", id="deleted since"),
    pytest.param(("x = [0]", "y = [x]"), "server 1 2\n+3: x = [0]", "fresh fresh ready", None,
                 id="a copy that came after the run"),
    pytest.param(("a", "b", "x"), "script: x = [1]\n2: x = [1]", "blocked ready ready",
                 "`x` comes from code outside the notebook, not from cell 2.",
                 id="a text that was written after the run"),
    pytest.param(("a = 1", "a", "c = 1"), "server 3", "ready blocked fresh", None,
                 id="a later cell ran, so that those above do not wait quietly"),
    # Two cells with the same text
    pytest.param(ADD, "1\nserver 2", "fresh ready ready ready ready",
                 "`x` comes from one of cells 2 and 4; which one ran is not known.",
                 id="one of two ran"),
    pytest.param(ADD, "1\nserver 2\n3", "fresh ready stale ready ready",
                 "`x` comes from one of cells 2 and 4; which one ran is not known.",
                 id="one of two ran, then a cell that reads it"),
    pytest.param(TWICE, "1\nserver 2\n3", "fresh ready stale ready", WHICH,
                 id="the upper or the lower one"),
    pytest.param(TWICE, "1 2 3\nserver 4", "fresh stale stale ready",
                 WHICH.replace("[2]", "[4]"), id="one of two ran, after the upper one did"),
    pytest.param(TWICE, "1\nserver 2\n2 3", "fresh fresh fresh ready", WHICH,
                 id="one of two ran, before the upper one did"),
    pytest.param(TWICE, "1\nserver 2\n-2", "fresh ready ready",
                 "This cell or another one with the same text ran as [2]; which one is not known.",
                 id="one of two ran, and the upper one was deleted"),
    pytest.param(("x = 1", "y = [x]", "x = 1"), "server 1\n2", "ready fresh ready",
                 "One of cells 1 and 3, which have the same text, ran as [1]; which one is not "
                 "known.", id="which one makes no difference to what the reader reads"),
    pytest.param(TWICE, "1\nserver 2\nrestart", "ready (blocked) (blocked) (blocked)",
                 "`f` is missing: the kernel was restarted and cell 1 has not run since.",
                 id="one of two ran, then the kernel was restarted"),
    # What tells which one ran
    pytest.param(TWICE, "1\nqueue 4\nserver 4\nqueue\n3", "fresh ready stale fresh", None,
                 id="it was in flight"),
    pytest.param(TWICE, "1\nqueue 2 4\nserver 2 4\nqueue\n3", "fresh fresh stale fresh", None,
                 id="both were in flight, in order"),
    pytest.param(TWICE, "1\nstarts 2\nserver 2\n3", "fresh fresh fresh ready", None,
                 id="the server said so"),
    pytest.param(TWICE, "1\nserver 4\n3\ncount 4: 2", "fresh ready stale fresh", None,
                 id="its count appeared later"),
    pytest.param(TWICE, "1\nqueue 2\nserver 4\nqueue\ncount 4: 2", "fresh ready ready fresh", None,
                 id="its count contradicts what was in flight"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_who_ran(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)


COUNTS = {
    # the story of a notebook; the counts that are said of its cells
    "server 1 2 3": [1, 2, 3],
    "server 1 2 3\n2: x += 2": [1, 2, 3],
    "server 1 2 3\n-2": [1, 3],
    "server 1 2 3 1": [4, 2, 3],
}


@pytest.mark.parametrize("story", COUNTS)
def test_the_counts(story: str) -> None:
    cells = play(ADD[:3], story).verdict().cells
    assert [cell.execution_count for cell in cells] == COUNTS[story]


SAME = [
    # stories in which all texts are different: nothing is lost without the ids
    "{} 1 2 3",
    "{} 2 1 3",
    "{} 1 2 3\n-1\nback 1: x = 0",
    "{} 1 2 3\n-2\n{} 3",
    "{} 1 2\n2: x += 2\n{} 2 3",
    "{} 1 2 3\nmerge 1 2",
    "{} 1 2\nmarkdown 1\n{} 3",
    "{} 1 2 3\n1: x = 1\n3: y = (x)",
    "{} 1\nrestart\n{} 2 3",
    "{} 1 2\nthread: x\n{} 3",
]


@pytest.mark.parametrize("story", SAME)
def test_as_with_ids(story: str) -> None:
    assert end_of(ADD[:3], story.format("server", "server")) == end_of(
        ADD[:3], story.format("", "")
    )
