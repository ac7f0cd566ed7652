"""What do statements do to names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.bindings import (
    from_module,
    import_statements,
    pattern_names,
    star_statement,
)
from jupyter_namespace_viz.core.analysis.flow import Changes
from jupyter_namespace_viz.core.analysis.mutations import mutated_by_call
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    always_fails,
    assume,
    conditions_of,
    constant_truth,
)
from jupyter_namespace_viz.core.analysis.rules.dynamic_names import dynamic_item
from jupyter_namespace_viz.core.analysis.rules.expressions import consume
from jupyter_namespace_viz.core.analysis.rules.functions import named_lambda
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Block, Loop, Rule, Walker, nothing

_CATCH_ALL = frozenset({"Exception", "BaseException"})
_CATCH_IMPORT_ERROR = frozenset({"ImportError", "ModuleNotFoundError"}) | _CATCH_ALL

# Bindings


def assign(walker: Walker, node: ast.Assign) -> None:
    """`a = b = c`: the value first, then the targets from left to right."""
    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node.value, ast.Lambda) and len(names) == len(node.targets):
        named_lambda(walker, node.value, names)
        return
    if len(names) == len(node.targets):  # `a, b = f()` goes through it
        walker.kept = node.value
    walker.expression(node.value)
    walker.ended |= always_fails(node.value)
    for target in node.targets:
        walker.target(target, "assignment")
        if isinstance(target, ast.Subscript):
            dynamic_item(walker, target)


def annotated_assign(walker: Walker, node: ast.AnnAssign) -> None:
    """`a: T = b`; without a value nothing is bound."""
    scope = walker.resolver.binding_scope()
    if node.value is not None:
        walker.expression(node.value)
    if node.value is not None or not isinstance(node.target, ast.Name):
        walker.target(node.target, "assignment")
    elif isinstance(scope, FunctionScope):
        scope.local_names.add(node.target.id)
    # The annotation comes last; those of local variables are never evaluated.
    if not isinstance(scope, FunctionScope):
        walker.annotation(node.annotation)


def augmented_assign(walker: Walker, node: ast.AugAssign) -> None:
    """`a += b` reads `a` first."""
    if isinstance(node.target, ast.Name):
        walker.resolver.read(node.target.id, walker.line_of(node))
    walker.expression(node.value)
    walker.target(node.target, "assignment")
    walker.mutate(node.target)  # `rows += [1]` binds the same object again


def type_alias(walker: Walker, node: ast.stmt) -> None:
    """`type Pair[T] = tuple[T, T]`: the value is evaluated when somebody asks for it."""
    walker.target(node.name, "type_alias")  # type: ignore[attr-defined]


def delete(walker: Walker, node: ast.Delete) -> None:
    """`del a, b[c]`"""
    for target in node.targets:
        _delete_target(walker, target)


def _delete_target(walker: Walker, target: ast.expr) -> None:
    if isinstance(target, ast.Name):
        walker.resolver.read(target.id, walker.line_of(target))
        walker.resolver.unbind(target.id)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            _delete_target(walker, element)
    else:
        walker.expressions(target)
        walker.mutate(target)


def import_names(walker: Walker, node: ast.Import | ast.ImportFrom) -> None:
    """`import a.b as c`, `from a import b`, `from a import *`"""
    resolver, line = walker.resolver, walker.line_of(node)
    statements = import_statements(node)
    if isinstance(node, ast.ImportFrom):
        module = from_module(node)
        if module == "__future__":
            walker.annotations_run &= all(a.name != "annotations" for a in node.names)
        if any(alias.name == "*" for alias in node.names):
            walker.record.star_imports.add(module)
        resolver.import_module(module, line, statements or [star_statement(module)])
    else:
        for one in statements:
            resolver.import_module(one.module, line, [one])
    for one in statements:
        resolver.bind(one.name, "import", [one])


def declare_global(walker: Walker, node: ast.Global) -> None:
    """`global a` in a function or class."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, (FunctionScope, ClassScope)):
        scope.global_names.update(node.names)


def declare_nonlocal(walker: Walker, node: ast.Nonlocal) -> None:
    """`nonlocal a` in a nested function."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, FunctionScope):
        scope.outer_names.update(node.names)


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


STATEMENT_RULES: dict[type[ast.AST], Rule] = {
    ast.Assign: assign,
    ast.AnnAssign: annotated_assign,
    ast.AugAssign: augmented_assign,
    ast.Delete: delete,
    ast.Expr: expression,
    ast.Import: import_names,
    ast.ImportFrom: import_names,
    ast.Global: declare_global,
    ast.Nonlocal: declare_nonlocal,
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
    STATEMENT_RULES[ast.TryStar] = try_block
if sys.version_info >= (3, 12):
    STATEMENT_RULES[ast.TypeAlias] = type_alias
