"""Is IPython's syntax read for the names that it binds and uses?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.known_magics import UnusableMagic, user_magics
from tests.core.notebooks import described, table

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
%lprun -f f -T out.txt g(x)
-> uses f g x
== memit binds
%memit -r 1 x = y
-> defines x=assignment
-> uses y
== as IPython exported it once
get_ipython().magic("time x = y")
get_ipython().magic(u"%matplotlib inline")
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
== store keeps a name that must be there
%store x
-> uses [x]
== store -r alone brings names that nobody can tell
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
== pylab that keeps to itself
%pylab --no-import-all
np.pi, x
-> defines display=magic figsize=magic getfigs=magic matplotlib=magic np=magic plt=magic
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
-> uses y
-> deletes x y
== who
%who
%whos DataFrame
%who_ls
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
== a command of Python's
!pip install $pkg
-> uses [pkg]
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
== automagic that takes a name
ls $x
-> uses [x]
== automagic that deletes one
xdel x
-> uses x
-> deletes x
== automagic that holds Python
time x = f(y)
-> defines x=assignment
-> uses f y
== automagic that runs a file
run other.py
-> stars %run other.py
== automagic or a name
history
-> uses [history]
== an expression whose first word is a magic too
time - x
-> uses [time] x
-> automagic time
== a subscription whose first word is a magic too
hist[0.25], hist[x]
-> uses [hist] x
-> automagic hist
== a call whose function is a magic too
pprint(x)
-> uses [pprint] x
-> automagic pprint
== a call whose function is one of the shell's words
ls (x)
-> uses [ls] x
-> automagic ls
== no automagic: an attribute
time.time()
-> uses time
== no automagic: assigned
cat = 3
-> defines cat=assignment
== no automagic: a tuple
hist, x
-> uses hist x
== no automagic: several lines
ls
x
-> uses ls x
""")


OWN = table("""
== a cell of another language
%%spark -o df
val x = 1
-> language Scala
== Python that is timed
%%clocked
x = y
-> defines x=assignment
-> uses y
== Python whose bindings are lost
%%often
x = y
-> uses y
== a line
%clocked x = y
-> defines x=assignment
-> uses y
== one of IPython's own that means something else here
%%time
x = 1
-> language a clock
== only with as many signs
%often x
""")


@pytest.mark.parametrize(("source", "expected"), OWN)
def test_a_magic_of_the_user_s_own_is_read(source: str, expected: dict[str, str]) -> None:
    own = user_magics(
        {
            "%%spark": "Scala",
            "%%clocked": "python",
            "%%often": "unbound",
            "%clocked": "python",
            "%%time": "a clock",
        }
    )
    assert described(read_cell(source, Dialect(magics=own))) == expected


@pytest.mark.parametrize(
    ("name", "holds", "message"),
    [
        ("spark", "Scala", "'spark' names no magic: write %name, or %%name for cells."),
        ("%%%spark", "Scala", "'%%%spark' names no magic: write %name, or %%name for cells."),
        ("%", "Scala", "'%' names no magic: write %name, or %%name for cells."),
        ("%%a b", "Scala", "'%%a b' names no magic: write %name, or %%name for cells."),
        ("%%a", " ", "'%%a' holds nothing: write python, unbound, or the name of its language."),
    ],
)
def test_an_entry_that_says_nothing_is_refused(name: str, holds: str, message: str) -> None:
    with pytest.raises(UnusableMagic) as refused:
        user_magics({name: holds})
    assert str(refused.value) == message


@pytest.mark.parametrize(("source", "expected"), [*CELL_MAGICS, *LINE_MAGICS, *SHELL])
def test_a_magic_is_read(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
