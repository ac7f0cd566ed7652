"""What brings a cell's imports back without running the rest of it?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import (
    restoring_codes,
    restoring_imports,
    top_level_imports,
)
from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described_import, words

CODES = [
    # a cell, a name, what to run to have the name again
    ("import a", "a", ["import a"]),
    ("import a as b", "b", ["import a as b"]),
    ("from a import b", "b", ["from a import b"]),
    ("import a.b\nimport a.c", "a", ["import a.b", "import a.c"]),  # parts of one package
    ("from a import x\nfrom b import x", "x", ["from b import x"]),  # the last one
    ("if c: import a as x\nelse: import b as x", "x", []),  # which one is not known
    ("try: import a as x\nexcept ImportError: import b as x", "x", []),
    ("if c: import a", "a", ["import a"]),
    ("import a\na = 1", "a", []),  # no module any more
    ("a = 1\nimport a", "a", ["import a"]),
    ("a = 1", "a", []),
    ("from m import *", "x", ["from m import *"]),
    ("from m import *\nfrom n import *", "x", ["from m import *", "from n import *"]),
    ("%run a.py", "x", []),  # no import: it does other things too
    ("import a", "x", []),
]


@pytest.mark.parametrize(("source", "name", "codes"), CODES)
def test_the_code_that_brings_a_name_back(source: str, name: str, codes: list[str]) -> None:
    assert restoring_codes(read_cell(source), name) == codes


def test_the_statements_that_bring_a_name_back() -> None:
    names = read_cell("import os.path as p, sys\nx = 1")
    (statement,) = restoring_imports(names, "p")
    assert (statement.name, statement.module, statement.bound_module) == ("p", "os.path", "os.path")
    assert restoring_imports(names, "x") == ()
    assert restoring_imports(names, "nothing") == ()


TOP_LEVEL = [
    ("import a", "a"),
    ("import a.b, a.c", "a"),
    ("import b.x, a", "a b"),
    ("from . import a", ""),
    ("from .a import b", ""),
    ("if c: import a.b\nimport a", "a"),  # certain once is enough
    ("if c: import a", "a?"),
    ("try: import a.b\nexcept ImportError: pass", "[a]"),
    ("try: import a.b\nexcept ImportError: pass\nimport a", "a"),
    ("from a import *", "a"),
    ("def f(): import a", ""),  # not before it is called
]


@pytest.mark.parametrize(("source", "modules"), TOP_LEVEL)
def test_the_modules_that_must_be_found_first(source: str, modules: str) -> None:
    assert words(map(described_import, top_level_imports(read_cell(source)))) == modules


def test_the_definition_and_the_function_of_a_name() -> None:
    names = read_cell("x = 1\ndef f(): return y\nclass C: pass")
    assert [getattr(names.definition_of(it), "kind", None) for it in ("x", "f", "C", "y")] == [
        "assignment", "function", "class", None,
    ]  # fmt: skip
    function = names.function_of("f")
    assert function is not None
    assert [use.name for use in function.uses] == ["y"]
    assert names.function_of("x") is None


ORDERS = {
    "each module before its name": ("import a, b", {"a": 0, "b": 1}),
    "after what is bound": ("x = 1\nimport a", {"a": 1}),
    "the first of several": ("import a\nx = 1\nimport a", {"a": 0}),
    "the one that is certain": (
        "try: import a\nexcept ImportError: pass\nx = 1\nimport a", {"a": 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDERS)
def test_when_a_module_is_imported(case: str) -> None:
    source, expected = ORDERS[case]
    assert {it.module: it.order for it in read_cell(source).imports} == expected


def test_each_name_is_bound_before_the_next_is_taken() -> None:
    names = read_cell("from m import a, b, c")
    assert [it.order for it in names.imports[0].taken] == [0, 1, 2]
    assert [it.order for it in names.definitions] == [1, 2, 3]


def test_fallbacks_are_imported_where_the_others_cannot_be() -> None:
    names = read_cell("try: import a\nexcept ImportError: import b")
    assert {it.module: it.unless for it in names.imports} == {"a": (), "b": ("a",)}
