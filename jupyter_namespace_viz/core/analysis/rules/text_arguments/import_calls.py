"""Which calls import a module that the text names as a string?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.walker import Walker

IMPORTING = frozenset({"import_module", "__import__"})
"""The names of the functions that do."""


def walk_import_call(walker: Walker, node: ast.Call) -> None:
    """`importlib.import_module("a.b")`, `__import__("a")`

    A module that is named by an expression is not known.
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
    if not is_import:
        return
    name = _module_of(node)
    if all(part.isidentifier() for part in name.split(".")):
        walker.resolver.import_module(name, walker.line_of(node), [])


def _module_of(node: ast.Call) -> str:
    """The dotted module that the call imports, as `import_module(".a", "pkg")` does, else ""."""
    given = [*node.args, *(it.value for it in node.keywords if it.arg == "package")]
    texts = [it.value for it in given if isinstance(it, ast.Constant) and isinstance(it.value, str)]
    if len(texts) != len(node.args) + len(node.keywords) or not texts:
        return ""
    name, *package = texts
    if not name.startswith("."):
        return "" if package else name
    is_sibling = len(package) == 1 and not name.startswith("..")
    return f"{package[0]}{name}" if is_sibling and _calls_import_module(node) else ""


def _calls_import_module(node: ast.Call) -> bool:
    return not isinstance(node.func, ast.Name) or node.func.id != "__import__"


def _is_not_bound_here(walker: Walker, function: ast.Name) -> bool:
    """Whether the name is what `importlib` or Python has under it, as far as the cell shows."""
    binding = walker.record.bindings.get(function.id)
    if binding is None:
        return True
    return [statement.module for statement in binding.imports] == ["importlib"]
