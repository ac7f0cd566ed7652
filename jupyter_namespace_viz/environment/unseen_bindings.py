"""May a module bind names that its statements do not show?

globals()["a"] = 1              binds a name that is computed
setattr(sys.modules[__name__], "a", 1)
Signals._convert_(…)            of enum: binds the members in the module
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

_WORDS = re.compile(
    r"\bmodules\s*\[\s*[\w.]*__name__|\bmodules\.get\(\s*[\w.]*__name__"
    r"|\b_convert_?\(|\bglobal_enum\b|\bf_globals\b(?!\.get\b)"
)
_READS = frozenset({"get", "keys", "items", "values", "copy"})


def may_bind_unseen(body: Iterable[ast.stmt], text: str) -> bool:
    """Whether code of the module may bind further names in it. Its own `__getattr__` and `__dir__`
    do not count: they bind nothing."""
    if _WORDS.search(text) is not None:
        return True
    return any(
        _binds(node, is_function=False)
        for node in body
        if not (isinstance(node, ast.FunctionDef) and node.name in {"__getattr__", "__dir__"})
    )


def _binds(node: ast.AST, is_function: bool) -> bool:
    """Whether code in the node may bind names of the module; `is_function`: in a function's body,
    where `locals()` and `setattr` have nothing to do with the module."""
    pending = [(node, is_function)]
    while pending:
        node, is_function = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            is_function = True
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            read: ast.AST | None = node.value
        elif isinstance(node, ast.Attribute) and node.attr in _READS:
            read = node.value
        else:
            read = None
        for child in ast.iter_child_nodes(node):
            is_read = child is read or isinstance(node, ast.Compare)
            if not is_read and isinstance(child, ast.Call) and _is_unseen(child, is_function):
                return True
            pending.append((child, is_function))
    return False


def _is_unseen(call: ast.Call, is_function: bool) -> bool:
    if not isinstance(call.func, ast.Name):
        return False
    name = call.func.id
    if name == "globals":
        return True
    if is_function:
        return False
    return name in {"exec", "setattr"} or (name in {"locals", "vars"} and not call.args)
