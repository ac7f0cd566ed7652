"""Which names hold objects that a cell may change in place?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell

TOUCHED = [
    # parts that are bound or deleted
    ('df["x"] = 1', "df"),
    ("a.b[0].c = 1", "a"),
    ("a, b[0] = 1, 2", "b"),
    ("del d[1], e.f", "d e"),
    ("x += 1", "x"),
    ("x[0] += 1", "x"),
    ("a.b: int = 1", "a"),
    ("x = 1", ""),
    # methods that change
    ("rows.append(1)", "rows"),
    ("a.b[0].append(1)", "a"),
    ("f(rows.pop())", "rows"),
    ("model.fit(x)", "model"),
    ("y = model.fit(x)", "model"),
    ("graph.add_edge(1, 2)", "graph"),
    ("w.add_(1)", "w"),
    ('df.drop("x", inplace=True)', "df"),
    ('df.drop("x", inplace=False)', ""),
    ("f(rows).append(1)", ""),
    # methods that look, and those whose names tell nothing
    ("df.head()\nx", ""),
    ("df.corr()", ""),  # its value is shown
    ("df.mystery()\nx", "df"),
    ("y = df.mystery()\nx", ""),
    ("if a:\n    df.mystery()", "df"),
    ("await session.mystery()\nx", "session"),
    # functions that change what they are given
    ("shuffle(rows)", "rows"),
    (
        "random.shuffle(rows)",
        "random rows",
    ),  # core/analysis/random_numbers.py
    ("next(lines)", "lines"),
    ("setattr(a.b, 'c', 1)", "a"),
    # scopes
    # what functions are given
    ("def f(rows): rows.append(1)\nf(x)", "x"),
    ("def f(rows): rows.append(1)\nf(x.parts[0])", "x"),
    ("def f(rows): rows.append(1)\nf([x])", ""),
    ("def f(rows): rows.append(1)\nf(rows=x)", "x"),
    ("def f(rows): rows.append(1)\nf(*x)", ""),
    ("def f(rows): rows.append(1)\n[f(x) for x in y]", ""),
    ("def f(n, rows): rows.append(n)\nf(x, y)", "y"),
    ("def f(n, *, rows): rows.append(n)\nf(x, rows=y)", "y"),
    ("def f(*rows): rows.append(1)\nf(x)", ""),
    ("def f(df): df['x'] = 1\nf(data)", "data"),
    ("def f(df):\n    df = df.copy()\n    df['x'] = 1\nf(data)", ""),
    ("def f(df): return df.head()\nf(data)", ""),
    ("f = lambda rows: rows.append(1)\nf(x)", "x"),
    ("def f(): rows.append(1)", ""),
    ("def f(): rows.append(1)\nf()", "rows"),
    ("def f():\n    def g(): rows.append(1)\n    g()\nf()", "rows"),
    ("class A:\n    def __init__(self): rows.append(1)\nA()", "rows"),
    ("class A:\n    rows = []\n    rows.append(1)", ""),
    ("[row.append(1) for row in rows]", ""),
    ("[rows.append(x) for x in y]", "rows"),
    ("%time rows.append(1)", "rows"),
]


@pytest.mark.parametrize(("source", "mutated"), TOUCHED)
def test_mutated_names(source: str, mutated: str) -> None:
    assert " ".join(sorted(read_cell(source).mutated)) == mutated
