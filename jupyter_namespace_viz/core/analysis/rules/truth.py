"""Is a test always true, or always false?"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from jupyter_namespace_viz.core.analysis.rules.constant_values import (
    CHANGEABLE,
    FUNCTIONS,
    NO_VALUES,
    SHADOWED,
    UNKNOWN_VALUE,
    Values,
    constant_value,
    is_empty,
)
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Walker

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, others: one in others,
    ast.NotIn: lambda one, others: one not in others,
}
"""What each comparison computes."""

_VERSIONS = ((3, 0), (3, 1_000))
"""The versions between which that of the kernel's Python is."""


def known_truth(walker: Walker, test: ast.expr) -> bool | None:
    """Whether a test is certainly true or false at this point of the text, where it runs once."""
    truth = constant_truth(test, _values_at(walker))
    if truth is None:
        _tested_at(walker).update(_names_tested(test))
    return truth


def lasting_truth(walker: Walker, test: ast.expr) -> bool | None:
    """The same where the test runs several times, and code in between may bind names."""
    outer = walker.resolver.outer_constants
    truth = constant_truth(test, outer if _has_values(walker) else NO_VALUES)
    if truth is None and not _has_values(walker):
        _tested_at(walker).update(_names_tested(test))
    return truth


def _names_tested(test: ast.expr) -> Iterator[str]:
    """The names whose values would tell whether the test is true."""
    if isinstance(test, ast.Name):
        yield test.id
    elif isinstance(test, ast.UnaryOp):
        yield from _names_tested(test.operand)
    elif isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _names_tested(value)
    elif isinstance(test, ast.Compare):
        for value in (test.left, *test.comparators):
            yield from _names_tested(value)
    elif isinstance(test, (ast.Call, ast.Subscript)):
        yield from _names_iterated(test)


def with_known_value(walker: Walker, node: ast.expr) -> ast.expr:
    """The constant that the name is bound to at this point, if that is known; else the same."""
    values = _values_at(walker)
    if isinstance(node, ast.Name):
        value = constant_value(node, values)
        if value is not UNKNOWN_VALUE and not isinstance(value, CHANGEABLE):
            return ast.Constant(value)
        _tested_at(walker).add(node.id)
    return node


def value_at(walker: Walker, node: ast.expr) -> Any:
    """The constant that the expression stands for at this point, else UNKNOWN_VALUE."""
    if type(node) is ast.Constant:
        return node.value
    return constant_value(node, _values_at(walker))


def _has_values(walker: Walker) -> bool:
    return walker.resolver.scope is walker.resolver.valued


def _tested_at(walker: Walker) -> set[str]:
    """The names of this scope whose values would decide which branches run."""
    scope = walker.resolver.scope
    if type(scope) is FunctionScope:
        return scope.tested
    return walker.resolver.tested if scope is walker.resolver.cell else set()


def _values_at(walker: Walker) -> Values:
    if not FUNCTIONS.isdisjoint(walker.record.bindings):
        return SHADOWED
    return walker.resolver.values()


def constant_truth(test: ast.expr, values: Values = NO_VALUES) -> bool | None:
    """Whether a test is always true or always false in a notebook; None where it depends.

    `values` are those of names whose value is known.
    """
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        truth = constant_truth(test.operand, values)
        return None if truth is None else not truth
    if isinstance(test, ast.BoolOp):
        return _truth_of_operation(test, values)
    if isinstance(test, ast.Compare):
        return truth_of_comparison(test, len(test.ops), values)
    value = constant_value(test, values)
    if value is not UNKNOWN_VALUE:
        return bool(value)
    if isinstance(test, (ast.Name, ast.Attribute)):  # true for type checkers only
        name = test.id if isinstance(test, ast.Name) else test.attr
        return False if name == "TYPE_CHECKING" else None
    return None


def _truth_of_operation(test: ast.BoolOp, values: Values) -> bool | None:
    """`a and b` is false where one operand is, and true where all are; `or` the other way round."""
    decisive = isinstance(test.op, ast.Or)
    truths = [constant_truth(value, values) for value in test.values]
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


def truth_of_comparison(test: ast.Compare, count: int, known: Values = NO_VALUES) -> bool | None:
    """Whether the first `count` comparisons of a chain are always true, or one of them is always
    false and those before it always true; None where it depends.
    """
    values = [_value(it, known) for it in (test.left, *test.comparators[:count])]
    for op, left, right in zip(test.ops, values, values[1:], strict=False):
        truth = _truth_of(op, left, right)
        if truth is not True:
            return truth
    return True


def _truth_of(op: ast.cmpop, left: object, right: object) -> bool | None:
    compare = COMPARISONS.get(type(op))
    if compare is None or left is UNKNOWN_VALUE or right is UNKNOWN_VALUE:
        return None
    try:
        if left is _VERSIONS:
            truths = {compare(version, right) for version in _VERSIONS}
            return truths.pop() if len(truths) == 1 else None
        return bool(compare(left, right))
    except TypeError:  # `1 < "a"`
        return None


def _value(node: ast.expr, known: Values) -> object:
    """The value of an operand; `sys.version_info` is of any version of Python 3."""
    if _is_version(node):
        return _VERSIONS
    if isinstance(node, ast.Attribute) and node.attr == "major" and _is_version(node.value):
        return 3
    if isinstance(node, ast.Subscript) and _is_version(node.value):
        index = node.slice
        return 3 if isinstance(index, ast.Constant) and index.value == 0 else UNKNOWN_VALUE
    return constant_value(node, known)


def _is_version(node: ast.expr) -> bool:
    """Whether the expression is `sys.version_info`."""
    if not isinstance(node, ast.Attribute) or node.attr != "version_info":
        return False
    return isinstance(node.value, ast.Name) and node.value.id == "sys"


def known_empty(walker: Walker, node: ast.expr) -> bool:
    """Whether an iterable certainly has no items at this point of the text: `[]`, `range(0)`."""
    if is_empty(node, _values_at(walker)):
        return True
    scope = walker.resolver.scope
    tested = scope.iterated if type(scope) is FunctionScope else _tested_at(walker)
    tested.update(_names_iterated(node))
    return False


def _names_iterated(node: ast.expr) -> Iterator[str]:
    """The names whose values would tell that of `rows`, `len(rows)`, `d["a"]` or `d.items()`."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Subscript):
        yield from _names_iterated(node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        for argument in node.args if node.func.id in FUNCTIONS else ():
            yield from _names_iterated(argument)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _names_iterated(node.func.value)


CALLING_FOR_ITEMS = frozenset("filter loads map max min reduce sorted sub subn".split())
"""The functions of which `calls_nothing` may hold."""


def calls_nothing(walker: Walker, node: ast.Call) -> bool:
    """Whether a call certainly calls none of the functions that it is given, as there is no item to
    call them with: `sorted([], key=f)`, `map(f, "")`, `reduce(f, [1])`."""
    function, arguments = node.func, node.args
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if name in {"filter", "map"}:
        return len(arguments) > 1 and any(known_empty(walker, it) for it in arguments[1:])
    if name in {"max", "min", "sorted"}:
        return len(arguments) == 1 and known_empty(walker, arguments[0])
    if name == "reduce" and len(arguments) in {2, 3}:
        value = value_at(walker, arguments[1])
        is_known = isinstance(value, (str, list, tuple, dict, range))
        return is_known and len(value) < 4 - len(arguments)
    if name == "loads":  # the hook is called where there is an object
        text = value_at(walker, arguments[0]) if arguments else None
        return not isinstance(text, str) or "{" not in text
    if name in {"sub", "subn"} and len(arguments) == 3:
        pattern, text = value_at(walker, arguments[0]), value_at(walker, arguments[2])
        is_plain = isinstance(pattern, str) and _PLAIN_PATTERN.fullmatch(pattern)
        return bool(is_plain) and isinstance(text, str) and not re.search(pattern, text)
    return False


_PLAIN_PATTERN = re.compile(r"(?:\\[dsw]|[\w ])[+*]?")
"""Patterns that are tried on a text: they take no time."""
