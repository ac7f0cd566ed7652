"""Which names are present when a test is true, and which when it is false?"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.rules.namespaces import alias_of, is_namespace
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Walker

_NO_NAMES: frozenset[str] = frozenset()

_OF_ENVIRONMENT = {
    "sys": frozenset({"modules", "platform", "version", "version_info"}),
    "os": frozenset({"environ", "getenv", "name", "uname"}),
    "platform": frozenset({"machine", "platform", "python_version", "system", "uname"}),
}
"""What the modules that are there depend on, or are found with."""


def reads_environment(walker: Walker, test: ast.expr) -> bool:
    """Whether a test depends on the platform, the Python, or the modules that are there:
    `find_spec("m")`, `"google.colab" in sys.modules`. Imports that depend on it are guarded.
    """
    return any(_is_of_environment(walker, node) for node in ast.walk(test))


def _is_of_environment(walker: Walker, node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        is_function = node.id in {"find_spec", "get_ipython"}
        return is_function or alias_of(walker, node) == "environment"
    if not isinstance(node, ast.Attribute):
        return False
    module = node.value.id if isinstance(node.value, ast.Name) else ""
    return node.attr == "find_spec" or node.attr in _OF_ENVIRONMENT.get(module, _NO_NAMES)


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


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Conditions:
    """The facts that hold after a test, by its outcome.

    if "x" in globals():        when_true: x is present
    if not ("x" in dir()):      when_false: x is present
    if a and (x := b):          when_true: x is bound
    """

    when_true: Facts = NO_FACTS
    when_false: Facts = NO_FACTS


_UNKNOWN = Conditions()


def conditions_of(walker: Walker, test: ast.expr) -> Conditions:
    """The conditions of a test; empty unless it tests for names or binds them."""
    if isinstance(test, ast.Compare):
        return _conditions_of_comparison(walker, test)
    if isinstance(test, ast.Call):
        return _conditions_of_call(walker, test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        found = conditions_of(walker, test.operand)
        return Conditions(found.when_false, found.when_true) if found is not _UNKNOWN else found
    if isinstance(test, ast.NamedExpr):
        bound = Facts(bound=frozenset({test.target.id}))
        return Conditions(bound, bound)
    if isinstance(test, ast.BoolOp):
        return _conditions_of_operation(walker, test)
    return _UNKNOWN


def _conditions_of_call(walker: Walker, test: ast.Call) -> Conditions:
    """`globals().get("x")` is true only where x is present."""
    function = test.func
    if not isinstance(function, ast.Attribute) or function.attr != "get" or len(test.args) != 1:
        return _UNKNOWN
    name = test.args[0]
    is_text = isinstance(name, ast.Constant) and isinstance(name.value, str)
    if not is_text or not is_namespace(walker, function.value):
        return _UNKNOWN
    return Conditions(Facts(frozenset({name.value})))  # type: ignore[attr-defined]


def _conditions_of_operation(walker: Walker, test: ast.BoolOp) -> Conditions:
    """`a and b`: where it is true, all operands are; where it is false, the first one has run."""
    first, *others = (conditions_of(walker, value) for value in test.values)
    always_bound = Facts(bound=first.when_true.bound & first.when_false.bound)
    if isinstance(test.op, ast.And):
        all_true = _all_of(it.when_true for it in (first, *others))
        found = Conditions(all_true, always_bound)
    else:
        all_false = _all_of(it.when_false for it in (first, *others))
        found = Conditions(always_bound, all_false)
    return found if found.when_true or found.when_false else _UNKNOWN


def _conditions_of_comparison(walker: Walker, test: ast.Compare) -> Conditions:
    name, comparison = test.left, test.ops[0]
    if (
        isinstance(comparison, (ast.In, ast.NotIn))
        and len(test.ops) == 1
        and isinstance(name, ast.Constant)
        and isinstance(name.value, str)
        and is_namespace(walker, test.comparators[0])
    ):
        facts = Facts(frozenset({name.value}))
        return Conditions(facts) if isinstance(comparison, ast.In) else Conditions(when_false=facts)
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
        return NO_FACTS
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
