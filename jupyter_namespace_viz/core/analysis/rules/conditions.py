"""Which names are present when a test is true, and which when it is false?"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard

from jupyter_namespace_viz.core.analysis.rules.dynamic_names import is_namespace
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Walker


def constant_truth(test: ast.expr) -> bool | None:
    """Whether a test is always true or always false in a notebook; None where it depends."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name):
        right = test.comparators[0]
        if test.left.id == "__name__" and isinstance(right, ast.Constant):
            return (right.value == "__main__") == isinstance(test.ops[0], ast.Eq)
    return None


def always_fails(node: ast.expr) -> bool:
    """Whether the expression is a division by zero, or a call with one: `print(1 / 0)`."""
    parts = node.args if type(node) is ast.Call else (node,)
    return any(type(part) is ast.BinOp and _is_division_by_zero(part) for part in parts)


def _is_division_by_zero(node: ast.BinOp) -> bool:
    return (
        isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod))
        and _is_number(node.left)
        and _is_number(node.right)
        and node.right.value == 0
    )


def _is_number(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


_NO_NAMES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """The names that a test has found to be `present` in the namespace, and those that a walrus in
    it has `bound`.
    """

    present: frozenset[str] = _NO_NAMES
    bound: frozenset[str] = _NO_NAMES

    def __bool__(self) -> bool:
        """Whether there is any such name."""
        return bool(self.present or self.bound)


_NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Conditions:
    """The facts that hold after a test, by its outcome.

    if "x" in globals():        when_true: x is present
    if not ("x" in dir()):      when_false: x is present
    if a and (x := b):          when_true: x is bound
    """

    when_true: Facts = _NO_FACTS
    when_false: Facts = _NO_FACTS


_UNKNOWN = Conditions()


def conditions_of(walker: Walker, test: ast.expr) -> Conditions:
    """The conditions of a test; empty unless it tests for names or binds them."""
    if isinstance(test, ast.Compare):
        return _conditions_of_comparison(walker, test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        found = conditions_of(walker, test.operand)
        return Conditions(found.when_false, found.when_true)
    if isinstance(test, ast.NamedExpr):
        bound = Facts(bound=frozenset({test.target.id}))
        return Conditions(bound, bound)
    if isinstance(test, ast.BoolOp):
        parts = [conditions_of(walker, value) for value in test.values]
        if isinstance(test.op, ast.And):
            return Conditions(when_true=_all_of(part.when_true for part in parts))
        return Conditions(when_false=_all_of(part.when_false for part in parts))
    return _UNKNOWN


def _conditions_of_comparison(walker: Walker, test: ast.Compare) -> Conditions:
    name, operator = test.left, test.ops[0]
    if (
        isinstance(operator, (ast.In, ast.NotIn))
        and len(test.ops) == 1
        and isinstance(name, ast.Constant)
        and isinstance(name.value, str)
        and is_namespace(walker, test.comparators[0])
    ):
        facts = Facts(frozenset({name.value}))
        return Conditions(facts) if isinstance(operator, ast.In) else Conditions(when_false=facts)
    return _conditions_of_operands(walker, test)


def _conditions_of_operands(walker: Walker, test: ast.Compare) -> Conditions:
    """`(x := a) > b`: the later operands of a chain may not be evaluated."""
    parts = [conditions_of(walker, it) for it in (test.left, test.comparators[0])]
    bound = frozenset(
        name for part in parts for name in part.when_true.bound & part.when_false.bound
    )
    return Conditions(Facts(bound=bound), Facts(bound=bound)) if bound else _UNKNOWN


def _all_of(parts: Iterable[Facts]) -> Facts:
    facts = [part for part in parts if part]
    if not facts:
        return _NO_FACTS
    return Facts(
        _NO_NAMES.union(*(it.present for it in facts)), _NO_NAMES.union(*(it.bound for it in facts))
    )


def assume(walker: Walker, facts: Facts) -> None:
    """The facts hold from this point on."""
    for name in facts.present:
        walker.resolver.assume(name)
    scope = walker.resolver.binding_scope()
    if not isinstance(scope, FunctionScope):  # in a function order does not matter
        for name in facts.bound:
            scope.flow.bind(name)
