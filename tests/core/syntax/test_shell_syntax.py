"""What do shell commands, help and automagic mean for names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

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
-> uses [x]
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
== an option after the word of a magic
reset -f
-> is reset
== other words with options
history -n
""")


@pytest.mark.parametrize(("source", "expected"), SHELL)
def test_shell_syntax_is_read(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
