"""What is done with parts of values: `a[b]`, `a.b = c`, `a, b = c`?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.calls.held_values import Literal
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Origin, Step
from jupyter_namespace_viz.core.analysis.rules.constant_values import constant_value
from jupyter_namespace_viz.core.analysis.scopes import mangled
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

_KEYS = (str, int)
_CONSTANTS = (str, int, float, type(None))
_MAY_BE_KNOWN = frozenset({ast.BinOp, ast.Name})


def walk_part_target(walker: Walker, target: tuple[ast.expr, Origin]) -> None:
    """`a.b` or `a[b]` as the target of an assignment of a value of this origin."""
    node, value = target
    line = walker.line_of(node)
    if isinstance(node, ast.Attribute):
        of = walker.expression(node.value)
        kind = f"={mangled(node.attr, walker.resolver.scope)}"
        walker.take(of, kind, line, ((0, value),))
    elif isinstance(node, ast.Subscript):
        of, key = walk_item(walker, node)
        if isinstance(of, str) and walker.resolver.in_body():
            walker.record.steps.filled.add(of)
        walker.take(of, "__setitem__", line, ((0, UNKNOWN if key is None else key), (1, value)))


def walk_item(walker: Walker, node: ast.Subscript) -> tuple[Origin, Origin]:
    """Walk `a[b]`; returns the origins of `a` and `b`. What `a` holds stays known."""
    of = inspected(walker, node.value)
    return of, key_of(walker, node.slice)


def inspected(walker: Walker, node: ast.expr) -> Origin:
    """Walk an expression whose value is only looked into."""
    leaking, name = walker.record.steps.leaking, getattr(node, "id", "")
    was_leaking = name in leaking
    origin = walker.expression(node)
    if not was_leaking:
        leaking.discard(name)
    return origin


def argument_of(walker: Walker, node: ast.expr) -> Origin:
    """Walk an argument of a call; returns the origin of its value, which may be a constant."""
    return key_of(walker, node, _CONSTANTS)


def key_of(walker: Walker, node: ast.expr, kinds: tuple[type, ...] = _KEYS) -> Origin:
    """Walk an expression; returns the origin of its value, which may be a literal of a kind."""
    if type(node) is ast.Constant:
        return Literal(node.value) if isinstance(node.value, kinds) else None
    if type(node) is ast.UnaryOp and type(node.op) is ast.USub:
        value = getattr(node.operand, "value", None)
        return Literal(-value) if type(value) is int else walker.expression(node)
    origin, resolver = walker.expression(node), walker.resolver
    values = resolver.values()
    if not values or type(node) not in _MAY_BE_KNOWN:
        return origin
    value = constant_value(node, values)
    return Literal(value) if isinstance(value, kinds) else origin


def parts_of(target: ast.expr, origin: Origin) -> dict[str, Origin]:
    """The origins of the names of a target to which a value of this origin is assigned."""
    if isinstance(target, ast.Name):
        return {target.id: origin}
    if not isinstance(target, (ast.Tuple, ast.List)):
        return {}
    found: dict[str, Origin] = {}
    for index, part in enumerate(target.elts):
        if isinstance(part, ast.Starred):
            break
        step = None if origin is None else Step(origin, "__getitem__", ((0, Literal(index)),))
        found.update(parts_of(part, step))
    return found


def loop_over(walker: Walker, target: ast.expr, origin: Origin) -> dict[str, Origin]:
    """The target of a loop is bound to what the iterable of this origin holds; returns the origins
    of the targets of the loops outside of it."""
    outer = walker.resolver.loop_items
    walker.resolver.loop_items = {**outer, **parts_of(target, origin)}
    return outer


PART_RULES: dict[type[ast.AST], Rule] = {ast.Store: walk_part_target}
