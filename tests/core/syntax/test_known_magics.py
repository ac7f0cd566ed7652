"""Are the magics known that IPython has, and those that users add?"""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.known_magics import (
    AUTOMAGICS,
    SHELL_WORDS,
    UnusableMagic,
    user_magics,
)
from tests.core.tools.notebooks import described, table

OWN = table("""
== a cell of another language
%%spark -o df
val x = 1
-> language Scala
== Python that is timed
%%clocked
x = y
-> defines x=assignment
-> uses y
== Python whose bindings are lost
%%often
x = y
-> uses y
== a line
%clocked x = y
-> defines x=assignment
-> uses y
== one of IPython's own that means something else here
%%time
x = 1
-> language a clock
== only with as many signs
%often x
""")


@pytest.mark.parametrize(("source", "expected"), OWN)
def test_a_magic_of_the_user_s_own_is_read(source: str, expected: dict[str, str]) -> None:
    own = user_magics(
        {
            "%%spark": "Scala",
            "%%clocked": "python",
            "%%often": "unbound",
            "%clocked": "python",
            "%%time": "a clock",
        }
    )
    assert described(read_cell(source, Dialect(magics=own))) == expected


@pytest.mark.parametrize(
    ("name", "holds", "message"),
    [
        ("spark", "Scala", "'spark' names no magic: write %name, or %%name for cells."),
        ("%%%spark", "Scala", "'%%%spark' names no magic: write %name, or %%name for cells."),
        ("%", "Scala", "'%' names no magic: write %name, or %%name for cells."),
        ("%%a b", "Scala", "'%%a b' names no magic: write %name, or %%name for cells."),
        ("%%a", " ", "'%%a' holds nothing: write python, unbound, or the name of its language."),
    ],
)
def test_an_entry_that_says_nothing_is_refused(name: str, holds: str, message: str) -> None:
    with pytest.raises(UnusableMagic) as refused:
        user_magics({name: holds})
    assert str(refused.value) == message


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """IPython's own shell, in this process."""
    return InteractiveShell()


def test_all_line_magics_of_ipython_may_be_written_without_their_sign(
    shell: InteractiveShell,
) -> None:
    assert set(shell.magics_manager.lsmagic()["line"]) <= AUTOMAGICS
    assert SHELL_WORDS <= AUTOMAGICS


REALLY_RUN = [
    # a cell, and the names that it leaves in IPython
    ("%%time\nx = 1", "x"),
    ("%%timeit -n 1 -r 1\nx = 1", ""),
    ("%%timeit -n 1 -r 1 x = 1\ny = x", ""),
    ("%%prun -q\nx = 1", "x"),
    ("%%prun -q x = 1\ny = x", "x y"),
    ("%%capture out\nx = 1", "out x"),
    ("%%capture --no-stderr\nx = 1", "x"),
    ("%%capture --no-stderr out\nx = 1", "out x"),
    ("%%html\n<b>x = 1</b>", ""),
    ("%%javascript\nx = 1", ""),
    ("%%markdown\nx = 1", ""),
    # IPython 8 binds what the script writes, and nothing where it writes nothing
    ("%%bash --out o --err e\necho 1; echo 2 >&2", "e o"),
    ("%%sh --out=o\necho 1", "o"),
    ("%%time\n%%capture out\nx = 1", "out x"),
    ("%time x = 1", "x"),
    ("x = %time 1", "x"),
    ("%timeit -n 1 -r 1 x = 1", ""),
    ("x = %timeit -n 1 -r 1 -o -q 1", "x"),
    ("%prun -q x = 1", "x"),
    ("x = !echo 1", "x"),
    ("x = 1\n%reset -f\ny = 2", "y"),
    ("get_ipython().run_line_magic('time', 'x = 1')", "x"),
    ("get_ipython().run_cell_magic('time', '', 'x = 1')", "x"),
    ("time x = 1", "x"),
]


@pytest.mark.parametrize(("source", "names"), REALLY_RUN)
def test_a_magic_binds_what_it_binds_in_ipython(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], source: str, names: str
) -> None:
    shell.reset()
    before = set(shell.user_ns)
    shell.run_cell(source, store_history=False).raise_error()
    bound = set(shell.user_ns) - before
    assert " ".join(sorted(name for name in bound if not name.startswith("_"))) == names
    assert " ".join(found.name for found in read_cell(source).definitions) == names
