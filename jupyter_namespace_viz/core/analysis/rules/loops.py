"""What do loops do to names?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.flow import Changes, Loop
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    NO_FACTS,
    Facts,
    assume,
    conditions_of,
)
from jupyter_namespace_viz.core.analysis.rules.expressions import walk_consumed
from jupyter_namespace_viz.core.analysis.rules.truth import is_empty, known_truth, lasting_truth
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker


def walk_for(walker: Walker, node: ast.For | ast.AsyncFor) -> None:
    """`for a in b:`"""
    walk_consumed(walker, node.iter)
    if is_empty(node.iter):
        with walker.unreachable_code():
            walker.target(node.target, "loop")
        walker.unreachable_block(node.body)
        walker.block(node.orelse)
        return
    walker.target(node.target, "loop")
    _walk_loop_body(walker, node)


def walk_while(walker: Walker, node: ast.While) -> None:
    """`while a:`"""
    truth = known_truth(walker, node.test)
    walker.resolver.constants.clear()  # the test is evaluated several times
    walker.expression(node.test)
    if truth is not False:
        truth = lasting_truth(walker, node.test)
    if truth is False:
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
