"""Which calls import a module that the text names as a string?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.walker import Walker

IMPORTING = frozenset({"import_module", "__import__"})
"""The names of the functions that do."""


def walk_import_call(walker: Walker, node: ast.Call) -> None:
    """`importlib.import_module("a.b")`, `__import__("a")`

    A module that is relative to another, or named by an expression, is not known.
    """
    function = node.func
    if isinstance(function, ast.Attribute):
        is_import = isinstance(function.value, ast.Name) and (
            (function.value.id, function.attr) == ("importlib", "import_module")
        )
    else:
        is_import = isinstance(function, ast.Name) and (
            function.id in IMPORTING and _is_not_bound_here(walker, function)
        )
    if not is_import or len(node.args) != 1 or node.keywords:
        return
    module = node.args[0]
    if isinstance(module, ast.Constant) and isinstance(module.value, str):
        parts = module.value.split(".")
        if all(part.isidentifier() for part in parts):
            walker.resolver.import_module(module.value, walker.line_of(node), [])


def _is_not_bound_here(walker: Walker, function: ast.Name) -> bool:
    """Whether the name is what `importlib` or Python has under it, as far as the cell shows."""
    binding = walker.record.bindings.get(function.id)
    if binding is None:
        return True
    return [statement.module for statement in binding.imports] == ["importlib"]
