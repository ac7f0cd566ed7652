"""Which expressions are the kernel's namespace, its module or its shell?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.reader import RULES
from jupyter_namespace_viz.core.analysis.rules.namespaces import alias_of, dotted_name
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import PYTHON

EXPRESSIONS = [
    ("globals()", "namespace"),
    ("dir()", "namespace"),
    ("vars(x)", None),
    ("x.globals()", None),
    ("get_ipython()", "shell"),
    ("get_ipython().user_ns", "namespace"),
    ("anything.user_ns", "namespace"),
    ("f().user_ns", None),
    ("get_ipython().user_module", "main"),
    ("get_ipython().user_module.__dict__", "namespace"),
    ("__main__", "main"),
    ("vars(__main__)", "namespace"),
    ("import_module('__main__')", "main"),
    ("importlib.import_module('json')", None),
    ("sys.modules['__main__']", "main"),
    ("sys.modules[__name__]", "main"),
    ("sys.modules[name]", None),
    ("sys.modules['builtins'].__dict__", "builtins_dict"),
    ("sys.path['__main__']", None),
    ("x.__dict__", None),
    ("x", None),
    ("1", None),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_what_an_expression_is_another_name_of(text: str, expected: str | None) -> None:
    walker = Walker(RULES, PYTHON)
    assert alias_of(walker, ast.parse(text, mode="eval").body) == expected


@pytest.mark.parametrize(
    ("text", "name"), [("a", "a"), ("a.b", "a.b"), ("a.b.c", None), ("1", None)]
)
def test_dotted_names(text: str, name: str | None) -> None:
    assert dotted_name(ast.parse(text, mode="eval").body) == name
