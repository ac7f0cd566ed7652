"""Which held names does a restart lose?"""

from __future__ import annotations

from types import MappingProxyType

import pytest

from jupyter_namespace_viz.core.kernel_state.lost_names import LostNames
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from tests.core.tools.notebooks import kernel, notebook, run, value

STAR = run(1, "c1", "from starry import *")

CASES: dict[str, tuple[tuple[str, ...], Run | None, str, bool]] = {
    # the cells, which run bound the name, the name, whether a restart loses it
    "a cell defines it": (("x = 1",), run(1, "c1", "x = 1"), "x", False),
    "a cell defines it that was edited since": (("x = 2",), run(1, "c1", "x = 1"), "x", False),
    "its cell was deleted": (("y = 1",), run(1, "gone", "x = 1"), "x", True),
    "its cell was deleted, and restored": (("x = 1",), run(1, "gone", "x = 1"), "x", False),
    "its line was removed": (("y = 1",), run(1, "c1", "x = 1\ny = 1"), "x", True),
    "a console bound it": (("y = 1",), run(1, None, "x = 1"), "x", True),
    "no run was seen to bind it": (("y = 1",), None, "x", True),
    "a star import bound it": ((STAR.source,), STAR, "x", False),
    "a star import bound it, and the cell was edited since": (
        ("# stars\nfrom starry import *",),
        STAR,
        "given",
        False,
    ),
    "a star import that was restored bound it": (
        (STAR.source,),
        run(1, None, STAR.source),
        "given",
        False,
    ),
    "a file that ran without its cell bound it": (
        ("%run setup.py\nn = 1",),
        run(1, None, "%run setup.py"),
        "x",
        False,
    ),
    "a file that no cell runs bound it": (("y = 1",), run(1, None, "%run setup.py"), "x", True),
    "the star import was removed": (("y = 1",), STAR, "given", True),
    "another star import": (("from other import *",), STAR, "given", True),
    "code that a cell computes bound it": (
        ("exec(input())",),
        run(1, "c1", "exec(input())"),
        "x",
        False,
    ),
    "a cell that computes code did not bind it": (
        ("exec(input())",),
        run(1, None, "x = 1"),
        "x",
        True,
    ),
    "a magic that is not known bound it": (("%load x",), run(1, "c1", "%load x"), "x", False),
    "the exit code of a shell command": (("!ls",), run(1, "c1", "!true"), "_exit_code", False),
    "the docstring of a cell": (("'b'",), run(1, "c1", "'a'"), "__doc__", False),
    "annotations": (("y = 1",), run(1, "c1", "y: int = 1"), "__annotations__", False),
    "inputs and outputs": (("y = 1",), run(1, "c1", "y"), "_i12", False),
    "a builtin that a console bound": (("y = 1",), run(1, None, "list = 3"), "list", True),
}


@pytest.mark.parametrize("case", CASES)
def test_a_name_is_lost_for_good(case: str) -> None:
    sources, binder, name, expected = CASES[case]
    held = value(name, bound_by=binder)
    stars = MappingProxyType({"starry": frozenset({"given"})})
    lost = LostNames(notebook(*sources), kernel(held, star_names=stars))
    assert (held in lost) is expected


def test_what_a_startup_file_bound_comes_back() -> None:
    held = HeldName("x", "instance", "int", initial=True)
    assert held not in LostNames(notebook("y = 1"), kernel(held))
