"""Which calls and items bind or read names that the text shows only as strings?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from jupyter_namespace_viz.core.analysis.rules.query_texts import QUERY_METHODS, walk_query_text
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.name_sources import ComputedCode

_NAMESPACES = frozenset({"dir", "globals", "locals", "vars"})
_RANGE = re.compile(r"([A-Za-z_]\w*?)(?:(\d+)?:(\d+))?")


def walk_dynamic_call(walker: Walker, node: ast.Call) -> None:
    """The bindings of `exec("x = 1")`, `globals().update(x=1)` and sympy's `sym.var("x y")`.

    The call itself has been walked before.
    """
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in {"eval", "exec"} and _is_run_here(walker, node):
            _run_text(walker, node)
        elif function.id == "var" and walker.resolver.cell.flow.boundness("var") == "free":
            _bind(walker, _symbols(node.args))  # after `from sympy import *`
    elif isinstance(function, ast.Attribute):
        if function.attr == "update" and is_namespace(walker, function.value):
            _bind(walker, [keyword.arg for keyword in node.keywords] + [None] * len(node.args))
        elif function.attr in QUERY_METHODS:
            walk_query_text(walker, node, function)
        elif function.attr == "var" and isinstance(function.value, ast.Name) and node.args:
            _bind(walker, _symbols(node.args))


def walk_dynamic_item(walker: Walker, node: ast.Subscript) -> None:
    """`globals()["x"] = …`: binds the name."""
    if is_namespace(walker, node.value):
        _bind(walker, [_text(node.slice)])


def walk_subscript(walker: Walker, node: ast.Subscript) -> None:
    """`globals()["x"]` reads the name; a missing one raises KeyError, no NameError."""
    walker.expressions(node)
    name = _text(node.slice)
    if name is not None and is_namespace(walker, node.value):
        walker.resolver.read_interpolated(name, walker.line_of(node))


def _is_run_here(walker: Walker, node: ast.Call) -> bool:
    """Whether a call of `exec` or `eval` runs its text in the kernel's namespace."""
    where = node.args[1:]
    return (
        len(node.args) > 0 and not node.keywords and all(is_namespace(walker, it) for it in where)
    )


def is_namespace(walker: Walker, node: ast.expr) -> bool:
    """Whether the expression is the dict of the kernel's namespace, or the list of its names."""
    if isinstance(node, ast.Attribute):
        shell = node.value
        return node.attr in {"user_ns", "user_global_ns"} and _calls(shell, {"get_ipython"})
    names = _NAMESPACES if not walker.resolver.in_body() else {"globals"}
    return _calls(node, names)


def _calls(node: ast.expr, names: Iterable[str]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in names
        and not node.args
    )


def _bind(walker: Walker, names: Iterable[str | None]) -> None:
    """Bind the names; None stands for a name that is computed."""
    for name in names:
        if name is None:
            walker.record.name_sources.add(ComputedCode())
        elif name.isidentifier() and not walker.resolver.in_body():
            walker.resolver.bind(name, "assignment")


def _run_text(walker: Walker, node: ast.Call) -> None:
    text = _text(node.args[0])
    if text is None:
        if isinstance(node.func, ast.Name) and node.func.id == "exec":
            walker.record.name_sources.add(ComputedCode())
    elif not walker.resolver.in_body():
        walker.text(text, walker.line_of(node))


def _symbols(arguments: list[ast.expr]) -> list[str]:
    """The names that sympy's `var` binds for these texts: `x y`, `x, y`, `x:2`, `x1:3`."""
    names = []
    for text in map(_text, arguments):
        for word in re.split(r"[\s,]+", text or ""):
            match = _RANGE.fullmatch(word)
            if match and match[3]:
                names += [f"{match[1]}{n}" for n in range(int(match[2] or 0), int(match[3]))[:100]]
            elif match:
                names.append(word)
    return names


def _text(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]
