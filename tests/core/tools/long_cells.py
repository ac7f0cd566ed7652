"""Which cells are as long as a cell may be, each of one kind of thing?"""

from __future__ import annotations

from collections.abc import Callable


def _repeated(text: str) -> Callable[[int], str]:
    """A text so many times."""
    return lambda count: text * count


def _numbered(text: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A text so many times, with the number N of each, and N+1 for the next one."""

    def numbered(count: int) -> str:
        parts = (text.replace("N+1", str(n + 1)).replace("N", str(n)) for n in range(count))
        return before + "".join(parts) + after

    return numbered


_CALL_NEXT = _numbered("def fN(): fN+1()\n")
_METHODS = _numbered(" def mN(self): return yN\n", before="class A:\n")
_BREAKS = _numbered("  xN = 1\n  if i: break\n", before="for i in a:\n if i:\n")
_GENERATORS = "generators in generators"

OF_LENGTH: dict[str, tuple[int, Callable[[int], str]]] = {
    # the most that fit in one cell, and a function that makes a cell with a given number
    "digits": (190_000, lambda count: "x = " + "1" * count),
    "names in a line": (18_000, lambda count: ",".join(f"name{n}" for n in range(count))),
    "brackets": (190_000, _repeated("(")),
    "quotes": (20_000, _repeated("'")),
    "functions that call each other": (
        4_000, _numbered("def fN(): return fN+1() + gN\n", after="f0()"),
    ),
    "calls": (60_000, _repeated("f(")),
    "comments": (45_000, _repeated("# x\n")),
    "prose": (7_000, _repeated("this is prose and no code\n")),
    "interpolation": (3_000, lambda count: "!" + "$x{y}" * count),
    "options": (30_000, lambda count: "%%R " + "-i a " * count + "\nx"),
    "magics, and code below": (
        400, lambda count: "%time x\n" * count + "y = 1 + 2\n" * (count * 75 // 2),
    ),
    "blank lines": (190_000, lambda count: "\n" * count + "x"),
    _GENERATORS: (90, lambda count: "(x for x in " * count + "y" + ")" * count),
    "lambdas": (25_000, lambda count: "lambda:" * count + "x"),
    "strings": (45_000, _repeated("'a' ")),
    "branches": (8_000, _numbered("if a:\n xN = 1\n")),
    "breaks": (7_000, _BREAKS),
    "breaks of one binding each": (
        5_500, _numbered(" if i:\n  xN = 1\n  break\n", before="for i in a:\n"),
    ),
    "cases": (8_000, _numbered(" case [xN]: pass\n", before="match a:\n")),
    "handlers": (6_000, _numbered("try:\n xN=1\nexcept E: pass\n")),
    "choices": (8_000, _numbered("elif a: xN = 1\n", before="if a: pass\n")),
    "timings": (5_000, _numbered("def fN(): 0\n%timeit fN()\n")),
    "calls of a chain of functions": (
        4_000, lambda count: _CALL_NEXT(count) + "f0()\n" * (2 * count),
    ),
    "calls of a class with many methods": (
        5_000, lambda count: _METHODS(count) + "A()\n" * count,
    ),
    "calls that bind a global": (
        40_000, lambda count: "def f():\n global x\n x = 1\n" + "f()\n" * count,
    ),
    "line magics": (60_000, _repeated("%a\n")),
    "line magics and assignments": (15_000, _repeated("x = %a\ny = 1\n")),
    "question marks": (190_000, _repeated("?")),
    "open brackets": (40_000, _repeated("x=(\n")),
    "decorators": (50_000, lambda count: "@a\n" * count + "def f(): pass"),
}  # fmt: skip

LONG = {kind: of_length(most) for kind, (most, of_length) in OF_LENGTH.items()}

MAGIC_LINES = ("%time x", "!ls {x}", "x?", "y = !ls", "is this prose?")
"""One line of each kind of notebook syntax; a cell may have thousands of them."""
