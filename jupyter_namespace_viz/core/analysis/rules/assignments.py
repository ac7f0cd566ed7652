"""What do assignments, imports and deletions do to names?"""

from __future__ import annotations

import ast
import sys

from jupyter_namespace_viz.core.analysis.bindings import (
    from_module,
    import_statements,
    star_statement,
)
from jupyter_namespace_viz.core.analysis.rules.conditions import (
    always_fails,
)
from jupyter_namespace_viz.core.analysis.rules.dynamic_names import walk_dynamic_item
from jupyter_namespace_viz.core.analysis.rules.functions import walk_named_lambda
from jupyter_namespace_viz.core.analysis.scopes import ClassScope, FunctionScope
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker
from jupyter_namespace_viz.core.syntax.name_sources import StarImport


def walk_assignment(walker: Walker, node: ast.Assign) -> None:
    """`a = b = c`: the value first, then the targets from left to right."""
    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node.value, ast.Lambda) and len(names) == len(node.targets):
        walk_named_lambda(walker, node.value, names)
        return
    if len(names) == len(node.targets):  # `a, b = f()` consumes the value
        walker.unconsumed = node.value
    walker.expression(node.value)
    walker.is_unreachable |= always_fails(node.value)
    for target in node.targets:
        walker.target(target, "assignment")
        if isinstance(target, ast.Subscript):
            walk_dynamic_item(walker, target)


def walk_annotated_assignment(walker: Walker, node: ast.AnnAssign) -> None:
    """`a: T = b`; without a value it binds nothing."""
    scope = walker.resolver.binding_scope()
    if node.value is not None:
        walker.expression(node.value)
    if node.value is not None or not isinstance(node.target, ast.Name):
        walker.target(node.target, "assignment")
    elif isinstance(scope, FunctionScope):
        scope.local_names.add(node.target.id)
    # The annotation is evaluated last; annotations of local variables never are.
    if not isinstance(scope, FunctionScope):
        walker.annotation(node.annotation)


def walk_augmented_assignment(walker: Walker, node: ast.AugAssign) -> None:
    """`a += b` reads `a` first."""
    if isinstance(node.target, ast.Name):
        walker.resolver.read(node.target.id, walker.line_of(node))
    walker.expression(node.value)
    walker.target(node.target, "assignment")
    walker.mutate(node.target)  # `rows += [1]` mutates the list and binds it again


def walk_type_alias(walker: Walker, node: ast.stmt) -> None:
    """`type Pair[T] = tuple[T, T]`: the value is evaluated lazily, so it is not walked."""
    walker.target(node.name, "type_alias")  # type: ignore[attr-defined]


def walk_delete(walker: Walker, node: ast.Delete) -> None:
    """`del a, b[c]`"""
    for target in node.targets:
        _walk_delete_target(walker, target)


def _walk_delete_target(walker: Walker, target: ast.expr) -> None:
    if isinstance(target, ast.Name):
        walker.resolver.read(target.id, walker.line_of(target))
        walker.resolver.unbind(target.id)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            _walk_delete_target(walker, element)
    else:
        walker.expressions(target)
        walker.mutate(target)


def walk_import(walker: Walker, node: ast.Import | ast.ImportFrom) -> None:
    """`import a.b as c`, `from a import b`, `from a import *`"""
    resolver, line = walker.resolver, walker.line_of(node)
    statements = import_statements(node)
    if isinstance(node, ast.ImportFrom):
        module = from_module(node)
        if module == "__future__":
            walker.annotations_run &= all(a.name != "annotations" for a in node.names)
        if any(alias.name == "*" for alias in node.names):
            walker.record.name_sources.add(StarImport(module))
        names = [alias.name for alias in node.names if alias.name != "*"]
        bound = statements or [star_statement(module)]
        resolver.import_module(module, line, bound, names if module != "__future__" else [])
    else:
        for one in statements:
            resolver.import_module(one.module, line, [one])
    for one in statements:
        resolver.bind(one.name, "import", [one])


def walk_global(walker: Walker, node: ast.Global) -> None:
    """`global a` in a function or class."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, (FunctionScope, ClassScope)):
        scope.global_names.update(node.names)


def walk_nonlocal(walker: Walker, node: ast.Nonlocal) -> None:
    """`nonlocal a` in a nested function."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, FunctionScope):
        scope.outer_names.update(node.names)


ASSIGNMENT_RULES: dict[type[ast.AST], Rule] = {
    ast.Assign: walk_assignment,
    ast.AnnAssign: walk_annotated_assignment,
    ast.AugAssign: walk_augmented_assignment,
    ast.Delete: walk_delete,
    ast.Import: walk_import,
    ast.ImportFrom: walk_import,
    ast.Global: walk_global,
    ast.Nonlocal: walk_nonlocal,
}
if sys.version_info >= (3, 12):
    ASSIGNMENT_RULES[ast.TypeAlias] = walk_type_alias
