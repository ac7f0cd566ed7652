"""What does a cell magic do with the body below it?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

CELL_MAGICS = table("""
== time runs its body in the notebook
%%time
x = y
-> defines x=assignment
-> uses y
== no body of a magic that is not known
%%mystery -o x
-> problems 1 syntax %%mystery is a cell magic, but the cell body is empty.
== a question about a magic
%%time?
-> language %%time?
== an empty body
%%time
# nothing
-> is empty
== blank lines above
\n  \n%%time
x = y
-> defines x=assignment
-> uses y
== timeit binds nothing, its first line is set-up
%%timeit -n 10 -r3 x = a
y = x + z
-> uses a z
== a function under timeit is lost, and so is what it would read
%%timeit
def f(): return a
== timeit deletes nothing
%%timeit
x = 1
del x
== capture binds its first word
%%capture out --no-stderr
x = y
-> defines out=magic x=assignment
-> uses y
== capture without a name
%%capture --no-stderr
x = 1
-> defines x=assignment
== prun
%%prun -s cumulative
x = y
-> defines x=assignment
-> uses y
== magics within
%%capture
%time x = y
-> defines x=assignment
-> uses y
== bash
%%bash --out o --err e
ls $x
-> defines e=magic o=magic
-> language bash
== every script gives its output that way
%%ruby --out=o
puts 1
-> defines o=magic
-> language Ruby
== bash with an equals sign
%%bash --out=o
ls
-> defines o=magic
-> language bash
== script
%%script perl --out o
$x
-> defines o=magic
-> language a script
== shell
%%!
ls
-> language shell
== R takes and gives names
%%R -i a,b -o c --output=d
z
-> defines c=magic d=magic
-> uses a b
-> language R
== bigquery
%%bigquery df --project p
SELECT 1
-> defines df=magic
-> language SQL
== bigquery, the options first
%%bigquery --project p --use_rest_api df
SELECT 1
-> defines df=magic
-> language SQL
== capture, an option first
%%capture --no-stderr out
x = 1
-> defines out=magic x=assignment
== SQL whose answer gets a name
%%sql sqlite:// rows <<
SELECT 1
-> defines rows=magic
-> language SQL
== the same in the body
%%sql
rows << SELECT 1
-> defines rows=magic
-> language SQL
== Cython gives what it defines
%%cython -a
cimport numpy
def f(int n):
    return n
cpdef double g(double x): return x
cdef int h(int x): return x
cdef class C:
    def m(self): pass
-> defines C=magic f=magic g=magic
-> language Cython
== a statement beside prun runs before the body
%%prun -s cumulative x = a
y = b
-> defines x=assignment y=assignment
-> uses a b
== a magic below a magic
%%time
%%capture out
x = y
-> defines out=magic x=assignment
-> uses y
== a script below a magic
%%time
%%bash --out o
ls
-> defines o=magic
== what IPython fills into the first line is used, never needed
%%writefile {folder}/$name.py
x
-> uses [folder] [name]
-> language the text of a file
== the text of a file
%%writefile f.py
x = 1
-> language the text of a file
== markup
%%html
<b>
-> language HTML
== another process
%%python3
x = 1
-> language Python in another process
== an unknown magic
%%foo bar
x = (
-> language %%foo
== an unclosed quote
%%bash --out 'o
x
-> language bash
== a comment above
# how long
%%time
x = y
-> problems 2 syntax Line magic function `%%time` not found.
== time with a statement and a body
%%time # how long
x = y
-> problems 1 syntax Can't use statement directly after '%%time'.
== capture with two words
%%capture out err
x = y
-> problems 1 syntax Unrecognized arguments: err.
== a template
%%code_wrap before
__code__
-> language a template of code
""")


@pytest.mark.parametrize(("source", "expected"), CELL_MAGICS)
def test_a_cell_magic_is_read(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


def test_a_cell_magic_without_a_body() -> None:
    said = (
        "%%time is a cell magic, but the cell body is empty. "
        "Did you mean the line magic %time (single %)?"
    )
    assert described(read_cell("%%time")) == {"problems": f"1 syntax {said}"}
    # `\f` ends a line for IPython only.
    assert described(read_cell("\f\n%%time x\n")) == {"problems": f"2 syntax {said}"}
