"""Which names and modules does an import statement bring?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

IMPORTS = table("""
== plain, dotted and renamed
import a, b.c, d.e as f
-> defines a=import b=import f=import
-> imports a b.c d.e
== from imports
from a.b import c, d as e
-> defines c=import e=import
-> imports a.b
== relative imports
from . import a
from .b import c
from ..d import *
-> defines a=import c=import
-> imports . ..d .b
-> stars ..d
== star import
from a import *
x
-> uses x*
-> imports a
-> stars a
== a name read before the star import does not come from it
x
from a import *
-> uses x
-> imports a
-> stars a
== guarded by ImportError
try:
    import a
except ImportError:
    a = None
-> defines a=assignment
-> uses ImportError?
-> imports [a]
== guarded by everything
try:
    import a as b
except:
    pass
-> defines b=import?
-> imports [a]
== alternatives
try:
    import a as x
except ModuleNotFoundError:
    import b as x
-> defines x=import
-> uses ModuleNotFoundError?
-> imports [a] b?
== another error guards nothing
try:
    import a
except ValueError:
    pass
-> defines a=import?
-> uses ValueError?
-> imports a
== imported in a branch
if c:
    import a
-> defines a=import?
-> uses c
-> imports a?
== in a function
def f():
    import a
    return a.b
-> defines f=function
== guarded once, then not
try:
    import a
except ImportError:
    pass
import a
-> defines a=import
-> uses ImportError?
-> imports a
== annotations of the future are not evaluated
from __future__ import annotations
x: T = 1
def f(a: A) -> R: pass
-> defines annotations=import f=function x=assignment
-> imports __future__
== the notebook itself
import __main__
from __main__ import x
from __main__ import *
-> defines __main__=import x=import
-> uses [x]
""")


@pytest.mark.parametrize(("source", "expected"), IMPORTS)
def test_an_import_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
