"""Which expressions certainly raise, judging by the values that the text shows?"""

from __future__ import annotations

import ast
from typing import Any

from jupyter_namespace_viz.core.analysis.rules.truth import UNKNOWN_VALUE, value_at
from jupyter_namespace_viz.core.analysis.scopes import CellScope, ClassScope, ComprehensionScope
from jupyter_namespace_viz.core.analysis.walker import Walker

_NUMBERS = (bool, int, float)
_DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod)
_PARSED = {"int": int, "float": float}


def note_failure(walker: Walker, error: str | None) -> None:
    """The expression that has just been walked certainly raises this error, unless it is None; the
    one of a comprehension, where that has any items."""
    if error is not None and not isinstance(walker.resolver.scope, ComprehensionScope):
        walker.resolver.suspend(error, walker.record.line)
        walker.is_unreachable = True


def error_of_operation(walker: Walker, node: ast.BinOp) -> str | None:
    """The error of `1 / 0` or `"a" + 1`, None where it need not raise."""
    left = value_at(walker, node.left)
    if left is UNKNOWN_VALUE:
        return None
    right = value_at(walker, node.right)
    if right is UNKNOWN_VALUE:
        return None
    are_numbers = isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)
    if isinstance(node.op, _DIVISIONS):
        return "ZeroDivisionError" if are_numbers and right == 0 else None
    if isinstance(node.op, (ast.Add, ast.Sub)) and not are_numbers:
        is_sum = isinstance(node.op, ast.Add) and type(left) is type(right)
        has_known_types = _is_plain(left) and _is_plain(right)
        return "TypeError" if has_known_types and not is_sum else None
    return None


def _is_plain(value: Any) -> bool:
    return isinstance(value, (*_NUMBERS, str, bytes, type(None)))


def error_of_subscript(walker: Walker, node: ast.Subscript) -> str | None:
    """The error of `[][0]` or `{}["a"]`, None where it need not raise."""
    kind = type(node.value)
    if kind not in {ast.List, ast.Tuple, ast.Dict} or not isinstance(node.ctx, ast.Load):
        return None
    key = value_at(walker, node.slice)
    if isinstance(node.value, ast.Dict):
        keys = [value_at(walker, it) if it is not None else UNKNOWN_VALUE for it in node.value.keys]
        is_known = key is not UNKNOWN_VALUE and UNKNOWN_VALUE not in keys
        return "KeyError" if is_known and key not in keys else None
    elements = node.value.elts  # type: ignore[attr-defined]
    if type(key) is not int or any(isinstance(it, ast.Starred) for it in elements):
        return None
    return None if -len(elements) <= key < len(elements) else "IndexError"


def error_of_call(walker: Walker, node: ast.Call) -> str | None:
    """The error of `int("x")`, None where it need not raise."""
    function = node.func
    if type(function) is not ast.Name or function.id not in _PARSED or len(node.args) != 1:
        return None
    text = value_at(walker, node.args[0])
    if not isinstance(text, str) or node.keywords or not _is_builtin(walker, function.id):
        return None
    try:
        _PARSED[function.id](text)
    except ValueError:
        return "ValueError"
    return None


def _is_builtin(walker: Walker, name: str) -> bool:
    """Whether neither the cell nor a function around this point binds the name of a builtin."""
    scope = walker.resolver.scope
    while not isinstance(scope, CellScope):
        if not isinstance(scope, ClassScope) and name in scope.local_names:
            return False
        scope = scope.parent
    return name not in walker.record.bindings
