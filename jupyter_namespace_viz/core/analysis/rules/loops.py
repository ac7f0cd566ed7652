"""What do loops do to names?"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.callees import Extent
from jupyter_namespace_viz.core.analysis.calls.origins import Step
from jupyter_namespace_viz.core.analysis.flow import Changes, Loop
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    NO_FACTS,
    Facts,
    assume,
    conditions_of,
)
from jupyter_namespace_viz.core.analysis.rules.containers.parts import loop_over
from jupyter_namespace_viz.core.analysis.rules.expressions import (
    walk_consumed,
    walk_test,
)
from jupyter_namespace_viz.core.analysis.rules.truth import known_empty, known_truth, lasting_truth
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def walk_for(walker: Walker, node: ast.For | ast.AsyncFor) -> None:
    """`for a in b:`"""
    is_left_early = may_break(node.body)
    extent: Extent = "*?" if is_left_early else "*"
    if isinstance(node.body[-1], ast.Break) and not any(map(_may_go_on, node.body)):
        extent = "*1"
    origin = walk_consumed(walker, node.iter, extent)
    if walker.is_unreachable or known_empty(walker, node.iter):
        with walker.unreachable_code():
            walker.target(node.target, "loop")
        walker.unreachable_block(node.body)
        walker.block(node.orelse)
        return
    walker.target(node.target, "loop")
    step = None if origin is None else Step(origin, "any" if is_left_early else "each")
    outer = loop_over(walker, node.target, step)
    _walk_loop_body(walker, node)
    walker.resolver.loop_items = outer


def _may_go_on(statement: ast.stmt) -> bool:
    """Whether a `continue` may be in the statement."""
    return any(isinstance(it, ast.Continue) for it in ast.walk(statement))


def may_break(body: Sequence[ast.stmt]) -> bool:
    """Whether a `break` among these statements may leave the loop around them."""
    for statement in body:
        if isinstance(statement, (ast.Break, ast.Return)):
            return True
        if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
            inner: Sequence[ast.stmt] = statement.orelse
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue  # what it returns leaves no loop
        else:
            inner = [it for name in _BLOCKS for it in getattr(statement, name, ())]
        if inner and may_break(inner):
            return True
    return False


def walk_while(walker: Walker, node: ast.While) -> None:
    """`while a:`"""
    truth = known_truth(walker, node.test)
    walker.resolver.constants.clear()  # the test is evaluated several times
    walk_test(walker, node.test)
    if truth is not False:
        truth = lasting_truth(walker, node.test)
    if truth is False or walker.is_unreachable:
        walker.unreachable_block(node.body)
        walker.block(node.orelse)
        return
    conditions = conditions_of(walker, node.test)
    is_left_by_break = _walk_loop_body(walker, node, truth is True, conditions.when_true)
    if not is_left_by_break:
        assume(walker, conditions.when_false)


def _walk_loop_body(
    walker: Walker,
    node: ast.For | ast.AsyncFor | ast.While,
    endless: bool = False,
    facts: Facts = NO_FACTS,
) -> bool:
    """A loop counts as running at least once; the code after a `break` in it may not run.

    The `facts` hold where its body begins. Returns whether a `break` may leave it.
    """
    flow, certain, outer = (
        walker.resolver.binding_scope().flow,
        walker.resolver.certain,
        walker.loop,
    )
    loop = walker.loop = Loop(flow.begin_branch())
    walker.resolver.constants.clear()
    assume(walker, facts)
    walker.block(node.body)
    ends_early, walker.loop, walker.is_unreachable = walker.is_unreachable, outer, False
    walker.resolver.certain = certain and not walker.may_have_returned
    body = flow.undo_branch()
    walker.resolver.constants.clear()
    if walker.resolver.scope is walker.resolver.cell:
        _guard_earlier_rounds(walker, walker.line_of(node), body)
    if not (endless and ends_early):
        flow.apply(body)
    for changes in loop.continues:
        flow.apply_partly(changes)
    breaks = [_after_full_run(changes, body) for changes in loop.breaks]
    if not breaks:
        walker.block(node.orelse)
        walker.is_unreachable |= endless
    elif endless:
        flow.join(breaks)
    else:
        walker.fork(lambda: walker.block(node.orelse), lambda: flow.join(breaks))
        if not node.orelse and (ends_early or loop.is_retry):
            for name in _bound_in_all(breaks):
                walker.resolver.assume(name)
    return bool(breaks)


def _guard_earlier_rounds(walker: Walker, first_line: int, body: Changes) -> None:
    """A branch of the loop, which begins at this line, reads what the loop binds further down: it
    is taken to do so only after the first round.
    """
    uses = walker.record.uses
    for name, boundness in body.items():
        use = uses.get(name)
        if boundness == "bound" and use is not None and not use.certain:
            is_in_loop = use.line is not None and use.line >= first_line
            uses[name] = replace(use, guarded=use.guarded or is_in_loop)


def _after_full_run(changes: Changes, body: Changes) -> Changes:
    """The changes at a `break`, if all of the body has run in an earlier round."""
    return {
        name: "bound" if boundness == "maybe" and body.get(name) == "bound" else boundness
        for name, boundness in changes.items()
    }


def _bound_in_all(breaks: Sequence[Changes]) -> set[str]:
    """The names that are bound at each `break`."""
    bound = ({name for name, it in changes.items() if it == "bound"} for changes in breaks)
    return set.intersection(*bound)


LOOP_RULES: dict[type[ast.AST], Rule] = {
    ast.For: walk_for,
    ast.AsyncFor: walk_for,
    ast.While: walk_while,
}
