"""What do calls, comprehensions and other expressions do to names?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.callbacks import calls_its_arguments, is_lazy
from jupyter_namespace_viz.core.analysis.mutations import arguments_of_call, mutated_by_call
from jupyter_namespace_viz.core.analysis.random_numbers import draw_of
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    assume,
    conditions_of,
    known_truth,
    truth_of_comparison,
)
from jupyter_namespace_viz.core.analysis.rules.dynamic_names import (
    walk_dynamic_call,
    walk_subscript,
)
from jupyter_namespace_viz.core.analysis.rules.files import walk_file_call
from jupyter_namespace_viz.core.analysis.rules.functions import walk_called
from jupyter_namespace_viz.core.analysis.rules.import_calls import walk_import_call
from jupyter_namespace_viz.core.analysis.rules.magic_calls import (
    SHELL_METHODS,
    calls_magic,
    walk_magic_call,
)
from jupyter_namespace_viz.core.analysis.scopes import ComprehensionScope, FunctionScope, mangled
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker, empty_branch

_HARMLESS = frozenset("bool float int len print range str".split())


def walk_call(walker: Walker, node: ast.Call) -> None:
    """`f(a, b=c)`: functions among the arguments may be called as well."""
    _walk_call(walker, node, calls_its_arguments(node))


def _walk_call(walker: Walker, node: ast.Call, calls_arguments: bool) -> None:
    """With `calls_arguments` the call calls the functions among its arguments."""
    function = node.func
    may_be_magic = type(function) is ast.Attribute and function.attr in SHELL_METHODS
    if may_be_magic and calls_magic(walker, node):
        walk_magic_call(walker, node)
        walker.resolver.constants.clear()
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
    if len(node.keywords) > 1:
        keywords = [keyword.arg for keyword in node.keywords if keyword.arg is not None]
        if len(set(keywords)) < len(keywords):
            walker.doubt(node)
    walk_dynamic_call(walker, node)
    if walker.resolver.constants and not _is_harmless(walker, node.func):
        walker.resolver.constants.clear()  # a function of another cell may bind them
    walk_file_call(walker, node)
    walk_import_call(walker, node)
    for passed in arguments_of_call(node):
        walker.resolver.pass_argument(passed)
    walker.resolver.mutate(*mutated_by_call(node, is_discarded=False))
    draw = draw_of(node)
    if draw is not None:
        walker.resolver.draw(draw)


def _is_harmless(walker: Walker, function: ast.expr) -> bool:
    is_named = isinstance(function, ast.Name) and function.id in _HARMLESS
    return is_named and walker.resolver.cell.flow.boundness(function.id) == "free"  # type: ignore[attr-defined]


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
    """`a and b`: an operand is evaluated only where those before it do not decide."""
    is_and = isinstance(node.op, ast.And)
    values = node.values
    for index, value in enumerate(values):
        walker.expression(value)
        truth = known_truth(walker, value)
        if truth is None:
            _walk_undecided_operands(walker, values[index:], is_and)
            return
        if truth is not is_and:
            return


def _walk_undecided_operands(walker: Walker, values: list[ast.expr], is_and: bool) -> None:
    """The operands after the first one, which has been walked, may not be evaluated."""
    conditions = [conditions_of(walker, value) for value in values[:-1]]
    facts = [it.when_true if is_and else it.when_false for it in conditions]

    def others() -> None:
        for value, facts_before in zip(values[1:], facts, strict=True):
            assume(walker, facts_before)
            walker.expression(value)

    def none() -> None:
        assume(walker, conditions[0].when_false if is_and else conditions[0].when_true)

    if any(it.when_true or it.when_false for it in conditions):
        walker.fork(others, none)
    elif len(values) > 1:
        with walker.conditional_code():
            others()


def walk_compare(walker: Walker, node: ast.Compare) -> None:
    """`a < b < c`: the operands after the second are evaluated only if the others are in order."""
    if len(node.ops) == 1:
        walker.expression(node.left)
        walker.expression(node.comparators[0])
        return
    walker.expression(node.left)
    for index, operand in enumerate(node.comparators):
        truth = truth_of_comparison(node, index)
        if truth is False:
            return
        if truth is None:
            with walker.conditional_code():
                for other in node.comparators[index:]:
                    walker.expression(other)
            return
        walker.expression(operand)


def walk_conditional_expression(walker: Walker, node: ast.IfExp) -> None:
    """`a if b else c`"""
    walker.expression(node.test)
    always = known_truth(walker, node.test)
    if always is not None:
        walker.expression(node.body if always else node.orelse)
        return
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
    flow, branches = resolver.binding_scope().flow, 0
    for index, generator in enumerate(node.generators):
        if generator.is_async:
            walker.doubt(node)
        if index > 0:
            walk_consumed(walker, generator.iter)
        _walk_comprehension_target(walker, generator.target, scope)
        for condition in generator.ifs:
            walker.expression(condition)
            resolver.certain, walker.is_conditional = False, True
            facts = conditions_of(walker, condition).when_true
            if facts:
                flow.begin_branch()
                branches += 1
                assume(walker, facts)
    if isinstance(node, ast.DictComp):
        walker.expression(node.key)
        walker.expression(node.value)
    else:
        walker.expression(node.elt)
    for _ in range(branches):
        flow.apply_partly(flow.undo_branch())
    resolver.scope, resolver.certain, walker.is_conditional = outer


def walk_generator_expression(walker: Walker, node: ast.GeneratorExp) -> None:
    """A generator whose consumer is not known: it may never run."""
    walk_comprehension(walker, node, may_not_run=True)


def _walk_comprehension_target(walker: Walker, node: ast.expr, scope: ComprehensionScope) -> None:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    targets = (part.id for part in names if isinstance(part.ctx, ast.Store))
    scope.local_names.update(mangled(it, walker.resolver.scope) for it in targets)
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
    ast.Compare: walk_compare,
    ast.IfExp: walk_conditional_expression,
    ast.NamedExpr: walk_walrus,
    ast.ListComp: walk_comprehension,
    ast.SetComp: walk_comprehension,
    ast.DictComp: walk_comprehension,
    ast.GeneratorExp: walk_generator_expression,
    ast.Yield: walk_yield,
    ast.YieldFrom: walk_yield,
}
