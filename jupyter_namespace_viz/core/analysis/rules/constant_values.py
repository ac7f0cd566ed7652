"""Which value does an expression have, judging by the values of names that the text shows?

Lists and dicts are values too, until a call or an assignment may change them.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Values = Mapping[str, Any]

UNKNOWN_VALUE = object()
"""Stands for a value that the text does not show."""

NO_VALUES: Values = {}


def some_function() -> None:
    """Stands for a function that is not known."""


MOST_ITEMS = 20
"""Longer lists and dicts are not looked at."""


class Members(NamedTuple):
    """The class that a name is bound to: the constants among its attributes."""

    values: Mapping[str, Any]


class Returns(NamedTuple):
    """The function that a name is bound to, which does nothing but return this constant."""

    value: Any


CHANGEABLE = (list, dict, Members)
"""The kinds of values that can change without being bound again."""

FUNCTIONS = frozenset(
    "bool callable enumerate filter isinstance iter len list map range reversed set sorted tuple "
    "zip".split()
)
"""The builtins whose results may be known where their arguments are."""

SHADOWED: Values = dict.fromkeys(FUNCTIONS, Members({}))
"""Stands for values where the text binds one of these names."""

_OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_LARGEST = 1_000_000
_SIZED = (str, bytes, list, tuple, dict, range)
_TYPES = {it.__name__: it for it in (bool, bytes, dict, float, int, list, str, tuple)}


def constant_value(node: ast.expr, known: Values = NO_VALUES) -> Any:
    """The value of the expression, else UNKNOWN_VALUE."""
    kind = type(node)
    if kind is ast.Constant:
        return node.value  # type: ignore[attr-defined]
    evaluate = _EVALUATED.get(kind)
    return UNKNOWN_VALUE if evaluate is None else evaluate(node, known)


def is_whole(value: Any) -> bool:
    """Whether all parts of a value are known: a dict may have some that are not."""
    if isinstance(value, dict):
        return all(map(is_whole, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_whole, value))
    return value is not UNKNOWN_VALUE


def _of_name(node: ast.Name, known: Values) -> Any:
    value = known.get(node.id, UNKNOWN_VALUE)
    if value is UNKNOWN_VALUE and node.id == "__name__":
        return "__main__"
    return UNKNOWN_VALUE if isinstance(value, (Members, Returns)) else value


def _of_attribute(node: ast.Attribute, known: Values) -> Any:
    of = known.get(node.value.id) if isinstance(node.value, ast.Name) else None
    return of.values.get(node.attr, UNKNOWN_VALUE) if isinstance(of, Members) else UNKNOWN_VALUE


def _of_display(node: ast.List | ast.Tuple, known: Values) -> Any:
    if len(node.elts) > MOST_ITEMS:
        return UNKNOWN_VALUE
    values = [constant_value(it, known) for it in node.elts]
    if UNKNOWN_VALUE in values:
        return UNKNOWN_VALUE
    return values if isinstance(node, ast.List) else tuple(values)


def _of_dict(node: ast.Dict, known: Values) -> Any:
    if len(node.keys) > MOST_ITEMS:
        return UNKNOWN_VALUE
    keys = [UNKNOWN_VALUE if it is None else constant_value(it, known) for it in node.keys]
    if any(it is UNKNOWN_VALUE or isinstance(it, CHANGEABLE) for it in keys):
        return UNKNOWN_VALUE
    values = [constant_value(it, known) for it in node.values]
    try:
        return dict(zip(keys, values, strict=True))
    except TypeError:  # a tuple of lists
        return UNKNOWN_VALUE


def _of_operation(node: ast.BinOp, known: Values) -> Any:
    operate = _OPERATIONS.get(type(node.op))
    left = constant_value(node.left, known) if operate is not None else UNKNOWN_VALUE
    right = constant_value(node.right, known) if left is not UNKNOWN_VALUE else UNKNOWN_VALUE
    if operate is None or not (_is_small(left) and _is_small(right)):
        return UNKNOWN_VALUE
    try:
        return operate(left, right)
    except ZeroDivisionError:
        return UNKNOWN_VALUE


def _is_small(value: Any) -> bool:
    return isinstance(value, (bool, int, float)) and abs(value) <= _LARGEST


def _of_sign(node: ast.UnaryOp, known: Values) -> Any:
    value = constant_value(node.operand, known) if isinstance(node.op, ast.USub) else None
    return -value if isinstance(value, (int, float)) else UNKNOWN_VALUE


def _of_item(node: ast.Subscript, known: Values) -> Any:
    of = constant_value(node.value, known)
    key = constant_value(node.slice, known) if isinstance(of, (dict, list, tuple)) else None
    if of is UNKNOWN_VALUE or key is UNKNOWN_VALUE or isinstance(key, CHANGEABLE):
        return UNKNOWN_VALUE
    try:
        return of[key]
    except (LookupError, TypeError):
        return UNKNOWN_VALUE


def _of_call(node: ast.Call, known: Values) -> Any:
    function = node.func
    if isinstance(function, ast.Attribute):
        return _of_method(node, function, known)
    if not isinstance(function, ast.Name) or node.keywords:
        return UNKNOWN_VALUE
    own = known.get(function.id)
    if isinstance(own, Returns) and not node.args:
        return own.value
    return _of_builtin(function.id, node.args, known) if own is None else UNKNOWN_VALUE


def _of_builtin(name: str, arguments: list[ast.expr], known: Values) -> Any:
    if name not in FUNCTIONS:
        return UNKNOWN_VALUE
    if name == "isinstance" and len(arguments) == 2 and isinstance(arguments[1], ast.Name):
        value, cls = constant_value(arguments[0], known), _TYPES.get(arguments[1].id)
        is_known = value is not UNKNOWN_VALUE and cls is not None
        return isinstance(value, cls) if is_known else UNKNOWN_VALUE  # type: ignore[arg-type]
    values = [constant_value(it, known) for it in arguments]
    if not values or any(it is UNKNOWN_VALUE for it in values):
        return UNKNOWN_VALUE
    first = values[0]
    if name == "range":
        are_numbers = all(type(it) is int for it in values) and len(values) <= 3
        is_small = are_numbers and all(abs(it) <= _LARGEST for it in values) and 0 not in values[2:]
        return range(*values) if is_small else UNKNOWN_VALUE
    if len(values) > 1:
        return UNKNOWN_VALUE
    if name in {"bool", "callable"}:
        return bool(first) if name == "bool" else callable(first)
    if name == "len" and isinstance(arguments[0], ast.Name):
        return len(first) if isinstance(first, _SIZED) else UNKNOWN_VALUE
    return UNKNOWN_VALUE


def _of_method(node: ast.Call, function: ast.Attribute, known: Values) -> Any:
    of = constant_value(function.value, known)
    if not isinstance(of, dict) or node.keywords:
        return UNKNOWN_VALUE
    values = [constant_value(it, known) for it in node.args]
    if function.attr == "get" and len(values) in {1, 2} and UNKNOWN_VALUE not in values:
        return UNKNOWN_VALUE if isinstance(values[0], CHANGEABLE) else of.get(*values)
    return UNKNOWN_VALUE


def is_empty(node: ast.expr, known: Values = NO_VALUES) -> bool:
    """Whether the text shows that an iterable has no items: `[]`, `range(0)`, `zip([], x)`."""
    if isinstance(node, ast.Call) and (parts := _iterables(node, known)) is not None:
        return any(is_empty(it, known) for it in parts)
    value = constant_value(node, known)
    return isinstance(value, _SIZED) and not value


def _iterables(node: ast.Call, known: Values) -> list[ast.expr] | None:
    """The iterables whose items the result of the call consists of, None where it is no such
    call."""
    function = node.func
    if isinstance(function, ast.Attribute):
        is_view = function.attr in {"items", "keys", "values"} and not node.args
        return [function.value] if is_view else None
    name = function.id if isinstance(function, ast.Name) else ""
    if (
        name not in _MADE_OF
        or name in known
        or any(isinstance(it, ast.Starred) for it in node.args)
    ):
        return None
    return node.args[1:] if name in {"filter", "map"} else node.args[: None if name == "zip" else 1]


_MADE_OF = frozenset("enumerate filter iter list map reversed set sorted tuple zip".split())


_EVALUATED: dict[type[ast.AST], Callable[[Any, Values], Any]] = {
    ast.Name: _of_name,
    ast.Attribute: _of_attribute,
    ast.List: _of_display,
    ast.Tuple: _of_display,
    ast.Dict: _of_dict,
    ast.BinOp: _of_operation,
    ast.UnaryOp: _of_sign,
    ast.Subscript: _of_item,
    ast.Call: _of_call,
}


def constants_of_class(node: ast.ClassDef) -> Members | None:
    """The attributes that the body of a plain class binds to constants; None where it does anything
    but that and defining methods."""
    found: dict[str, Any] = {}
    for it in node.body:
        if isinstance(it, ast.Assign) and isinstance(it.value, ast.Constant):
            names = [target.id for target in it.targets if isinstance(target, ast.Name)]
            found.update(dict.fromkeys(names, it.value.value))
        elif isinstance(it, ast.FunctionDef):
            found.pop(it.name, None)
        elif not isinstance(it, ast.Pass) and not _is_text(it):
            return None
    return None if node.bases or node.keywords or node.decorator_list else Members(found)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def constant_returned(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
    """The constant that is all that the function returns, and all that it does, else
    UNKNOWN_VALUE."""
    last = node.body[-1]
    is_plain = isinstance(node, ast.FunctionDef) and not node.decorator_list
    if len(node.body) > 1 or not is_plain or not isinstance(last, ast.Return):
        return UNKNOWN_VALUE
    return last.value.value if isinstance(last.value, ast.Constant) else UNKNOWN_VALUE
