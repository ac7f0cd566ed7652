"""What do the calls do to names that IPython makes of its own syntax?"""

from __future__ import annotations

import ast

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.analysis.rules.text_arguments.magic_calls import is_magic_call
from tests.core.tools.notebooks import described

CALLS = [
    ("get_ipython().system('ls')", True),
    ("get_ipython().run_line_magic('time', 'x')", True),
    ("get_ipython().ex('x = 1')", True),
    ("get_ipython().run_line_magic(name, 'x')", False),  # which one is not known
    ("get_ipython().system(command)", False),
    ("get_ipython().set_next_input('x')", False),
    ("get_ipython()", False),
    ("shell.system('ls')", False),
    ("os.system('ls')", False),
]


@pytest.mark.parametrize(("source", "expected"), CALLS)
def test_a_call_that_stands_for_a_magic(source: str, expected: bool) -> None:
    node = ast.parse(source, mode="eval").body
    assert isinstance(node, ast.Call)
    assert is_magic_call(node) == expected


AS_WRITTEN = [
    "%time x = y",
    "%timeit x = y",
    "!ls {x} $y",
    "x = !ls {y}",
    "x = %time y",
    "x?",
    "%run a.py\nx",
    "%store -r x",
    "%reset -f\nx = 1",
    "%xdel x",
    "%lprun -f f g(x)",
    "if a:\n    %time x = y",
    "def f():\n    %time x = y",
    "for a in b:\n    !echo {a}",
    "%%time\nx = y",
    "%%timeit\nx = y",
    "%%capture out\nx = y",
    "%%R -i x -o y\nz",
]


@pytest.mark.parametrize("source", AS_WRITTEN)
def test_a_magic_and_the_call_that_ipython_makes_of_it_are_the_same(source: str) -> None:
    """A cell of another language is no Python cell only where it is written as one."""
    written = {**described(read_cell(source)), "language": ""}
    transformed = TransformerManager().transform_cell(source)
    assert "get_ipython" in transformed
    assert {**described(read_cell(transformed)), "language": ""} == written


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("get_ipython().ex('x = y')", {"defines": "x=assignment", "uses": "y"}),
        ("get_ipython().ev('x + y')", {"uses": "x y"}),
        ("get_ipython().run_cell('x = %time y')", {"defines": "x=assignment", "uses": "[y]"}),
        ("get_ipython().run_cell('x = = 1'); x", {"uses": "x"}),
        (
            "get_ipython().run_cell('raise E'); x = 1; x",
            {"defines": "x=assignment", "uses": "[E]"},
        ),
        ("get_ipython().magic('%time x = y')", {"defines": "x=assignment", "uses": "y"}),
        ("get_ipython().getoutput('ls {x}')", {"uses": "[x]"}),
        ("get_ipython().system()", {}),
        (
            "ip = get_ipython()\nip.magic('time x = y')",
            {"defines": "ip=assignment x=assignment", "uses": "get_ipython y"},
        ),
        ("ip.run_line_magic('time', 'x = y')", {"defines": "x=assignment", "uses": "ip y"}),
        ("ip.magic('time x = y')", {"uses": "ip"}),  # of what is not known
    ],
)
def test_a_call_that_the_user_wrote(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


AWAITS = {
    "%time await x": "1 syntax",
    "a\n%timeit await x": "2 syntax",
    "%%time\nawait x": "1 syntax",
    "%%timeit\nawait x": "1 syntax",
    "%prun async def f(): await x": "",
    "%%time\nasync def f(): await x": "",
    "%%capture\nawait x": "",
    "await x": "",
}


@pytest.mark.parametrize("source", AWAITS)
def test_an_await_in_a_text_that_a_magic_compiles(source: str) -> None:
    problems = read_cell(source).problems
    assert " ".join(f"{it.line} {it.kind}" for it in problems) == AWAITS[source]
