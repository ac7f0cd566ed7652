"""Which cells drew other random numbers than a run in order would give them?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import end_of

SEEDED = (
    "import random; random.seed(1)",
    "a = [random.random()]",
    "b = [random.random()]",
    "c = [random.random()]",
)
OTHER_DRAWS = "Used Python's random numbers; in order they may be different."

STORIES = [
    # sources, story, statuses, the sentence on the last cell
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
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "statuses", "message"), STORIES)
def test_stories(sources: tuple[str, ...], story: str, statuses: str, message: str | None) -> None:
    assert end_of(sources, story) == (statuses, message)
