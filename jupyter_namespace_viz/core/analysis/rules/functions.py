"""What do functions and classes do to names, when they are defined and when they are called?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.function_effects import BodyRead, FunctionEffects, add_read
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, ComprehensionScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

# Methods that run when their class is called; the others run when somebody calls them.
_RUN_BY_CALL = frozenset({"__init__", "__new__", "__post_init__"})


def define_function(walker: Walker, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """`def`: decorators, defaults and annotations now, the body when it is called."""
    for decorator in node.decorator_list:
        called(walker, decorator)
    with _type_parameters(walker, node):
        _signature(walker, node.args)
        if node.returns is not None:
            walker.annotation(node.returns)
        names = _body_of(walker, node, node.name)
    walker.resolver.bind(node.name, "function")
    walker.resolver.bind_function(names)


def define_class(walker: Walker, node: ast.ClassDef) -> None:
    """`class`: its body runs now; what its methods read is read when it is called, or later."""
    resolver = walker.resolver
    for decorator in node.decorator_list:
        called(walker, decorator)
    with _type_parameters(walker, node):
        for base in (*node.bases, *(keyword.value for keyword in node.keywords)):
            walker.expression(base)
        outer = resolver.scope
        scope = resolver.scope = ClassScope(outer)
        walker.block(node.body)
        resolver.scope = outer
    reads: dict[str, BodyRead] = {}
    for method in scope.functions.values():
        runs = method.name in _RUN_BY_CALL
        for use in method.uses:
            add_read(reads, replace(use, certain=use.certain and runs, called=use.called and runs))
    resolver.bind(node.name, "class")
    assigned = {name for method in scope.functions.values() for name in method.assigned_globals}
    mutated = {name for method in scope.functions.values() for name in method.mutated_globals}
    draws = {numbers for method in scope.functions.values() for numbers in method.draws}
    resolver.bind_function(
        FunctionEffects(
            node.name,
            tuple(reads.values()),
            tuple(sorted(assigned)),
            tuple(sorted(mutated)),
            draws=frozenset(draws),
        )
    )


def kept_lambda(walker: Walker, node: ast.Lambda) -> None:
    """A lambda that is kept somewhere: whether anybody calls it is not known."""
    with walker.maybe():
        _call_lambda(walker, node)


def named_lambda(walker: Walker, node: ast.Lambda, names: Iterable[str]) -> None:
    """`f = lambda: x` is a function of that name."""
    _signature(walker, node.args)
    for name in names:
        body = _body_of(walker, node, name)
        walker.resolver.bind(name, "assignment")
        walker.resolver.bind_function(body)


def called(walker: Walker, node: ast.expr, kept: bool = False) -> None:
    """Something that is called, or passed on to what may call it; `kept` when what the call gives
    is kept or dropped as it is.
    """
    if isinstance(node, ast.Name):
        walker.resolver.read(node.id, walker.line_of(node), called=True, kept=kept)
    elif isinstance(node, ast.Lambda):
        _call_lambda(walker, node)
    else:
        walker.expression(node)


def _call_lambda(walker: Walker, node: ast.Lambda) -> None:
    resolver = walker.resolver
    _signature(walker, node.args)
    for use in _body_of(walker, node, "lambda").uses:
        certain = resolver.certain
        resolver.certain = certain and use.certain
        resolver.read(use.name, walker.line_of(node), use.called, by_lambda=True)
        resolver.certain = certain


def _signature(walker: Walker, arguments: ast.arguments) -> None:
    """Defaults and annotations are evaluated where the function is defined."""
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            walker.expression(default)
    for argument in _all_arguments(arguments):
        if argument.annotation is not None:
            walker.annotation(argument.annotation)


def _body_of(
    walker: Walker, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str
) -> FunctionEffects:
    """Walk a body that runs when it is called."""
    resolver = walker.resolver
    outer = resolver.scope
    outer_guards = resolver.guarded, resolver.import_guarded
    outer_path = walker.ended, walker.may_return, walker.loop
    scope = resolver.scope = FunctionScope(outer, name)
    scope.parameters = tuple(argument.arg for argument in _all_arguments(node.args))
    scope.local_names.update(scope.parameters)
    walker.ended, walker.may_return, walker.loop = False, False, None
    with resolver.branch():
        resolver.certain, resolver.guarded, resolver.import_guarded = True, False, False
        if isinstance(node, ast.Lambda):
            walker.expression(node.body)
        else:
            walker.block(node.body)
    resolver.scope = outer
    resolver.guarded, resolver.import_guarded = outer_guards
    walker.ended, walker.may_return, walker.loop = outer_path
    return FunctionEffects(
        name,
        tuple(scope.free_reads()),
        tuple(sorted(scope.assigned_globals)),
        tuple(sorted(scope.free_mutations())),
        scope.mutated_parameters(len(node.args.posonlyargs) + len(node.args.args)),
        scope.is_lazy or isinstance(node, ast.AsyncFunctionDef),
        frozenset(scope.all_draws()),
    )


@contextmanager
def _type_parameters(walker: Walker, node: ast.stmt) -> Iterator[None]:
    """`def f[T](…)`: the parameters are seen in the signature and the body only."""
    parameters = getattr(node, "type_params", [])
    if not parameters:
        yield
        return
    outer = walker.resolver.scope
    walker.resolver.scope = ComprehensionScope(outer, {p.name for p in parameters})
    yield
    walker.resolver.scope = outer


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


FUNCTION_RULES: dict[type[ast.AST], Rule] = {
    ast.FunctionDef: define_function,
    ast.AsyncFunctionDef: define_function,
    ast.ClassDef: define_class,
    ast.Lambda: kept_lambda,
}
