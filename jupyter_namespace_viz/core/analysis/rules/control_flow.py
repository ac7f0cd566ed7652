"""What do branches, loops and handlers do to names?"""

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
from jupyter_namespace_viz.core.analysis.rules.expressions import consume
from jupyter_namespace_viz.core.analysis.walker import Block, Loop, Rule, Walker, nothing

_CATCH_ALL = frozenset({"Exception", "BaseException"})
_CATCH_IMPORT_ERROR = frozenset({"ImportError", "ModuleNotFoundError"}) | _CATCH_ALL

# Branches and loops


def branch(walker: Walker, node: ast.If) -> None:
    """`if`, of which one side runs; only the one that can, where the test is constant."""
    walker.expression(node.test)
    always = constant_truth(node.test)
    if always is not None:
        walker.block(node.body if always else node.orelse)
        return
    outcomes = conditions_of(walker, node.test)

    def when_true() -> None:
        assume(walker, outcomes.when_true)
        walker.block(node.body)

    def when_false() -> None:
        assume(walker, outcomes.when_false)
        walker.block(node.orelse)

    walker.fork(when_true, when_false)


def for_loop(walker: Walker, node: ast.For | ast.AsyncFor) -> None:
    """`for a in b:`"""
    consume(walker, node.iter)
    walker.target(node.target, "loop")
    _loop_body(walker, node)


def while_loop(walker: Walker, node: ast.While) -> None:
    """`while a:`"""
    walker.expression(node.test)
    _loop_body(walker, node, endless=constant_truth(node.test) is True)


def _loop_body(
    walker: Walker, node: ast.For | ast.AsyncFor | ast.While, endless: bool = False
) -> None:
    """Loops are taken to run at least once; what follows a `break` in one may not run."""
    flow, certain, outer = (
        walker.resolver.binding_scope().flow,
        walker.resolver.certain,
        walker.loop,
    )
    loop = walker.loop = Loop(flow.begin_branch())
    walker.block(node.body)
    walker.loop, walker.ended = outer, False
    walker.resolver.certain = certain and not walker.may_return
    flow.apply(flow.take_back_branch())
    for changes in loop.continues:
        flow.apply_partly(changes)
    if not loop.breaks:
        walker.block(node.orelse)
    elif endless:
        flow.join(loop.breaks)
    else:
        walker.fork(lambda: walker.block(node.orelse), lambda: flow.join(loop.breaks))


def with_items(walker: Walker, node: ast.With | ast.AsyncWith) -> None:
    """`with a as b, c:`"""
    for item in node.items:
        walker.expression(item.context_expr)
        if item.optional_vars is not None:
            walker.target(item.optional_vars, "with")
    walker.block(node.body)


def try_block(walker: Walker, node: ast.Try) -> None:
    """`try`: a handler may begin after any part of the body."""
    resolver, flow = walker.resolver, walker.resolver.binding_scope().flow
    caught = _caught_names(node.handlers)
    certain, guarded, import_guarded = resolver.certain, resolver.guarded, resolver.import_guarded
    resolver.guarded = guarded or "NameError" in caught
    resolver.import_guarded = import_guarded or bool(caught & _CATCH_IMPORT_ERROR)
    resolver.certain = certain and not caught & _CATCH_ALL
    flow.begin_branch()
    walker.block(node.body)
    tried = flow.take_back_branch()
    resolver.certain, resolver.guarded, resolver.import_guarded = certain, guarded, import_guarded

    def no_error() -> None:
        flow.apply(tried)
        walker.block(node.orelse)

    blocks = [_handler_block(walker, handler, tried) for handler in node.handlers]
    walker.fork(no_error, *blocks) if blocks else no_error()
    ended, walker.ended = walker.ended, False
    walker.block(node.finalbody)
    walker.ended |= ended


def _handler_block(walker: Walker, handler: ast.ExceptHandler, tried: Changes) -> Block:
    def walk_handler() -> None:
        walker.ended = False
        walker.resolver.binding_scope().flow.apply_partly(tried)
        if handler.type is not None:
            walker.expression(handler.type)
        if handler.name:
            walker.resolver.bind(handler.name, "assignment")
        walker.block(handler.body)
        if handler.name:
            walker.resolver.unbind(handler.name)

    return walk_handler


def match(walker: Walker, node: ast.Match) -> None:
    """`match`, of which one case runs, or none."""
    walker.expression(node.subject)
    blocks = [_case_block(walker, case) for case in node.cases]
    last = node.cases[-1]
    irrefutable = (
        isinstance(last.pattern, ast.MatchAs)
        and last.pattern.pattern is None
        and last.guard is None
    )
    walker.fork(*blocks, *(() if irrefutable else (nothing,)))


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


# Ends of a path


def expression(walker: Walker, node: ast.Expr) -> None:
    """`a`"""
    walker.kept = node.value
    walker.expression(node.value)
    call = node.value.value if isinstance(node.value, ast.Await) else node.value
    if isinstance(call, ast.Call):
        walker.resolver.mutate(*mutated_by_call(call, is_dropped=node is not walker.shown))
    walker.ended |= always_fails(node.value)


def return_value(walker: Walker, node: ast.Return) -> None:
    """Ends the path, and makes what follows less certain."""
    walker.expressions(node)
    walker.ended = walker.may_return = True


def raise_error(walker: Walker, node: ast.Raise) -> None:
    """Ends the path; what follows is no less certain, as a cell that raises stops anyway."""
    walker.expressions(node)
    walker.ended = True


def leave_loop(walker: Walker, node: ast.Break | ast.Continue) -> None:
    """Ends the path within the loop."""
    walker.ended, loop = True, walker.loop
    if loop is not None:  # else it is no Python
        loop.leave(walker.resolver.binding_scope().flow, by_break=isinstance(node, ast.Break))


def assert_test(walker: Walker, node: ast.Assert) -> None:
    """Reads its message only when it fails."""
    walker.expression(node.test)
    if node.msg is not None:
        with walker.maybe():
            walker.expression(node.msg)
    assume(walker, conditions_of(walker, node.test).when_true)


def _caught_names(handlers: Sequence[ast.ExceptHandler]) -> set[str]:
    """The names of the exceptions that are caught; a bare `except` catches BaseException."""
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
    ast.Expr: expression,
    ast.If: branch,
    ast.For: for_loop,
    ast.AsyncFor: for_loop,
    ast.While: while_loop,
    ast.With: with_items,
    ast.AsyncWith: with_items,
    ast.Try: try_block,
    ast.Match: match,
    ast.Return: return_value,
    ast.Raise: raise_error,
    ast.Break: leave_loop,
    ast.Continue: leave_loop,
    ast.Assert: assert_test,
}
if sys.version_info >= (3, 11):
    CONTROL_FLOW_RULES[ast.TryStar] = try_block
