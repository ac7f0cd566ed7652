"""What do `try` and its exception handlers do to names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jupyter_namespace_viz.core.analysis.cell_names import note_fallbacks
from jupyter_namespace_viz.core.analysis.flow import Changes
from jupyter_namespace_viz.core.analysis.rules.errors import (
    cannot_raise,
    caught_errors,
    constant_names,
    discards_errors,
    handler_of_raised,
    tried_modules,
)
from jupyter_namespace_viz.core.analysis.rules.namespaces import remember_alias
from jupyter_namespace_viz.core.analysis.scopes import FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Block, Rule, Walker


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
    tried = walk_tried(walker, node.body, caught, bool(node.handlers))
    certain = handler_of_raised(walker, node) if walker.is_unreachable else None
    if certain is not None:
        flow.apply(tried)
        _walk_certain_handler(walker, node, certain)
        _walk_finally(walker, node, start, read)
        return

    def no_error() -> None:
        flow.apply(tried)
        with _retrying(walker, bool(node.handlers)):
            walker.block(node.orelse)

    if walker.resolver.raised is not None and walker.is_unreachable:
        _walk_type(walker, node.handlers)
    walker.resolver.raised = None
    blocks = [_handler_block(walker, handler, tried) for handler in node.handlers]
    imported = set(walker.record.imports)
    walker.fork(no_error, *blocks) if blocks else no_error()
    modules = tried_modules(walker, node)
    if modules:
        note_fallbacks(walker.record.imports, walker.record.imports.keys() - imported, modules)
        remember_alias(walker, constant_names(node), "environment")
    _walk_finally(walker, node, start, read)


def _walk_type(walker: Walker, handlers: Sequence[ast.ExceptHandler]) -> None:
    """What the first handler catches is evaluated where the body has raised."""
    if handlers and handlers[0].type is not None:
        was_unreachable, walker.is_unreachable = walker.is_unreachable, False
        walker.expression(handlers[0].type)
        walker.is_unreachable = was_unreachable


def _walk_certain_handler(walker: Walker, node: ast.Try, certain: ast.ExceptHandler) -> None:
    """The body has raised what this handler handles."""
    index = node.handlers.index(certain)
    walker.resolver.raised, walker.is_unreachable = None, False
    for handler in node.handlers[:index]:
        _walk_type(walker, [handler])
    _handler_block(walker, certain, {})()
    was_unreachable = walker.is_unreachable
    with walker.unreachable_code():
        for handler in (*node.handlers[:index], *node.handlers[index + 1 :]):
            _handler_block(walker, handler, {})()
    walker.unreachable_block(node.orelse)
    walker.is_unreachable = was_unreachable


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


def walk_tried(
    walker: Walker, body: Sequence[ast.stmt], caught: set[str], has_handlers: bool = True
) -> Changes:
    """Walk code whose errors of the `caught` kinds are handled; returns its changes, undone."""
    resolver, flow = walker.resolver, walker.resolver.binding_scope().flow
    certain, guarded, import_guarded = resolver.certain, resolver.guarded, resolver.import_guarded
    was_in_try, resolver.in_try = resolver.in_try, resolver.in_try or has_handlers
    was_handled, resolver.handled = resolver.handled, resolver.handled or "all" in caught
    resolver.guarded = guarded or "NameError" in caught
    resolver.import_guarded = import_guarded or "ModuleNotFoundError" in caught
    resolver.certain = certain and caught.isdisjoint({"BaseException", "UnboundLocalError"})
    resolver.raised = None
    flow.begin_branch()
    with _retrying(walker, has_handlers):
        walker.block(body)
    resolver.certain, resolver.guarded, resolver.import_guarded = certain, guarded, import_guarded
    resolver.in_try, resolver.handled = was_in_try, was_handled
    resolver.constants.clear()
    if "all" in caught and resolver.scope is resolver.cell:
        first, last = walker.line_of(body[0]), body[-1].end_lineno or body[-1].lineno
        walker.handled_lines.append(range(first, last + walker.line_offset + 1))
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


EXCEPTION_RULES: dict[type[ast.AST], Rule] = {ast.Try: walk_try}
if sys.version_info >= (3, 11):
    EXCEPTION_RULES[ast.TryStar] = walk_try
