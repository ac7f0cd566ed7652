"""Which names are used by a text that is passed to a library as a query?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

QUERIES = table("""
== pandas looks names up that follow an @
df.query("a > @low and b in @wanted.ids")
-> uses df low wanted
== in an assignment of several lines
df.eval('''
    c = a + @shift
    d = c * @scale[0]
''', inplace=True)
-> uses df scale shift
== columns in backticks, an f-string, the keyword
df.query(expr=f"`a @b` > @low and c == {n}")
-> uses df low n
== a text in quotes is no name
df.query("a == '@home'")
-> uses df
== the names of a function are its own
def f(low):
    return df.query("a > @low + @shift")
-> defines f=function
-> uses ~df ~shift
== names that come from elsewhere
df.query("a > @low", local_dict=names)
-> uses df names
== handled
try: df.query("a > @low")
except NameError: pass
-> uses NameError? [df] [low]
== other languages
db.query("SELECT @x FROM t")
octave.eval("y = arrayfun(@sin, x)")
db.query(text)
-> uses db octave text
== pandas.eval has no columns
import pandas as p
p.eval("df.a + sin(b) * @c")
-> defines p=import
-> uses b df
-> imports pandas
== the module under its usual name
pd.eval("a + b")
-> uses a b pd
== another object of that name
pd = m()
pd.eval("a + b")
-> defines pd=assignment
-> uses m
== duckdb uses names of the notebook where it has no such table
import duckdb
duckdb.sql("SELECT * FROM df JOIN other ON x = y, read_csv('f') WHERE z IN (SELECT z FROM s.t)")
-> defines duckdb=import
-> uses [df] [other]
-> imports duckdb
""")


@pytest.mark.parametrize(("source", "expected"), QUERIES)
def test_the_names_in_a_query(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


def test_what_a_database_may_have_is_used_but_never_needed() -> None:
    (use,) = (it for it in read_cell('duckdb.sql("FROM df")').uses if it.name == "df")
    assert (use.guarded, use.certain) == (True, False)
