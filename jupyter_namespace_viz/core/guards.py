"""Which names does a test find out to be there?"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from jupyter_namespace_viz.core.injections import is_namespace
from jupyter_namespace_viz.core.walking import Walker

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The names that are there when a test is true, and those that are when it is false.

    if "x" in globals():        when_true x
    if not ("x" in dir()):      when_false x
    """

    when_true: frozenset[str] = NOTHING
    when_false: frozenset[str] = NOTHING


_NONE = Found()


def found_by(walker: Walker, test: ast.expr) -> Found:
    """What the test tells of the namespace: nothing, but for the few that ask for it."""
    if isinstance(test, ast.Compare):
        return _found_by_comparison(walker, test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        found = found_by(walker, test.operand)
        return Found(found.when_false, found.when_true)
    if isinstance(test, ast.BoolOp):
        parts = [found_by(walker, value) for value in test.values]
        if isinstance(test.op, ast.And):
            return Found(when_true=NOTHING.union(*(part.when_true for part in parts)))
        return Found(when_false=NOTHING.union(*(part.when_false for part in parts)))
    return _NONE


def _found_by_comparison(walker: Walker, test: ast.Compare) -> Found:
    name, operator = test.left, test.ops[0]
    if (
        isinstance(operator, (ast.In, ast.NotIn))
        and len(test.ops) == 1
        and isinstance(name, ast.Constant)
        and isinstance(name.value, str)
        and is_namespace(walker, test.comparators[0])
    ):
        names = frozenset({name.value})
        return Found(names) if isinstance(operator, ast.In) else Found(when_false=names)
    return _NONE


def hold(walker: Walker, names: frozenset[str]) -> None:
    """From here on the names are known to be there."""
    for name in names:
        walker.log.hold(name)
