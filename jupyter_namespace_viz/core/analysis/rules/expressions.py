"""What do expressions do to names?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.callbacks import calls_what_it_is_given, is_lazy
from jupyter_namespace_viz.core.analysis.mutations import arguments_of_call, mutated_by_call
from jupyter_namespace_viz.core.analysis.random_numbers import draw_of
from jupyter_namespace_viz.core.analysis.rules.conditions import assume, conditions_of
from jupyter_namespace_viz.core.analysis.rules.dynamic_names import dynamic_call, namespace_item
from jupyter_namespace_viz.core.analysis.rules.functions import called
from jupyter_namespace_viz.core.analysis.rules.magic_calls import is_magic_call, magic_call
from jupyter_namespace_viz.core.analysis.scopes import ComprehensionScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker, nothing


def call(walker: Walker, node: ast.Call) -> None:
    """`f(a, b=c)`: what is passed on may be called as well."""
    _call(walker, node, calls_what_it_is_given(node))


def _call(walker: Walker, node: ast.Call, calls_on: bool) -> None:
    """With `calls_on` it calls what it is given."""
    if is_magic_call(node):
        magic_call(walker, node)
        return
    if isinstance(node.func, ast.Call):
        _call(walker, node.func, calls_on=True)  # `vectorize(f)(z)`
    else:
        called(walker, node.func, kept=node is walker.kept)
    pass_on = _passed_on if calls_on else Walker.expression
    for argument in node.args:
        pass_on(walker, argument)
    for keyword in node.keywords:
        pass_on(walker, keyword.value)
    dynamic_call(walker, node)
    for passed in arguments_of_call(node):
        walker.resolver.pass_argument(passed)
    walker.resolver.mutate(*mutated_by_call(node, is_dropped=False))
    draw = draw_of(node)
    if draw is not None:
        walker.resolver.draw(draw)


def _passed_on(walker: Walker, node: ast.expr) -> None:
    if type(node) is ast.GeneratorExp or is_lazy(node):
        consume(walker, node)
    else:
        called(walker, node)


def consume(walker: Walker, node: ast.expr) -> None:
    """Something that a loop goes through, or is passed on to what is taken to do so."""
    if isinstance(node, ast.GeneratorExp):
        comprehension(walker, node)
    elif isinstance(node, ast.Call) and is_lazy(node):
        _call(walker, node, calls_on=True)
    else:
        walker.expression(node)


def bool_op(walker: Walker, node: ast.BoolOp) -> None:
    """`a and b`: what comes after the first may not be reached."""
    first, *others = node.values
    walker.expression(first)
    outcomes = conditions_of(walker, first)
    known = outcomes.when_true if isinstance(node.op, ast.And) else outcomes.when_false

    def rest() -> None:
        assume(walker, known)
        for value in others:
            walker.expression(value)

    if known:
        walker.fork(rest, nothing)
    else:
        with walker.maybe():
            rest()


def conditional(walker: Walker, node: ast.IfExp) -> None:
    """`a if b else c`"""
    walker.expression(node.test)
    outcomes = conditions_of(walker, node.test)

    def when_true() -> None:
        assume(walker, outcomes.when_true)
        walker.expression(node.body)

    def when_false() -> None:
        assume(walker, outcomes.when_false)
        walker.expression(node.orelse)

    walker.fork(when_true, when_false)


def walrus(walker: Walker, node: ast.NamedExpr) -> None:
    """`(a := b)`"""
    walker.expression(node.value)

    def bind() -> None:
        walker.resolver.bind(node.target.id, "walrus")

    if walker.is_doubtful:
        walker.fork(bind, nothing)
    else:
        bind()


def comprehension(
    walker: Walker,
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    kept: bool = False,
) -> None:
    """The first iterable is read outside, all else in a scope of its own; when the comprehension is
    `kept` somewhere, that may never be.
    """
    resolver = walker.resolver
    consume(walker, node.generators[0].iter)
    outer = resolver.scope, resolver.certain, walker.is_doubtful
    resolver.certain, walker.is_doubtful = resolver.certain and not kept, walker.is_doubtful or kept
    scope = resolver.scope = ComprehensionScope(resolver.scope)
    for position, generator in enumerate(node.generators):
        if position > 0:
            consume(walker, generator.iter)
        _comprehension_target(walker, generator.target, scope)
        for condition in generator.ifs:
            walker.expression(condition)
            resolver.certain, walker.is_doubtful = False, True
    if isinstance(node, ast.DictComp):
        walker.expression(node.key)
        walker.expression(node.value)
    else:
        walker.expression(node.elt)
    resolver.scope, resolver.certain, walker.is_doubtful = outer


def kept_generator(walker: Walker, node: ast.GeneratorExp) -> None:
    """A generator that is kept somewhere: whether anybody goes through it is not known."""
    comprehension(walker, node, kept=True)


def _comprehension_target(walker: Walker, node: ast.expr, scope: ComprehensionScope) -> None:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    scope.local_names.update(part.id for part in names if isinstance(part.ctx, ast.Store))
    for part in names:
        if isinstance(part.ctx, ast.Load):  # of `a[i]`
            walker.resolver.read(part.id, walker.line_of(part))


def yielded(walker: Walker, node: ast.Yield | ast.YieldFrom) -> None:
    """`yield a` makes a generator of the function around it."""
    if isinstance(walker.resolver.scope, FunctionScope):
        walker.resolver.scope.is_lazy = True
    if isinstance(node, ast.YieldFrom):
        consume(walker, node.value)
    elif node.value is not None:
        walker.expression(node.value)


EXPRESSION_RULES: dict[type[ast.AST], Rule] = {
    ast.Call: call,
    ast.Subscript: namespace_item,
    ast.BoolOp: bool_op,
    ast.IfExp: conditional,
    ast.NamedExpr: walrus,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.DictComp: comprehension,
    ast.GeneratorExp: kept_generator,
    ast.Yield: yielded,
    ast.YieldFrom: yielded,
}
