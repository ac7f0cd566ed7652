"""What do functions and classes do to names, when they are defined and when they are called?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.function_effects import BodyRead, FunctionEffects, add_read
from jupyter_namespace_viz.core.analysis.scopes import (
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    mangled,
)
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

# What a class body finds bound when it begins.
_NAMES_OF_CLASSES = ("__annotations__", "__firstlineno__", "__module__", "__qualname__")
# Methods that run when their class is called. Others may never be called.
_RUN_BY_CALL = frozenset({"__init__", "__new__", "__post_init__"})


def walk_function(walker: Walker, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """`def`: decorators, defaults and annotations run now, the body when it is called."""
    for decorator in node.decorator_list:
        walk_called(walker, decorator)
    _walk_defaults(walker, node.args)
    with _type_parameters(walker, node):
        _walk_annotations(walker, node.args)
        if node.returns is not None:
            walker.annotation(node.returns)
        names = _walk_body(walker, node, node.name)
    if node.decorator_list:
        walker.resolver.constants.clear()  # a decorator may call the function
    walker.resolver.bind(node.name, "function")
    walker.resolver.bind_function(names)


def walk_class(walker: Walker, node: ast.ClassDef) -> None:
    """`class`: the body runs now. A call of the class runs some methods; others may run later."""
    resolver = walker.resolver
    for decorator in node.decorator_list:
        walk_called(walker, decorator)
    with _type_parameters(walker, node):
        if len(node.keywords) > 1:
            walker.doubt(node)
        for base in (*node.bases, *(keyword.value for keyword in node.keywords)):
            walker.expression(base)
        outer = resolver.scope
        scope = resolver.scope = ClassScope(outer, node.name)
        for name in _NAMES_OF_CLASSES:
            scope.flow.bind(name)
        walker.block(node.body)
        resolver.scope = outer
    reads: dict[str, BodyRead] = {}
    for method in scope.functions.values():
        runs = method.name in _RUN_BY_CALL
        for use in method.uses:
            add_read(reads, replace(use, certain=use.certain and runs, called=use.called and runs))
    if node.decorator_list:
        resolver.constants.clear()
    resolver.bind(node.name, "class")
    if any(map(_binds_members, node.decorator_list)):
        for name in scope.flow.names():
            if not name.startswith("_") and name not in scope.functions:
                resolver.bind_global(name, "assignment")
    assigned = {name for method in scope.functions.values() for name in method.assigned_globals}
    mutated = {name for method in scope.functions.values() for name in method.mutated_globals}
    draws = {numbers for method in scope.functions.values() for numbers in method.draws}
    runs_at_call = (it for it in scope.functions.values() if it.name in _RUN_BY_CALL)
    imports = tuple(one for method in runs_at_call for one in method.imports)
    resolver.bind_function(
        FunctionEffects(
            node.name,
            tuple(reads.values()),
            tuple(sorted(assigned)),
            tuple(sorted(mutated)),
            draws=frozenset(draws),
            imports=imports,
        )
    )


def _binds_members(decorator: ast.expr) -> bool:
    """Whether the decorator binds the members of an enumeration in the module."""
    name = decorator.attr if isinstance(decorator, ast.Attribute) else None
    name = decorator.id if isinstance(decorator, ast.Name) else name
    return name == "global_enum"


def walk_lambda(walker: Walker, node: ast.Lambda) -> None:
    """A lambda whose caller is not known: its body may never run."""
    with walker.conditional_code():
        _walk_called_lambda(walker, node)


def walk_named_lambda(walker: Walker, node: ast.Lambda, names: Iterable[str]) -> None:
    """`f = lambda: x` defines a function of that name."""
    _walk_defaults(walker, node.args)
    for name in names:
        body = _walk_body(walker, node, name)
        walker.resolver.bind(name, "assignment")
        walker.resolver.bind_function(body)


def walk_called(walker: Walker, node: ast.expr, unconsumed: bool = False) -> None:
    """An expression that is called here, or passed to a call that may call it.

    `unconsumed` is True where the result of the call is only stored or discarded.
    """
    if isinstance(node, ast.Name):
        walker.resolver.read(node.id, walker.line_of(node), called=True, unconsumed=unconsumed)
    elif isinstance(node, ast.Lambda):
        _walk_called_lambda(walker, node)
    else:
        walker.expression(node)


def _walk_called_lambda(walker: Walker, node: ast.Lambda) -> None:
    resolver = walker.resolver
    _walk_defaults(walker, node.args)
    for use in _walk_body(walker, node, "lambda").uses:
        certain = resolver.certain
        resolver.certain = certain and use.certain
        resolver.read(use.name, walker.line_of(node), use.called, in_lambda=True)
        resolver.certain = certain


def _walk_defaults(walker: Walker, arguments: ast.arguments) -> None:
    """Defaults are evaluated where the function is defined, and do not see its type parameters."""
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            walker.expression(default)


def _walk_annotations(walker: Walker, arguments: ast.arguments) -> None:
    """Annotations are evaluated where the function is defined."""
    for argument in _all_arguments(arguments):
        if argument.annotation is not None:
            walker.annotation(argument.annotation)


def _walk_body(
    walker: Walker, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str
) -> FunctionEffects:
    """Walk the body of a function; returns what a call of the function does."""
    resolver = walker.resolver
    outer = resolver.scope
    outer_guards = resolver.guarded, resolver.import_guarded
    outer_path = walker.is_unreachable, walker.may_have_returned, walker.loop
    scope = resolver.scope = FunctionScope(outer, name)
    scope.parameters = tuple(mangled(it.arg, resolver.scope) for it in _all_arguments(node.args))
    for parameter in scope.parameters:
        scope.bind(parameter)
    if len(set(scope.parameters)) < len(scope.parameters):
        walker.doubt(node)
    walker.is_unreachable, walker.may_have_returned, walker.loop = False, False, None
    with resolver.branch():
        resolver.certain, resolver.guarded, resolver.import_guarded = True, False, False
        if isinstance(node, ast.Lambda):
            walker.expression(node.body)
        else:
            walker.block(node.body)
    resolver.scope = outer
    resolver.guarded, resolver.import_guarded = outer_guards
    walker.is_unreachable, walker.may_have_returned, walker.loop = outer_path
    return FunctionEffects(
        name,
        tuple(scope.free_reads()),
        tuple(sorted(scope.all_assigned_globals())),
        tuple(sorted(scope.free_mutations())),
        scope.mutated_parameters(len(node.args.posonlyargs) + len(node.args.args)),
        scope.is_lazy or isinstance(node, ast.AsyncFunctionDef),
        frozenset(scope.all_draws()),
        tuple(sorted(scope.deleted_globals - scope.assigned_globals)),
        tuple(scope.all_imports()),
    )


@contextmanager
def _type_parameters(walker: Walker, node: ast.stmt) -> Iterator[None]:
    """`def f[T](…)`: the parameters are visible only in the signature and the body."""
    parameters = getattr(node, "type_params", [])
    if not parameters:
        yield
        return
    walker.doubt(node)
    outer = walker.resolver.scope
    walker.resolver.scope = ComprehensionScope(outer, {p.name for p in parameters}, sees_class=True)
    yield
    walker.resolver.scope = outer


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


FUNCTION_RULES: dict[type[ast.AST], Rule] = {
    ast.FunctionDef: walk_function,
    ast.AsyncFunctionDef: walk_function,
    ast.ClassDef: walk_class,
    ast.Lambda: walk_lambda,
}
