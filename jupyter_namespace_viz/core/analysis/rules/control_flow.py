"""What do branches and `with` do to names, and what ends a path?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.calls.origins import step_from
from jupyter_namespace_viz.core.analysis.mutations import mutated_where_discarded
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    assume,
    conditions_of,
    reads_environment,
)
from jupyter_namespace_viz.core.analysis.rules.errors import (
    ends_session,
    errors_caught_by_context,
    raised_class,
)
from jupyter_namespace_viz.core.analysis.rules.exceptions import walk_tried
from jupyter_namespace_viz.core.analysis.rules.expressions import walk_test
from jupyter_namespace_viz.core.analysis.rules.text_arguments.files import name_of_callee
from jupyter_namespace_viz.core.analysis.rules.truth import constant_truth, known_truth
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

_IMPORTS = frozenset({ast.Import, ast.ImportFrom})

# Branches


def walk_if(walker: Walker, node: ast.If) -> None:
    """`if`: one side runs; where the test is constant, it is known which."""
    walk_test(walker, node.test)
    always = known_truth(walker, node.test)
    if always is not None:
        walker.block(node.body if always else node.orelse)
        walker.unreachable_block(node.orelse if always else node.body)
        return
    conditions = conditions_of(walker, node.test)
    guarded = walker.resolver.import_guarded
    walker.resolver.import_guarded = guarded or _guards_imports(walker, node)

    def when_true() -> None:
        assume(walker, conditions.when_true)
        walker.block(node.body)

    def when_false() -> None:
        assume(walker, conditions.when_false)
        walker.block(node.orelse)

    walker.fork(when_true, when_false)
    walker.resolver.import_guarded = guarded


def _guards_imports(walker: Walker, node: ast.If) -> bool:
    """Whether the branches import modules, and the test is about what there is."""
    imports = [it for it in node.body + node.orelse if type(it) in _IMPORTS]
    return bool(imports) and reads_environment(walker, node.test)


def walk_with(walker: Walker, node: ast.With | ast.AsyncWith) -> None:
    """`with a as b, c:`; some context managers handle the errors that the block raises."""
    contexts, handling = [], []
    prefix = "__a" if isinstance(node, ast.AsyncWith) else "__"
    for item in node.items:
        line = walker.line_of(item.context_expr)
        context = walker.expression(item.context_expr)
        entered = walker.take(context, f"{prefix}enter__", line)
        if entered is not None and prefix == "__a":
            entered = step_from(entered, "await")
        value = walker.resolver.value_of(entered)
        if item.optional_vars is not None:
            walker.target(item.optional_vars, "with")
            if isinstance(item.optional_vars, ast.Name):
                walker.resolver.bind_value(item.optional_vars.id, value)
        contexts.append(context)
        caught = errors_caught_by_context(walker, item.context_expr)
        if caught is None and _is_exit_stack(item.context_expr):
            caught = _caught_by_stack(walker, node.body)
        if caught is None and walker.record.steps.may_swallow(context):
            caught = {"BaseException"}
        handling += [] if caught is None else [caught]
    if handling:
        _walk_handled(walker, node.body, set().union(*handling))
    else:
        walker.block(node.body)
    last_line = walker.line_offset + (node.end_lineno or node.lineno)
    for context in reversed(contexts):
        walker.take(context, f"{prefix}exit__", last_line)


def _is_exit_stack(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and name_of_callee(node) in {"ExitStack", "AsyncExitStack"}


def _caught_by_stack(walker: Walker, body: Sequence[ast.stmt]) -> set[str] | None:
    """The errors that contexts handle which the block of an `ExitStack` enters."""
    calls = (it for statement in body for it in ast.walk(statement) if isinstance(it, ast.Call))
    entered = (it for it in calls if it.args and name_of_callee(it) == "enter_context")
    found = (errors_caught_by_context(walker, it.args[0]) for it in entered)
    return set[str]().union(*(it for it in found if it)) or None


def _walk_handled(walker: Walker, body: Sequence[ast.stmt], caught: set[str]) -> None:
    """Walk the block of a context manager that handles errors of the `caught` kinds."""
    tried = walk_tried(walker, body, caught)
    flow = walker.resolver.binding_scope().flow

    def error() -> None:
        walker.is_unreachable = False
        flow.apply_partly(tried)

    walker.fork(lambda: flow.apply(tried), error)


# Statements that end a path, and expressions as statements


def walk_expression_statement(walker: Walker, node: ast.Expr) -> None:
    """`a`"""
    walker.expression(node.value)
    call = node.value.value if type(node.value) is ast.Await else node.value
    if type(call) is ast.Call and node is not walker.displayed_statement:
        mutated = mutated_where_discarded(call)
        if mutated is not None:
            walker.resolver.mutate(mutated)
    if type(call) is ast.Call:
        walker.is_unreachable |= ends_session(walker, node.value)


def walk_return(walker: Walker, node: ast.Return) -> None:
    """Ends the path; the code after it is no longer certain to run.

    Outside a function it is a syntax error, and the path goes on as if it were not there.
    """
    origin = walker.expression(node.value) if node.value is not None else None
    scope = walker.resolver.scope
    if isinstance(scope, FunctionScope):
        if scope.name in {"__exit__", "__aexit__"} and node.value is not None:
            scope.swallows |= constant_truth(node.value) is not False
        scope.returns.append(origin)
        walker.is_unreachable = walker.may_have_returned = True
    else:
        walker.doubt(node)


def walk_raise(walker: Walker, node: ast.Raise) -> None:
    """Ends the path. The code after it stays certain, because a cell that raises stops anyway."""
    walker.expressions(node)
    walker.is_unreachable = True
    walker.resolver.raised = raised_class(walker, node), walker.record.line


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
    walk_test(walker, node.test)
    truth = known_truth(walker, node.test)
    if node.msg is not None and truth is False:
        walker.expression(node.msg)
    elif node.msg is not None and truth is None:
        with walker.conditional_code():
            walker.expression(node.msg)
    if truth is False:
        walker.is_unreachable = True
        walker.resolver.raised = "AssertionError", walker.record.line
    assume(walker, conditions_of(walker, node.test).when_true)


CONTROL_FLOW_RULES: dict[type[ast.AST], Rule] = {
    ast.Expr: walk_expression_statement,
    ast.If: walk_if,
    ast.With: walk_with,
    ast.AsyncWith: walk_with,
    ast.Return: walk_return,
    ast.Raise: walk_raise,
    ast.Break: walk_loop_exit,
    ast.Continue: walk_loop_exit,
    ast.Assert: walk_assert,
}
