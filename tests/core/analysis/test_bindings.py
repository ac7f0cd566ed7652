"""Which names does a statement bind, and which code binds them again?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.bindings import (
    ImportStatement,
    from_module,
    import_statements,
    pattern_names,
    star_statement,
)
from jupyter_namespace_viz.core.analysis.reader import read_cell


def imported(source: str) -> ast.Import | ast.ImportFrom:
    """The import statement of the text."""
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Import | ast.ImportFrom)
    return statement


@pytest.mark.parametrize(
    ("source", "statements"),
    [
        # name, module, the module that the name is bound to, code
        ("import a", [("a", "a", "a", "import a")]),
        ("import a.b", [("a", "a.b", "a", "import a.b")]),  # binds the package, not its part
        ("import a.b as p", [("p", "a.b", "a.b", "import a.b as p")]),
        ("import a, b as c", [("a", "a", "a", "import a"), ("c", "b", "b", "import b as c")]),
        ("from a import b", [("b", "a", None, "from a import b")]),
        ("from a.b import c as d", [("d", "a.b", None, "from a.b import c as d")]),
        ("from . import a", [("a", ".", None, "from . import a")]),
        ("from ..a import b", [("b", "..a", None, "from ..a import b")]),
        ("from a import *", []),
    ],
)
def test_each_name_of_an_import_is_a_statement_of_its_own(
    source: str, statements: list[tuple[str, str, str | None, str]]
) -> None:
    assert import_statements(imported(source)) == [ImportStatement(*one) for one in statements]


@pytest.mark.parametrize(
    ("module", "top"),
    [("a", "a"), ("a.b.c", "a"), (".", None), (".a", None), ("..a.b", None)],
)
def test_the_module_that_must_be_found_first(module: str, top: str | None) -> None:
    assert ImportStatement("x", module, None, "").top_level_module == top


def test_a_star_import_binds_all_names() -> None:
    assert star_statement("a.b") == ImportStatement("*", "a.b", None, "from a.b import *")


@pytest.mark.parametrize(
    ("source", "module"),
    [("from a.b import c", "a.b"), ("from . import c", "."), ("from ...a import c", "...a")],
)
def test_the_module_of_a_from_import(source: str, module: str) -> None:
    statement = imported(source)
    assert isinstance(statement, ast.ImportFrom)
    assert from_module(statement) == module


PATTERNS = [
    ("_", []),
    ("3 | 'a' | None", []),
    ("Colour.RED", []),  # a dotted name is compared, not bound
    ("x", ["x"]),
    ("[a, *rest]", ["a", "rest"]),
    ("[a, *_]", ["a"]),
    ("{'k': v, **others}", ["others", "v"]),
    ("Point(x=0, y=b)", ["b"]),
    ("[1, 2] as pair", ["pair"]),
    ("{'k': [p, Point(q)]} as whole", ["p", "q", "whole"]),
    ("[a, 1] | [1, a]", ["a", "a"]),
]


@pytest.mark.parametrize(("pattern", "names"), PATTERNS)
def test_the_names_that_a_pattern_captures(pattern: str, names: list[str]) -> None:
    (match,) = ast.parse(f"match subject:\n    case {pattern}: pass").body
    assert isinstance(match, ast.Match)
    assert sorted(pattern_names(match.cases[0].pattern)) == names


@pytest.mark.parametrize(
    ("source", "name", "statements"),
    [
        ("import numpy as np", "np", [("numpy", "numpy", "import numpy as np")]),
        ("import a.b", "a", [("a.b", "a", "import a.b")]),
        ("import a.b as c", "c", [("a.b", "a.b", "import a.b as c")]),
        ("from a.b import c", "c", [("a.b", None, "from a.b import c")]),
        ("from . import c as d", "d", [(".", None, "from . import c as d")]),
        ("import a, b\nimport a.c", "a", [("a", "a", "import a"), ("a.c", "a", "import a.c")]),
        ("import a\na = 1", "a", []),
        ("a = 1\nimport a", "a", [("a", "a", "import a")]),
    ],
)  # fmt: skip
def test_an_import_can_be_run_alone(
    source: str, name: str, statements: list[tuple[str, str | None, str]]
) -> None:
    definition = read_cell(source).definition_of(name)
    assert definition is not None
    assert definition.imports == tuple(ImportStatement(name, *one) for one in statements)
