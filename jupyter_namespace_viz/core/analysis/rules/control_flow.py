"""What do branches, `with` and exception handlers do to names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jupyter_namespace_viz.core.analysis.cell_names import note_fallbacks
from jupyter_namespace_viz.core.analysis.flow import Changes
from jupyter_namespace_viz.core.analysis.mutations import mutated_where_discarded
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    assume,
    conditions_of,
    reads_environment,
)
from jupyter_namespace_viz.core.analysis.rules.errors import (
    always_fails,
    always_raises,
    cannot_raise,
    caught_errors,
    constant_names,
    discards_errors,
    ends_session,
    errors_caught_by_context,
    tried_modules,
)
from jupyter_namespace_viz.core.analysis.rules.namespaces import remember_alias
from jupyter_namespace_viz.core.analysis.rules.truth import constant_truth, known_truth
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Block, Rule, Walker

# Branches


def walk_if(walker: Walker, node: ast.If) -> None:
    """`if`: one side runs; where the test is constant, it is known which."""
    walker.expression(node.test)
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
    has_import = any(isinstance(it, (ast.Import, ast.ImportFrom)) for it in node.body + node.orelse)
    return has_import and reads_environment(walker, node.test)


def walk_with(walker: Walker, node: ast.With | ast.AsyncWith) -> None:
    """`with a as b, c:`; some context managers handle the errors that the block raises."""
    contexts, handling = [], []
    prefix = "__a" if isinstance(node, ast.AsyncWith) else "__"
    for item in node.items:
        line = walker.line_of(item.context_expr)
        context = walker.expression(item.context_expr)
        entered = walker.take(context, f"{prefix}enter__", line)
        value = walker.resolver.value_of(entered)
        if item.optional_vars is not None:
            walker.target(item.optional_vars, "with")
            if isinstance(item.optional_vars, ast.Name):
                walker.resolver.bind_value(item.optional_vars.id, value)
        contexts.append(context)
        caught = errors_caught_by_context(walker, item.context_expr)
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


def _walk_handled(walker: Walker, body: Sequence[ast.stmt], caught: set[str]) -> None:
    """Walk the block of a context manager that handles errors of the `caught` kinds."""
    tried = _walk_tried(walker, body, caught)
    flow = walker.resolver.binding_scope().flow

    def error() -> None:
        walker.is_unreachable = False
        flow.apply_partly(tried)

    walker.fork(lambda: flow.apply(tried), error)


def walk_try(walker: Walker, node: ast.Try) -> None:
    """`try`: a handler may begin after any part of the body."""
    flow, start, read = walker.resolver.binding_scope().flow, walker.record.order, _read_by(walker)
    if any(handler.type is None for handler in node.handlers[:-1]):
        walker.doubt(node)
    if node.handlers and cannot_raise(node.body):
        walker.block([*node.body, *node.orelse])
        with walker.unreachable_code():
            for handler in node.handlers:
                _handler_block(walker, handler, {})()
        _walk_finally(walker, node, start, read)
        return
    caught = caught_errors(walker, node.handlers)
    if discards_errors(node.finalbody):
        caught |= {"NameError", "ModuleNotFoundError"}
    tried = _walk_tried(walker, node.body, caught, bool(node.handlers))

    def no_error() -> None:
        flow.apply(tried)
        with _retrying(walker, bool(node.handlers)):
            walker.block(node.orelse)

    if node.handlers and always_raises(node.body[-1]) and node.handlers[0].type is not None:
        walker.expression(node.handlers[0].type)
    blocks = [_handler_block(walker, handler, tried) for handler in node.handlers]
    imported = set(walker.record.imports)
    walker.fork(no_error, *blocks) if blocks else no_error()
    modules = tried_modules(walker, node)
    if modules:
        note_fallbacks(walker.record.imports, walker.record.imports.keys() - imported, modules)
        remember_alias(walker, constant_names(node), "environment")
    _walk_finally(walker, node, start, read)


def _read_by(walker: Walker) -> frozenset[str]:
    scope = walker.resolver.scope
    return scope.certain_reads() if isinstance(scope, FunctionScope) else frozenset()


def _walk_finally(walker: Walker, node: ast.Try, start: int, read: frozenset[str]) -> None:
    """`start` is the order at which the body began, `read` what a function had read by then: the
    block binds its names whatever the body raises."""
    was_unreachable, walker.is_unreachable = walker.is_unreachable, False
    scope, first = walker.resolver.scope, walker.record.order + 1
    assigned = set(scope.read_before) if isinstance(scope, FunctionScope) else set()
    walker.block(node.finalbody)
    if node.finalbody:
        final_line = walker.line_of(node.finalbody[0])
        for binding in walker.record.bindings.values():
            if binding.line is not None and binding.line >= final_line:
                binding.line = walker.line_of(node)
            if binding.order >= first:
                binding.order = start
        if isinstance(scope, FunctionScope):
            new = scope.read_before.keys() - assigned
            scope.read_before.update(dict.fromkeys(new, read))
    walker.is_unreachable |= was_unreachable


def _walk_tried(
    walker: Walker, body: Sequence[ast.stmt], caught: set[str], has_handlers: bool = True
) -> Changes:
    """Walk code whose errors of the `caught` kinds are handled; returns its changes, undone."""
    resolver, flow = walker.resolver, walker.resolver.binding_scope().flow
    certain, guarded, import_guarded = resolver.certain, resolver.guarded, resolver.import_guarded
    was_in_try, resolver.in_try = resolver.in_try, resolver.in_try or has_handlers
    resolver.guarded = guarded or "NameError" in caught
    resolver.import_guarded = import_guarded or "ModuleNotFoundError" in caught
    resolver.certain = certain and caught.isdisjoint({"BaseException", "UnboundLocalError"})
    flow.begin_branch()
    with _retrying(walker, has_handlers):
        walker.block(body)
    resolver.certain, resolver.guarded, resolver.import_guarded = certain, guarded, import_guarded
    resolver.in_try = was_in_try
    resolver.constants.clear()
    return flow.undo_branch()


@contextmanager
def _retrying(walker: Walker, has_handlers: bool) -> Iterator[None]:
    """A `break` in this context leaves its loop because no error was handled."""
    loop = walker.loop if has_handlers else None
    if loop is not None:
        loop.tries += 1
    yield
    if loop is not None:
        loop.tries -= 1


def _handler_block(walker: Walker, handler: ast.ExceptHandler, tried: Changes) -> Block:
    def walk_handler() -> None:
        walker.work.spend(len(tried))
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


# Statements that end a path, and expressions as statements


def walk_expression_statement(walker: Walker, node: ast.Expr) -> None:
    """`a`"""
    walker.expression(node.value)
    call = node.value.value if isinstance(node.value, ast.Await) else node.value
    if isinstance(call, ast.Call) and node is not walker.displayed_statement:
        mutated = mutated_where_discarded(call)
        if mutated is not None:
            walker.resolver.mutate(mutated)
    if type(call) is ast.Call or type(call) is ast.BinOp:
        walker.is_unreachable |= always_fails(node.value) or ends_session(walker, node.value)


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
    truth = known_truth(walker, node.test)
    if node.msg is not None and truth is False:
        walker.expression(node.msg)
    elif node.msg is not None and truth is None:
        with walker.conditional_code():
            walker.expression(node.msg)
    walker.is_unreachable |= truth is False
    assume(walker, conditions_of(walker, node.test).when_true)


CONTROL_FLOW_RULES: dict[type[ast.AST], Rule] = {
    ast.Expr: walk_expression_statement,
    ast.If: walk_if,
    ast.With: walk_with,
    ast.AsyncWith: walk_with,
    ast.Try: walk_try,
    ast.Return: walk_return,
    ast.Raise: walk_raise,
    ast.Break: walk_loop_exit,
    ast.Continue: walk_loop_exit,
    ast.Assert: walk_assert,
}
if sys.version_info >= (3, 11):
    CONTROL_FLOW_RULES[ast.TryStar] = walk_try
