"""What do branches, loops, `with` and exception handlers do to names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.bindings import (
    pattern_names,
)
from jupyter_namespace_viz.core.analysis.flow import Changes
from jupyter_namespace_viz.core.analysis.mutations import mutated_by_call
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    always_fails,
    assume,
    conditions_of,
    constant_truth,
)
from jupyter_namespace_viz.core.analysis.rules.expressions import walk_consumed
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Block, Loop, Rule, Walker, empty_branch

_CATCH_ALL = frozenset({"Exception", "BaseException"})
_CATCH_UNBOUND_LOCAL = frozenset({"UnboundLocalError"}) | _CATCH_ALL
_CATCH_IMPORT_ERROR = frozenset({"ImportError", "ModuleNotFoundError"}) | _CATCH_ALL

# Branches and loops


def walk_if(walker: Walker, node: ast.If) -> None:
    """`if`: one side runs; where the test is constant, it is known which."""
    walker.expression(node.test)
    always = constant_truth(node.test)
    if always is not None:
        walker.block(node.body if always else node.orelse)
        return
    conditions = conditions_of(walker, node.test)

    def when_true() -> None:
        assume(walker, conditions.when_true)
        walker.block(node.body)

    def when_false() -> None:
        assume(walker, conditions.when_false)
        walker.block(node.orelse)

    walker.fork(when_true, when_false)


def walk_for(walker: Walker, node: ast.For | ast.AsyncFor) -> None:
    """`for a in b:`"""
    walk_consumed(walker, node.iter)
    walker.target(node.target, "loop")
    _walk_loop_body(walker, node)


def walk_while(walker: Walker, node: ast.While) -> None:
    """`while a:`"""
    walker.expression(node.test)
    _walk_loop_body(walker, node, endless=constant_truth(node.test) is True)


def _walk_loop_body(
    walker: Walker, node: ast.For | ast.AsyncFor | ast.While, endless: bool = False
) -> None:
    """A loop counts as running at least once; the code after a `break` in it may not run."""
    flow, certain, outer = (
        walker.resolver.binding_scope().flow,
        walker.resolver.certain,
        walker.loop,
    )
    loop = walker.loop = Loop(flow.begin_branch())
    walker.block(node.body)
    walker.loop, walker.is_unreachable = outer, False
    walker.resolver.certain = certain and not walker.may_have_returned
    flow.apply(flow.undo_branch())
    for changes in loop.continues:
        flow.apply_partly(changes)
    if not loop.breaks:
        walker.block(node.orelse)
    elif endless:
        flow.join(loop.breaks)
    else:
        walker.fork(lambda: walker.block(node.orelse), lambda: flow.join(loop.breaks))


def walk_with(walker: Walker, node: ast.With | ast.AsyncWith) -> None:
    """`with a as b, c:`"""
    for item in node.items:
        walker.expression(item.context_expr)
        if item.optional_vars is not None:
            walker.target(item.optional_vars, "with")
    walker.block(node.body)


def walk_try(walker: Walker, node: ast.Try) -> None:
    """`try`: a handler may begin after any part of the body."""
    resolver, flow = walker.resolver, walker.resolver.binding_scope().flow
    caught = _caught_names(node.handlers)
    if any(handler.type is None for handler in node.handlers[:-1]):
        walker.doubt(node)
    certain, guarded, import_guarded = resolver.certain, resolver.guarded, resolver.import_guarded
    resolver.guarded = guarded or "NameError" in caught
    resolver.import_guarded = import_guarded or bool(caught & _CATCH_IMPORT_ERROR)
    resolver.certain = certain and not caught & _CATCH_UNBOUND_LOCAL
    flow.begin_branch()
    walker.block(node.body)
    tried = flow.undo_branch()
    resolver.certain, resolver.guarded, resolver.import_guarded = certain, guarded, import_guarded

    def no_error() -> None:
        flow.apply(tried)
        walker.block(node.orelse)

    blocks = [_handler_block(walker, handler, tried) for handler in node.handlers]
    walker.fork(no_error, *blocks) if blocks else no_error()
    was_unreachable, walker.is_unreachable = walker.is_unreachable, False
    walker.block(node.finalbody)
    walker.is_unreachable |= was_unreachable


def _handler_block(walker: Walker, handler: ast.ExceptHandler, tried: Changes) -> Block:
    def walk_handler() -> None:
        walker.is_unreachable = False
        walker.resolver.binding_scope().flow.apply_partly(tried)
        if handler.type is not None:
            walker.expression(handler.type)
        if handler.name:
            walker.resolver.bind(handler.name, "assignment")
        walker.block(handler.body)
        if handler.name:
            walker.resolver.unbind(handler.name)

    return walk_handler


def walk_match(walker: Walker, node: ast.Match) -> None:
    """`match`: one case runs, or none."""
    walker.expression(node.subject)
    blocks = [_case_block(walker, case) for case in node.cases]
    last = node.cases[-1]
    irrefutable = (
        isinstance(last.pattern, ast.MatchAs)
        and last.pattern.pattern is None
        and last.guard is None
    )
    walker.fork(*blocks, *(() if irrefutable else (empty_branch,)))


def _case_block(walker: Walker, case: ast.match_case) -> Block:
    def walk_case() -> None:
        for node in ast.walk(case.pattern):
            if isinstance(node, ast.expr):
                walker.expression(node)
        for name in pattern_names(case.pattern):
            walker.resolver.bind(name, "match")
        if case.guard is not None:
            walker.expression(case.guard)
        walker.block(case.body)

    return walk_case


# Statements that end a path, and expressions as statements


def walk_expression_statement(walker: Walker, node: ast.Expr) -> None:
    """`a`"""
    walker.unconsumed = node.value
    walker.expression(node.value)
    call = node.value.value if isinstance(node.value, ast.Await) else node.value
    if isinstance(call, ast.Call):
        walker.resolver.mutate(
            *mutated_by_call(call, is_discarded=node is not walker.displayed_statement)
        )
    walker.is_unreachable |= always_fails(node.value)


def walk_return(walker: Walker, node: ast.Return) -> None:
    """Ends the path; the code after it is no longer certain to run.

    Outside a function it is a syntax error, and the path goes on as if it were not there.
    """
    walker.expressions(node)
    if isinstance(walker.resolver.scope, FunctionScope):
        walker.is_unreachable = walker.may_have_returned = True
    else:
        walker.doubt(node)


def walk_raise(walker: Walker, node: ast.Raise) -> None:
    """Ends the path. The code after it stays certain, because a cell that raises stops anyway."""
    walker.expressions(node)
    walker.is_unreachable = True


def walk_loop_exit(walker: Walker, node: ast.Break | ast.Continue) -> None:
    """`break` and `continue` end the path within the loop; elsewhere they are syntax errors."""
    loop = None if isinstance(walker.resolver.scope, ClassScope) else walker.loop
    if loop is None:
        walker.doubt(node)
        return
    walker.is_unreachable = True
    loop.record_exit(walker.resolver.binding_scope().flow, by_break=isinstance(node, ast.Break))


def walk_assert(walker: Walker, node: ast.Assert) -> None:
    """`assert a, b`: the message is evaluated only if the test fails."""
    walker.expression(node.test)
    if node.msg is not None:
        with walker.conditional_code():
            walker.expression(node.msg)
    assume(walker, conditions_of(walker, node.test).when_true)


def _caught_names(handlers: Sequence[ast.ExceptHandler]) -> set[str]:
    """The names of the caught exceptions; a bare `except` catches BaseException."""
    caught = set()
    for handler in handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            if kind is None:
                caught.add("BaseException")
            elif isinstance(kind, (ast.Name, ast.Attribute)):
                caught.add(kind.id if isinstance(kind, ast.Name) else kind.attr)
    return caught


CONTROL_FLOW_RULES: dict[type[ast.AST], Rule] = {
    ast.Expr: walk_expression_statement,
    ast.If: walk_if,
    ast.For: walk_for,
    ast.AsyncFor: walk_for,
    ast.While: walk_while,
    ast.With: walk_with,
    ast.AsyncWith: walk_with,
    ast.Try: walk_try,
    ast.Match: walk_match,
    ast.Return: walk_return,
    ast.Raise: walk_raise,
    ast.Break: walk_loop_exit,
    ast.Continue: walk_loop_exit,
    ast.Assert: walk_assert,
}
if sys.version_info >= (3, 11):
    CONTROL_FLOW_RULES[ast.TryStar] = walk_try
