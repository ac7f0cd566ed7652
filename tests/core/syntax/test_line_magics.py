"""What does a line magic bind, read and delete?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

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
%lprun -f f -T out.txt g(x)
-> uses f g x
== memit binds
%memit -r 1 x = y
-> defines x=assignment
-> uses y
== as IPython exported it once
get_ipython().magic("time x = y")
get_ipython().magic(u"%matplotlib inline")
-> imports matplotlib
-> defines x=assignment
-> uses y
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
== run brings names that are not known
%run other.py
x
-> uses x*
-> stars %run other.py
== pylab
%pylab inline
x
-> imports matplotlib numpy
-> defines display=magic figsize=magic getfigs=magic numpy=magic pylab=magic pyplot=magic
-> uses x*
-> stars matplotlib.pylab
== store -r
%store -r x y
-> defines x=magic y=magic
== store keeps a name that must be there
%store x
-> uses [x]
== store -r alone brings names that are not known
%store -r
x
-> uses x*
-> stars %store -r
== time keeps going
%time --no-raise-error x = y
-> defines x=assignment
-> uses y
== time of a signed number
%time -x
-> uses x
== run keeps its options
%run -i "a file.py" b
-> stars %run -i 'a file.py' b
== reset deletes all
x = 1
%reset -f
y = 2
-> defines y=assignment
-> is reset
== reset of something else
x = 1
%reset -f in out
-> defines x=assignment
== xdel
x = 1
%xdel x
%xdel -n y
-> uses [y]
-> deletes x y
== who
%who
%whos DataFrame
%who_ls
== sc keeps the output of a command
%sc -l files=ls *.py
-> defines files=magic
== sc without a name
%sc ls
== macro
%macro again 1-3
-> defines again=magic
== R in a line
%R -i x -o y,z y <- x
-> defines y=magic z=magic
-> uses x
== to R and back
%Rpush x y
%Rpull z
-> defines z=magic
-> uses x y
== SQL in a line
rows = %sql SELECT 1
%sql others << SELECT 2
-> defines others=magic rows=assignment
== a broken statement of a magic
%time x = = 1
y = 1
-> defines y=assignment
-> problems 1 syntax Invalid syntax.
== the environment
%env A=$b
%set_env C={d}
-> uses [b] [d]
== setting up
%matplotlib inline
%load_ext autoreload
%load_ext a.b
%cd ..
-> imports a.b matplotlib
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
== timeit with options
%timeit -n 1 -r1 -t -q f(y)
%timeit -v r -p 3 g(z)
-> uses f g y z
== aimport
%aimport a, b.c -d
-> defines a=magic b=magic
== another name of a magic
%alias_magic t time
%t x = y
%alias_magic --line u timeit
%u z = w
-> defines x=assignment
-> uses w y
== a command of the shell by another name
%alias hi echo %s
%hi {x}
%unalias hi
-> uses [x]
== in a function it binds no local variable
def f(x):
    %time y = x + a
    return y
-> defines f=function
-> uses ~a ~y
== a cell magic that is not first
a = b
%%time
c = d
-> defines a=assignment
-> uses b
-> problems 2 syntax Line magic function `%%time` not found.
== a cell magic that is perhaps reached
if a:
    %%time
b
-> uses a b
== a prompt that was copied
In [1]: x = 1
In [2]: y = x
-> defines x=assignment y=assignment
""")


@pytest.mark.parametrize(("source", "expected"), LINE_MAGICS)
def test_a_line_magic_is_read(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
