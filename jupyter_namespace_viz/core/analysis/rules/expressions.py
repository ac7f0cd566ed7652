"""What do calls, comprehensions and other expressions do to names?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.callbacks import calls_its_arguments, is_lazy
from jupyter_namespace_viz.core.analysis.mutations import arguments_of_call, mutated_by_call
from jupyter_namespace_viz.core.analysis.random_numbers import draw_of
from jupyter_namespace_viz.core.analysis.rules.conditions import assume, conditions_of
from jupyter_namespace_viz.core.analysis.rules.dynamic_names import (
    walk_dynamic_call,
    walk_subscript,
)
from jupyter_namespace_viz.core.analysis.rules.functions import walk_called
from jupyter_namespace_viz.core.analysis.rules.import_calls import walk_import_call
from jupyter_namespace_viz.core.analysis.rules.magic_calls import is_magic_call, walk_magic_call
from jupyter_namespace_viz.core.analysis.scopes import ComprehensionScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker, empty_branch


def walk_call(walker: Walker, node: ast.Call) -> None:
    """`f(a, b=c)`: functions among the arguments may be called as well."""
    _walk_call(walker, node, calls_its_arguments(node))


def _walk_call(walker: Walker, node: ast.Call, calls_arguments: bool) -> None:
    """With `calls_arguments` the call calls the functions among its arguments."""
    if is_magic_call(node):
        walk_magic_call(walker, node)
        return
    if isinstance(node.func, ast.Call):
        _walk_call(walker, node.func, calls_arguments=True)  # `vectorize(f)(z)`
    else:
        walk_called(walker, node.func, unconsumed=node is walker.unconsumed)
    walk_argument = _walk_argument if calls_arguments else Walker.expression
    for argument in node.args:
        walk_argument(walker, argument)
    for keyword in node.keywords:
        walk_argument(walker, keyword.value)
    walk_dynamic_call(walker, node)
    walk_import_call(walker, node)
    for passed in arguments_of_call(node):
        walker.resolver.pass_argument(passed)
    walker.resolver.mutate(*mutated_by_call(node, is_discarded=False))
    draw = draw_of(node)
    if draw is not None:
        walker.resolver.draw(draw)


def _walk_argument(walker: Walker, node: ast.expr) -> None:
    """An argument of a call that calls its arguments."""
    if type(node) is ast.GeneratorExp or is_lazy(node):
        walk_consumed(walker, node)
    else:
        walk_called(walker, node)


def walk_consumed(walker: Walker, node: ast.expr) -> None:
    """An iterable that a loop or a call consumes."""
    if isinstance(node, ast.GeneratorExp):
        walk_comprehension(walker, node)
    elif isinstance(node, ast.Call) and is_lazy(node):
        _walk_call(walker, node, calls_arguments=True)
    else:
        walker.expression(node)


def walk_bool_op(walker: Walker, node: ast.BoolOp) -> None:
    """`a and b`: the operands after the first may not be evaluated."""
    first, *others = node.values
    walker.expression(first)
    conditions = conditions_of(walker, first)
    facts = conditions.when_true if isinstance(node.op, ast.And) else conditions.when_false

    def rest() -> None:
        assume(walker, facts)
        for value in others:
            walker.expression(value)

    if facts:
        walker.fork(rest, empty_branch)
    else:
        with walker.conditional_code():
            rest()


def walk_conditional_expression(walker: Walker, node: ast.IfExp) -> None:
    """`a if b else c`"""
    walker.expression(node.test)
    conditions = conditions_of(walker, node.test)

    def when_true() -> None:
        assume(walker, conditions.when_true)
        walker.expression(node.body)

    def when_false() -> None:
        assume(walker, conditions.when_false)
        walker.expression(node.orelse)

    walker.fork(when_true, when_false)


def walk_walrus(walker: Walker, node: ast.NamedExpr) -> None:
    """`(a := b)`"""
    walker.expression(node.value)

    def bind() -> None:
        walker.resolver.bind(node.target.id, "walrus")

    if walker.is_conditional:
        walker.fork(bind, empty_branch)
    else:
        bind()


def walk_comprehension(
    walker: Walker,
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    may_not_run: bool = False,
) -> None:
    """The first iterable is evaluated outside, everything else in a scope of its own.

    With `may_not_run` that scope may never run.
    """
    resolver = walker.resolver
    walk_consumed(walker, node.generators[0].iter)
    outer = resolver.scope, resolver.certain, walker.is_conditional
    resolver.certain, walker.is_conditional = (
        resolver.certain and not may_not_run,
        walker.is_conditional or may_not_run,
    )
    scope = resolver.scope = ComprehensionScope(resolver.scope)
    for index, generator in enumerate(node.generators):
        if index > 0:
            walk_consumed(walker, generator.iter)
        _walk_comprehension_target(walker, generator.target, scope)
        for condition in generator.ifs:
            walker.expression(condition)
            resolver.certain, walker.is_conditional = False, True
    if isinstance(node, ast.DictComp):
        walker.expression(node.key)
        walker.expression(node.value)
    else:
        walker.expression(node.elt)
    resolver.scope, resolver.certain, walker.is_conditional = outer


def walk_generator_expression(walker: Walker, node: ast.GeneratorExp) -> None:
    """A generator whose consumer is not known: it may never run."""
    walk_comprehension(walker, node, may_not_run=True)


def _walk_comprehension_target(walker: Walker, node: ast.expr, scope: ComprehensionScope) -> None:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    scope.local_names.update(part.id for part in names if isinstance(part.ctx, ast.Store))
    for part in names:
        if isinstance(part.ctx, ast.Load):  # of `a[i]`
            walker.resolver.read(part.id, walker.line_of(part))


def walk_yield(walker: Walker, node: ast.Yield | ast.YieldFrom) -> None:
    """`yield a` makes the function around it a generator."""
    if isinstance(walker.resolver.scope, FunctionScope):
        walker.resolver.scope.is_lazy = True
    if isinstance(node, ast.YieldFrom):
        walk_consumed(walker, node.value)
    elif node.value is not None:
        walker.expression(node.value)


EXPRESSION_RULES: dict[type[ast.AST], Rule] = {
    ast.Call: walk_call,
    ast.Subscript: walk_subscript,
    ast.BoolOp: walk_bool_op,
    ast.IfExp: walk_conditional_expression,
    ast.NamedExpr: walk_walrus,
    ast.ListComp: walk_comprehension,
    ast.SetComp: walk_comprehension,
    ast.DictComp: walk_comprehension,
    ast.GeneratorExp: walk_generator_expression,
    ast.Yield: walk_yield,
    ast.YieldFrom: walk_yield,
}
