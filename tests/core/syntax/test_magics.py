"""What does notebook syntax mean for names, before any Python is read?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.syntax.magics import (
    MagicCell,
    MagicLine,
    automagic,
    interpolated_names,
    read_cell_magic,
    read_line_magic,
)
from jupyter_namespace_viz.core.syntax.name_sources import RunFile, StarImport, StoredNames

CELL_MAGICS: list[tuple[str, MagicCell | None]] = [
    # line, body, language, the Python in it, the line where that begins, and names
    ("x = 1", None),
    ("x = 1\n%%time\ny", None),  # only the first line of a cell can be a cell magic
    (" %%time\nx", None),
    ("%%\nx", None),
    ("%%time\nx = 1", MagicCell(1, "python", "python", "x = 1", 2, compiles=True)),
    ("\n\n%%time\nx = 1", MagicCell(3, "python", "python", "x = 1", 4, compiles=True)),
    ("%%timeit -n 3 x\ny", MagicCell(1, "unbound", "python", "x\ny", 1, compiles=True)),
    (
        "%%capture out\nx",
        MagicCell(1, "python", "python", "x", 2, binds=("out",), keeps_errors=True),
    ),
    ("%%bash --out o\nls", MagicCell(1, "other", "bash", "", 2, binds=("o",))),
    ("%%R -i a,b -o c\nz", MagicCell(1, "other", "R", "", 2, binds=("c",), reads=("a", "b"))),
    ("%%!\nls", MagicCell(1, "other", "shell", "", 2)),
    ("%%file {a}.txt\nx", MagicCell(1, "other", "the text of a file", "", 2, interpolates=("a",))),
    (
        "%%sql\nSELECT {a}, '1:2' FROM {{ b }} WHERE x::int > :c AND y = $d",
        MagicCell(1, "other", "SQL", "", 2, interpolates=("a", "b", "c", "d")),
    ),
    ("%%nobody a\nx", MagicCell(1, "unknown", "%%nobody", "", 2)),
]


@pytest.mark.parametrize(("source", "expected"), CELL_MAGICS)
def test_a_cell_magic(source: str, expected: MagicCell | None) -> None:
    assert read_cell_magic(source) == expected


LINE_MAGICS = [
    ("time", "x = 1", MagicLine("x = 1", "python", compiles=True)),
    ("time", "-x", MagicLine("-x", "python", compiles=True)),  # its only options have two dashes
    ("timeit", "-n 3 -r2 x", MagicLine("x", "unbound", compiles=True)),
    ("lprun", "-f f -T out.txt g()", MagicLine("g()", "python", reads=("f",))),
    ("run", "a.py b", MagicLine(source=RunFile(("a.py", "b")))),
    ("store", "-r x", MagicLine(binds=("x",))),
    ("store", "-r", MagicLine(source=StoredNames())),
    ("store", "x", MagicLine(interpolates=("x",))),
    ("reset", "-f", MagicLine(clears_namespace=True)),
    ("reset", "-f in", MagicLine(clears_namespace=False)),
    ("xdel", "-n x", MagicLine(deletes=("x",))),
    ("macro", "m 1-3", MagicLine(binds=("m",))),
    ("sql", "rows << SELECT 1", MagicLine(binds=("rows",))),
    ("pylab", "", MagicLine(
        binds=("display", "figsize", "getfigs", "numpy", "pylab", "pyplot"),
        source=StarImport("matplotlib.pylab"), imports=("matplotlib", "numpy"),
    )),
    ("pylab", "--no-import-all", MagicLine(
        binds=(
            "display", "figsize", "getfigs", "numpy", "pylab", "pyplot",
            "matplotlib", "mlab", "np", "plt",
        ),
        imports=("matplotlib", "numpy"),
    )),
    ("sql", "SELECT * FROM t WHERE a = :b", MagicLine(interpolates=("b",))),
    ("nobody", "$a {b}", MagicLine(interpolates=("a", "b"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "expected"), LINE_MAGICS)
def test_a_line_magic(name: str, arguments: str, expected: MagicLine) -> None:
    assert read_line_magic(name, arguments) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ls", ()),
        ("ls $a ${b} {c}", ("a", "b", "c")),
        ("ls {a.b} {a[0]}", ("a",)),
        ("echo $$a {{b}}", ()),  # IPython leaves these to the shell
        ("echo $1 {} { }", ()),
        ("cp $a $a.bak", ("a",)),
    ],
)
def test_the_names_that_ipython_fills_in(text: str, names: tuple[str, ...]) -> None:
    assert interpolated_names(text) == names


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ls -l", ("ls", "-l")),
        ("  pwd\n", ("pwd", "")),
        ("time x = 1", ("time", "x = 1")),
        ("time = 1", None),
        ("time, x", None),
        ("time.time()", None),
        ("ls*", None),
        ("ls\npwd", None),  # more than one line
        ("list", None),
    ],
)
def test_a_line_that_may_be_a_magic_without_its_sign(
    source: str, expected: tuple[str, str] | None
) -> None:
    assert automagic(source) == expected
