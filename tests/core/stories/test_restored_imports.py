"""What is right after imports ran without their cells?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.verdicts.import_table import import_rows
from jupyter_namespace_viz.core.verdicts.name_table import name_table
from tests.core.tools.played_stories import play

KNOWN = {"math": "pi sqrt", "string": "digits"}
STAR = ("from math import *\nn = 3", "r = sqrt(4)")

STORIES = [
    # sources, the names of star imports, story; statuses, bad imports, names that no cell defines
    pytest.param(("import math", "r = math.pi"), {}, "restore\n2", "ready fresh", [], [],
                 id="a module"),
    pytest.param(("from math import pi", "r = [pi]"), {}, "restore\n2", "ready fresh", [], [],
                 id="a part of a module"),
    pytest.param(STAR, KNOWN, "restore\n2", "ready fresh", [], [], id="a star import"),
    pytest.param(STAR, {}, "restore\n2", "ready fresh", [], [],
                 id="a star import of names that are not known"),
    pytest.param(("from math import *\nfrom string import *\nimport re", "r = [pi, digits, re]"),
                 KNOWN, "restore\n2", "ready fresh", [], [], id="several in one code"),
    pytest.param(("from math import *", "from string import *", "r = [pi, digits]"), {},
                 "restore\nrestore\n3", "ready ready fresh", [], [],
                 id="two star imports of names that are not known"),
    pytest.param((STAR[0], "s = gone"), {}, "restore", "ready blocked", [], [],
                 id="a star import that turns out not to have the name"),
    pytest.param(STAR, {}, "restore\n2\n2: r = cos(x)", "ready blocked", [], [],
                 id="a star import that does not have the name"),
    pytest.param(STAR, KNOWN, "restore\n2\n-1", "at_risk", [], ["pi", "sqrt"],
                 id="a star import whose cell was deleted"),
    pytest.param(STAR, KNOWN, "1 2", "fresh fresh", [], [], id="its cell ran"),
    pytest.param((*STAR, "from math import *"), KNOWN, "1 2", "fresh fresh ready", [], [],
                 id="another cell with the same import"),
    pytest.param(("import math", "n = 3", "n.x(math.pi)"), {}, "2 3\nrestore",
                 "ready fresh failed", [], [], id="what a failed cell never got to"),
    pytest.param(("import math", "n = 3", "math.pi + n.x"), {}, "2 3\nrestore",
                 "ready fresh ready", [], [], id="what a failed cell lacked"),
    pytest.param(STAR, KNOWN, "1 2\nrestart\nrestore\n2", "ready fresh", [], [],
                 id="after a restart"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "stars", "story", "statuses", "bad_imports", "of_no_cell"), STORIES
)
def test_stories(
    sources: tuple[str, ...],
    stars: dict[str, str],
    story: str,
    statuses: str,
    bad_imports: list[str],
    of_no_cell: list[str],
) -> None:
    verdict = play(sources, story, stars).verdict()
    cells = verdict.cells
    assert " ".join(f"({it.status})" if it.waiting else it.status for it in cells) == statuses
    assert [row.code for row in import_rows(verdict) if row.state != "live"] == bad_imports
    ghosts = [row.name for row in name_table(verdict).rows if row.status == "ghost"]
    assert [name for name in ghosts if name in {"pi", "sqrt", "digits"}] == of_no_cell
