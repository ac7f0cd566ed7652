"""Cells that are as long as a cell may be, each of one kind of thing."""

from __future__ import annotations

LONG = {
    "digits": "x = " + "1" * 190_000,
    "names in a line": ",".join(f"name{number}" for number in range(18_000)),
    "brackets": "(" * 190_000,
    "quotes": "'" * 20_000,
    "functions that call each other": "".join(
        f"def f{number}(): return f{number + 1}() + g{number}\n" for number in range(4_000)
    ) + "f0()",
    "calls": "f(" * 60_000,
    "comments": "# x\n" * 45_000,
    "prose": "this is prose and no code\n" * 7_000,
    "interpolation": "!" + "$x{y}" * 3_000,
    "options": "%%R " + "-i a " * 30_000 + "\nx",
    "magics, and code below": "%time x\n" * 400 + "y = 1 + 2\n" * 15_000,
    "blank lines": "\n" * 190_000 + "x",
    "generators in generators": "(x for x in " * 90 + "y" + ")" * 90,
    "lambdas": "lambda:" * 25_000 + "x",
    "strings": "'a' " * 45_000,
    "branches": "".join(f"if a:\n x{number} = 1\n" for number in range(8_000)),
    "breaks": "for i in a:\n if i:\n"
    + "".join(f"  x{number} = 1\n  if i: break\n" for number in range(7_000)),
    "breaks of one binding each": "for i in a:\n"
    + "".join(f" if i:\n  x{number} = 1\n  break\n" for number in range(5_500)),
    "cases": "match a:\n" + "".join(f" case [x{number}]: pass\n" for number in range(8_000)),
    "handlers": "".join(f"try:\n x{number}=1\nexcept E: pass\n" for number in range(6_000)),
    "choices": "if a: pass\n" + "".join(f"elif a: x{number} = 1\n" for number in range(8_000)),
    "timings": "".join(f"def f{number}(): 0\n%timeit f{number}()\n" for number in range(5_000)),
    "calls of a chain of functions": "".join(
        f"def f{number}(): f{number + 1}()\n" for number in range(4_000)
    ) + "f0()\n" * 8_000,
    "calls of a class with many methods": "class A:\n" + "".join(
        f" def m{number}(self): return y{number}\n" for number in range(5_000)
    ) + "A()\n" * 5_000,
    "calls that bind a global": "def f():\n global x\n x = 1\n" + "f()\n" * 40_000,
    "line magics": "%a\n" * 60_000,
    "line magics and assignments": "x = %a\ny = 1\n" * 15_000,
    "question marks": "?" * 190_000,
    "open brackets": "x=(\n" * 40_000,
    "decorators": "@a\n" * 50_000 + "def f(): pass",
}  # fmt: skip
