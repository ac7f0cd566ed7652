"""Which names does `with` read and bind?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

WITH_BLOCKS = table("""
== with binds, also in parts
with open(f) as g, g.x as (h, i):
    j = h
-> defines g=with h=with i=with j=assignment
-> uses f open
== with without a name
with lock:
    x = 1
-> defines x=assignment
-> uses lock
== suppressed errors of names and of imports
with suppress(NameError):
    a = b
with contextlib.suppress(ImportError, KeyError):
    import m
a
-> defines a=assignment? m=import?
-> uses ImportError KeyError NameError a? [b] contextlib suppress
-> imports [m]
== a suppressed error ends the block, not the cell
with suppress(E):
    a = 1
    raise E
    c
b
-> defines a=assignment?
-> uses E b suppress
== a test that expects the error
with pytest.raises(NameError):
    a
-> uses NameError [a] pytest
== a context of one's own that may handle errors
class Quiet:
    def __enter__(self): return self
    def __exit__(self, *a): return True
with Quiet():
    a
-> defines Quiet=class
-> uses a?
== one that does not
class Timer:
    def __enter__(self): return self
    def __exit__(self, *a): print(a)
with Timer():
    a
-> defines Timer=class
-> uses a print<Timer
== a generator that handles errors
from contextlib import contextmanager
@contextmanager
def quiet():
    try: yield
    except E: pass
with quiet():
    a
-> defines contextmanager=import quiet=function
-> uses E?<quiet a?
-> imports contextlib
== a context that was kept
from contextlib import suppress
quiet = suppress(NameError)
with quiet:
    a
-> defines quiet=assignment suppress=import
-> uses NameError a?
-> imports contextlib
== other contexts handle no error
with lock(NameError):
    a = b
a
-> defines a=assignment
-> uses NameError b lock
""")


@pytest.mark.parametrize(("source", "expected"), WITH_BLOCKS)
def test_with_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
