"""Is IPython's syntax read for the names that it binds and uses?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.reading import read_cell
from tests.core.notebooks import table, told

CELL_MAGICS = table("""
== time runs its body in the notebook
%%time
x = y
-> defines x=assignment
-> uses y
== an empty body
%%time
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
== a magic nobody knows
%%foo bar
x = (
-> language %%foo
== an unclosed quote
%%bash --out 'o
x
-> language bash
""")

LINE_MAGICS = table("""
== time binds
%time x = f(y)
-> defines x=assignment
-> uses f y
== time without a statement
%time
== time with a result
x = %time f(y)
-> defines x=assignment
-> uses f y
== timeit binds nothing
%timeit -n 3 -r 2 x = f(y)
-> uses f y
== timeit -o gives its result
r = %timeit -o f(y)
-> defines r=assignment
-> uses f y
== lprun names a function in its options
%lprun -f f g(x)
-> uses g x
== in a block, lines keep their numbers
for i in xs:
    %time y = i
z = = 1
-> defines i=loop y=assignment
-> uses xs
-> problems 3 syntax Invalid syntax.
== in a function
def f():
    %time x = y
-> defines f=function
-> uses ~y
== run brings names that nobody can tell
%run other.py
x
-> uses x*
-> stars %run other.py
== pylab
%pylab inline
x
-> uses x*
-> stars pylab
== store -r
%store -r x y
-> defines x=magic y=magic
== store
%store x
== setting up
%matplotlib inline
%load_ext autoreload
%cd ..
== what it interpolates is used, never needed
%foo $x {y}
-> uses [x] [y]
== a magic's result
x = %foo y
-> defines x=assignment
== called in Python
get_ipython().run_line_magic("time", "x = y")
-> defines x=assignment
-> uses y
== an ordinary method of that name
other.run_line_magic("time", x)
-> uses other x
== a magic whose name is computed
get_ipython().run_line_magic(name, x)
-> uses get_ipython name x
""")

SHELL = table("""
== a command
!cmd $x ${y} {z} {a.b} {c[0]} $$PID {{d}}
-> uses [a] [c] [x] [y] [z]
== its lines
x = !ls {y}
n = x
-> defines n=assignment x=assignment
-> uses [y]
== in a loop
for i in xs:
    !echo {i} {y}
-> defines i=loop
-> uses xs [y]
== needed elsewhere in the cell
!ls $x
x
-> uses x
== help
x.y?
== help on several lines
x?
?y
z??
a = b
-> defines a=assignment
-> uses b
== automagic
ls -l
== automagic with a path
cd ..
== automagic with packages
pip install numpy
== no automagic: assigned
cat = 3
-> defines cat=assignment
== no automagic: called
ls (x)
-> uses ls x
== no automagic: several lines
ls
x
-> uses ls x
""")


@pytest.mark.parametrize(("source", "expected"), [*CELL_MAGICS, *LINE_MAGICS, *SHELL])
def test_a_magic_is_read(source: str, expected: dict[str, str]) -> None:
    assert told(read_cell(source)) == expected
