"""What do operators, comprehensions and other expressions do to names?"""

from __future__ import annotations

import ast

from jupyter_namespace_viz.core.analysis.calls.callees import Extent
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Known, Origin, Step
from jupyter_namespace_viz.core.analysis.rules.conditions import assume, conditions_of
from jupyter_namespace_viz.core.analysis.rules.containers.parts import inspected, loop_over
from jupyter_namespace_viz.core.analysis.rules.errors import (
    error_of_operation,
    error_of_subscript,
    note_failure,
)
from jupyter_namespace_viz.core.analysis.rules.function_bodies import effects_of_body
from jupyter_namespace_viz.core.analysis.rules.functions import walk_later
from jupyter_namespace_viz.core.analysis.rules.text_arguments.dynamic_names import walk_subscript
from jupyter_namespace_viz.core.analysis.rules.truth import (
    known_empty,
    known_truth,
    truth_of_comparison,
)
from jupyter_namespace_viz.core.analysis.scopes import ComprehensionScope, FunctionScope, mangled
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker, empty_branch

_CONVERSIONS = {ord("r"): "repr", ord("s"): "str", ord("a"): "repr"}
"""The functions that an f-string calls for `{a!r}`, in place of `format`."""


def walk_consumed(walker: Walker, node: ast.expr, extent: Extent = "*") -> Origin:
    """An iterable that a loop or a call consumes, to this extent; returns its origin."""
    if isinstance(node, ast.GeneratorExp):
        walk_comprehension(walker, node)
        return None
    origin = inspected(walker, node)
    walker.take(origin, extent, walker.line_of(node))
    return origin


def walk_test(walker: Walker, node: ast.expr, *, is_tested: bool = True) -> None:
    """An expression that decides what runs: its object is asked whether it is true."""
    origin = inspected(walker, node)
    if is_tested and type(node) not in {ast.BoolOp, ast.Compare}:  # their parts have been asked
        walker.take(origin, "__bool__", walker.line_of(node))


def walk_await(walker: Walker, node: ast.Await) -> Origin:
    """`await a`"""
    return walker.take(walker.expression(node.value), "await", walker.line_of(node))


def walk_starred(walker: Walker, node: ast.Starred) -> None:
    """`[*a]`"""
    walk_consumed(walker, node.value)


_OPERATORS = {
    ast.Add: "__add__", ast.Sub: "__sub__", ast.Mult: "__mul__", ast.MatMult: "__matmul__",
    ast.Div: "__truediv__", ast.FloorDiv: "__floordiv__", ast.Mod: "__mod__", ast.Pow: "__pow__",
    ast.LShift: "__lshift__", ast.RShift: "__rshift__", ast.BitAnd: "__and__",
    ast.BitOr: "__or__", ast.BitXor: "__xor__", ast.UAdd: "__pos__", ast.USub: "__neg__",
    ast.Invert: "__invert__", ast.Eq: "__eq__", ast.NotEq: "__ne__", ast.Lt: "__lt__",
    ast.LtE: "__le__", ast.Gt: "__gt__", ast.GtE: "__ge__",
}  # fmt: skip
_SWAPPED = {"__lt__": "__gt__", "__gt__": "__lt__", "__le__": "__ge__", "__ge__": "__le__"}


def walk_operator(walker: Walker, node: ast.BinOp) -> Origin:
    """`a + b`: a special method of the class of `a` is called."""
    left = walker.expression(node.left)
    right = walker.expression(node.right)
    operator = _OPERATORS[type(node.op)]
    if left is None and isinstance(node.left, ast.Constant):
        walker.take(right, f"__r{operator[2:]}", walker.line_of(node))
    given = () if right is None else ((0, right),)
    if isinstance(left, Step) and left.kind in _OPERATORS.values():
        left = None  # long sums are not followed to their ends
    note_failure(walker, error_of_operation(walker, node))
    return walker.take(left, operator, walker.line_of(node), given)


def walk_item(walker: Walker, node: ast.Subscript) -> Origin:
    """`a[b]`"""
    origin = walk_subscript(walker, node)
    note_failure(walker, error_of_subscript(walker, node))
    return origin


def walk_unary_operator(walker: Walker, node: ast.UnaryOp) -> Origin:
    """`-a`"""
    operand = walker.expression(node.operand)
    if isinstance(node.op, ast.Not):
        walker.take(operand, "__bool__", walker.line_of(node))
        return None
    return walker.take(operand, _OPERATORS[type(node.op)], walker.line_of(node))


def walk_formatted(walker: Walker, node: ast.FormattedValue) -> None:
    """`f"{a}"`"""
    origin = walker.expression(node.value)
    if origin is not None:
        function = Known(f"builtins.{_CONVERSIONS.get(node.conversion, 'format')}")
        walker.take(function, "()", walker.line_of(node), ((0, origin),))
    if node.format_spec is not None:
        walker.expression(node.format_spec)


def walk_bool_op(walker: Walker, node: ast.BoolOp) -> None:
    """`a and b`: an operand is evaluated only where those before it do not decide."""
    is_and = isinstance(node.op, ast.And)
    values = node.values
    for index, value in enumerate(values):
        walk_test(walker, value, is_tested=index + 1 < len(values))
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
    left = walker.expression(node.left)
    for index, operand in enumerate(node.comparators):
        truth = truth_of_comparison(node, index) if len(node.ops) > 1 else True
        if truth is False:
            return
        if truth is None:
            with walker.conditional_code():
                for other in node.comparators[index:]:
                    walker.expression(other)
            return
        right = walker.expression(operand)
        if index == 0:
            _compare(walker, node, left, right)


def _compare(walker: Walker, node: ast.Compare, left: Origin, right: Origin) -> None:
    """The first comparison calls a special method of the class of an operand."""
    operator, line = node.ops[0], walker.line_of(node)
    if type(operator) in _OPERATORS:
        kind = _OPERATORS[type(operator)]
        if left is None and isinstance(node.left, ast.Constant):
            walker.take(right, _SWAPPED.get(kind, kind), line)
        walker.take(left, kind, line, ((0, UNKNOWN if right is None else right),))
    elif isinstance(operator, (ast.In, ast.NotIn)):
        walker.take(right, "__contains__", line)


def walk_conditional_expression(walker: Walker, node: ast.IfExp) -> None:
    """`a if b else c`"""
    walk_test(walker, node.test)
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


def walk_walrus(walker: Walker, node: ast.NamedExpr) -> Origin:
    """`(a := b)`"""
    value = walker.resolver.value_of(walker.expression(node.value))

    def bind() -> None:
        walker.resolver.bind(node.target.id, "walrus")

    if walker.is_conditional:
        walker.fork(bind, empty_branch)
    else:
        bind()
        walker.resolver.bind_value(node.target.id, value)
    return value


Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def walk_comprehension(walker: Walker, node: Comprehension) -> None:
    """The first iterable is evaluated outside, everything else in a scope of its own."""
    origin = walk_consumed(walker, node.generators[0].iter)
    if not known_empty(walker, node.generators[0].iter):
        _walk_comprehension_body(walker, node, origin)


def _walk_comprehension_body(walker: Walker, node: Comprehension, origin: Origin) -> None:
    resolver = walker.resolver
    outer = resolver.scope, resolver.certain, walker.is_conditional
    scope = resolver.scope = ComprehensionScope(resolver.scope)
    flow, branches, is_left_out = resolver.binding_scope().flow, 0, False
    items = resolver.loop_items
    for index, generator in enumerate(node.generators):
        if generator.is_async:
            walker.doubt(node)
        if index > 0:
            origin = walk_consumed(walker, generator.iter)
        loop_over(walker, generator.target, None if origin is None else Step(origin, "each"))
        _walk_comprehension_target(walker, generator.target, scope)
        for condition in generator.ifs:
            walk_test(walker, condition)
            is_left_out |= known_truth(walker, condition) is False
            resolver.certain, walker.is_conditional = False, True
            facts = conditions_of(walker, condition).when_true
            if facts:
                flow.begin_branch()
                branches += 1
                assume(walker, facts)
    if not is_left_out:
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            walker.expression(part)
    for _ in range(branches):
        flow.apply_partly(flow.undo_branch())
    resolver.loop_items = items
    resolver.scope, resolver.certain, walker.is_conditional = outer


def walk_generator_expression(walker: Walker, node: ast.GeneratorExp) -> Origin:
    """A generator: only its first iterable is evaluated now, its body runs when it is consumed."""
    iterable = node.generators[0].iter
    origin = inspected(walker, iterable)
    walker.take(origin, "__iter__", walker.line_of(node))
    if known_empty(walker, iterable):
        return None
    return walk_later(walker, node, lambda: _walk_comprehension_body(walker, node, origin))


def _walk_comprehension_target(walker: Walker, node: ast.expr, scope: ComprehensionScope) -> None:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    targets = (part.id for part in names if isinstance(part.ctx, ast.Store))
    scope.local_names.update(mangled(it, walker.resolver.scope) for it in targets)
    for part in names:
        if isinstance(part.ctx, ast.Load):  # of `a[i]`
            walker.resolver.read(part.id, walker.line_of(part))


def walk_yield(walker: Walker, node: ast.Yield | ast.YieldFrom) -> None:
    """`yield a` makes the function around it a generator."""
    if isinstance(node, ast.YieldFrom):
        walk_consumed(walker, node.value)
    elif node.value is not None:
        walker.expression(node.value)
    scope = walker.resolver.scope
    if isinstance(scope, FunctionScope):
        scope.is_lazy = True
        scope.swallows |= walker.resolver.in_try
        scope.begun = scope.begun or effects_of_body(scope)


EXPRESSION_RULES: dict[type[ast.AST], Rule] = {
    ast.Subscript: walk_item,
    ast.BoolOp: walk_bool_op,
    ast.Compare: walk_compare,
    ast.IfExp: walk_conditional_expression,
    ast.NamedExpr: walk_walrus,
    ast.ListComp: walk_comprehension,
    ast.SetComp: walk_comprehension,
    ast.DictComp: walk_comprehension,
    ast.GeneratorExp: walk_generator_expression,
    ast.Await: walk_await,
    ast.Starred: walk_starred,
    ast.BinOp: walk_operator,
    ast.UnaryOp: walk_unary_operator,
    ast.FormattedValue: walk_formatted,
    ast.Yield: walk_yield,
    ast.YieldFrom: walk_yield,
}
