"""Is a test always true, or always false?"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jupyter_namespace_viz.core.analysis.walker import Walker

Values = Mapping[str, Any]

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

EMPTY: tuple[()] = ()
"""Stands for the value of an empty list, set or dict too, until a call may change it."""

UNKNOWN_VALUE = object()
"""Stands for a value that the text does not show."""

_VERSIONS = ((3, 0), (3, 1_000))
"""The versions between which that of the kernel's Python is."""
_NO_VALUES: Values = {}


def known_truth(walker: Walker, test: ast.expr) -> bool | None:
    """Whether a test is certainly true or false at this point of the text, where it runs once."""
    truth = constant_truth(test, _values_at(walker))
    if truth is None and _is_at_top(walker):
        walker.resolver.tested.update(_names_tested(test))
    return truth


def lasting_truth(walker: Walker, test: ast.expr) -> bool | None:
    """The same where the test runs several times, and code in between may bind names."""
    outer = walker.resolver.outer_constants
    return constant_truth(test, outer if _is_at_top(walker) else _NO_VALUES)


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


def with_known_value(walker: Walker, node: ast.expr) -> ast.expr:
    """The constant that the name is bound to at this point, if that is known; else the same."""
    values = _values_at(walker)
    if isinstance(node, ast.Name):
        if node.id in values:
            return ast.Constant(values[node.id])
        if _is_at_top(walker):
            walker.resolver.tested.add(node.id)
    return node


def value_at(walker: Walker, node: ast.expr) -> Any:
    """The constant that the expression stands for at this point, else UNKNOWN_VALUE."""
    if type(node) is ast.Constant:
        return node.value
    if type(node) is ast.Name:
        return _constant_value(node, _values_at(walker))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = value_at(walker, node.operand)
        return -operand if isinstance(operand, (int, float)) else UNKNOWN_VALUE
    return UNKNOWN_VALUE


def _is_at_top(walker: Walker) -> bool:
    return walker.resolver.scope is walker.resolver.cell


def _values_at(walker: Walker) -> Values:
    own, outer = walker.resolver.constants, walker.resolver.outer_constants
    if not _is_at_top(walker):
        return _NO_VALUES
    return {**outer, **own} if outer else own


def constant_truth(test: ast.expr, values: Values = _NO_VALUES) -> bool | None:
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
    if isinstance(test, ast.Name) and test.id in values:
        return bool(values[test.id])
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


def truth_of_comparison(test: ast.Compare, count: int, known: Values = _NO_VALUES) -> bool | None:
    """Whether the first `count` comparisons of a chain are always true, or one of them is always
    false and those before it always true; None where it depends.
    """
    values = [_constant_value(it, known) for it in (test.left, *test.comparators[:count])]
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


def _constant_value(node: ast.expr, known: Values) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id in known:
        return UNKNOWN_VALUE if known[node.id] is EMPTY else known[node.id]
    if isinstance(node, ast.Name) and node.id == "__name__":
        return "__main__"
    if isinstance(node, ast.Tuple) and all(isinstance(it, ast.Constant) for it in node.elts):
        return tuple(it.value for it in node.elts if isinstance(it, ast.Constant))
    if _is_version(node):
        return _VERSIONS
    if isinstance(node, ast.Attribute) and node.attr == "major" and _is_version(node.value):
        return 3
    if isinstance(node, ast.Subscript) and _is_version(node.value):
        index = node.slice
        return 3 if isinstance(index, ast.Constant) and index.value == 0 else UNKNOWN_VALUE
    return UNKNOWN_VALUE


def _is_version(node: ast.expr) -> bool:
    """Whether the expression is `sys.version_info`."""
    if not isinstance(node, ast.Attribute) or node.attr != "version_info":
        return False
    return isinstance(node.value, ast.Name) and node.value.id == "sys"


def known_empty(walker: Walker, node: ast.expr) -> bool:
    """Whether an iterable certainly has no items at this point of the text."""
    return is_empty(node, _values_at(walker))


def is_empty(node: ast.expr, values: Values = _NO_VALUES) -> bool:
    """Whether the text shows that an iterable has no items: `[]`, `""`, `range(0)`."""
    if isinstance(node, ast.Name):
        return node.id in values and values[node.id] in ("", b"", EMPTY)
    if isinstance(node, (ast.List, ast.Tuple)):
        return not node.elts
    if isinstance(node, ast.Constant):
        return node.value in ("", b"")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        return [_constant_value(it, values) for it in node.args] == [0]
    return isinstance(node, ast.Dict) and not node.keys
