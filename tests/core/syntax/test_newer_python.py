"""Is syntax of a newer Python distinguished from a mistake, and read all the same?"""

from __future__ import annotations

import ast
import sys

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.newer_python import downgraded
from tests.core.tools.notebooks import described

OLD_WAYS: dict[str, tuple[str, str | None, tuple[int, int]]] = {
    # what is new: the text, the same for Python 3.10, since when it is read
    "type parameters of a function": (
        "def f[T: (int, list[str]), *Ts](x: T, *a: *Ts) -> T: return T, b.T",
        "def f(x: object, *a: object) -> object: return object, b.T",
        (3, 12),
    ),
    "of a class and its method": (
        "class C[T](B[T]):\n    def m[U](self, u: U) -> T: ...",
        "class C(B[object]):\n    def m(self, u: object) -> object: ...",
        (3, 12),
    ),
    "a type parameter with a default": ("class C[T = int]: a: T", "class C: a: object", (3, 13)),
    "a type alias": ("type P[T] = tuple[T, X]", "P = (None)", (3, 12)),
    "an alias behind another statement": (
        "n = 1; type P = X; m = P",
        "n = 1; P = (None); m = P",
        (3, 12),
    ),
    "a variable named type": ("type = X", None, (3, 12)),
    "quotes in a field": ('f"{x["a"]}"', '""[x["a"],]', (3, 12)),
    "a backslash in a field": ('f"{"\\n".join(x)}"', '""["\\n".join(x),]', (3, 12)),
    "an f-string in a field": (
        'f"{", ".join(f"{x}" for x in y)}"',
        '""[", ".join(""[x,] for x in y),]',
        (3, 12),
    ),
    "formats, conversions and the like": (
        'f"{a!r:>{w}} {b=} {c != d} {{e}} {f:%H:%M} {g["h"] = !s}"',
        '""[a,w,b,c != d,f,g["h"] ,]',
        (3, 12),
    ),
    "several lines": ('f"""\n{a["x"]\n + b}\n"""', '""[a["x"]  + b,\n\n\n]', (3, 12)),
    "strings side by side": ('f"{x}" "y" f"z"', '""[x,]+ "y" ""', (3, 12)),
    "a string that is not closed": ('f"{x["a"]', None, (3, 12)),
    "a template": ('t"{x} and {y}"', '""[x,y,]', (3, 14)),
    "several exceptions": (
        "try: a\nexcept A, b.B:\n    c",
        None,  # b.B begins with a small letter, as names do that Python 2 binds there
        (3, 14),
    ),
    "several exceptions by their own names": (
        "try: a\nexcept A, B:\n    c",
        "try: a\nexcept (A, B):\n    c",
        (3, 14),
    ),
    "exception groups": ("try: a\nexcept* E: b", "try: a\nexcept E: b", (3, 11)),
    "nothing new": ("x = = 1", None, (3, 10)),
}


@pytest.mark.parametrize("case", OLD_WAYS)
def test_new_grammar_is_written_the_old_way(case: str) -> None:
    text, written, since = OLD_WAYS[case]
    assert downgraded(text, (3, 10)) == (None if written is None else (written, since))
    assert downgraded(text, since) is None
    if written is not None:
        assert text.count("\n") == written.count("\n")
        ast.parse(written)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it itself")
def test_a_server_that_is_older_than_the_kernel_reads_it() -> None:
    names = read_cell('a = 1\ndef f[T](x: T) -> R: return T, y\nb = = 2\nf"{c["d"]}"')
    running = ".".join(map(str, sys.version_info[:2]))
    assert described(names) == {
        "defines": "a=assignment f=function",
        "uses": "R c object ~y",
        "problems": "2 newer_python "
        f"This is syntax of Python 3.12; it was read by Python {running}. "
        "The same goes for line 4. 3 syntax Invalid syntax.",
    }
