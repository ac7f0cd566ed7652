"""Which names do type parameters and type aliases bind and read?"""

from __future__ import annotations

import sys

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

TYPES = table("""
== the type parameters of a function are its own
def f[T: B](x: T, y=d) -> T:
    return T, z
-> defines f=function
-> uses d ~z
== the type parameters of a class
class C[T](Base[T]):
    a: T
    def m(self) -> T:
        return T, z
-> defines C=class
-> uses Base ~z?
== the annotations of a method see its class, the defaults no type parameters
class C:
    unit = int
    def f[T](self, a: unit, b: T = T, *, c: C = unit) -> unit: ...
-> defines C=class
-> uses C T int
== a type alias is evaluated when asked for
type Pair[T] = tuple[T, X]
-> defines Pair=type_alias
""")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
@pytest.mark.parametrize(("source", "expected"), TYPES)
def test_type_parameters(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
