"""What do assignments, imports and deletions do to names?"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.bindings import (
    ImportStatement,
    from_module,
    import_statements,
    star_statement,
)
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Known, Origin
from jupyter_namespace_viz.core.analysis.mutations import name_of_object
from jupyter_namespace_viz.core.analysis.rules.conditions import reads_environment
from jupyter_namespace_viz.core.analysis.rules.constant_values import (
    UNKNOWN_VALUE,
    constant_value,
)
from jupyter_namespace_viz.core.analysis.rules.containers.parts import parts_of, walk_item
from jupyter_namespace_viz.core.analysis.rules.errors import remember_errors
from jupyter_namespace_viz.core.analysis.rules.functions import walk_named_lambda
from jupyter_namespace_viz.core.analysis.rules.namespaces import (
    alias_of,
    alias_of_import,
    is_namespace,
    remember_alias,
)
from jupyter_namespace_viz.core.analysis.rules.text_arguments.dynamic_names import (
    bind_global_names,
    keys_of,
    walk_dynamic_deletion,
    walk_dynamic_target,
)
from jupyter_namespace_viz.core.analysis.rules.truth import known_truth, value_at
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    FunctionScope,
    mangled,
)
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker
from jupyter_namespace_viz.core.syntax.dialect import Alias
from jupyter_namespace_viz.core.syntax.name_sources import StarImport

_NAMES = frozenset({ast.Attribute, ast.Call, ast.Name, ast.Subscript})
_TESTS = frozenset({ast.BoolOp, ast.Compare, ast.IfExp, ast.UnaryOp})


def walk_assignment(walker: Walker, node: ast.Assign) -> None:
    """`a = b = c`: the value first, then the targets from left to right."""
    names = [target.id for target in node.targets if type(target) is ast.Name]
    kind = type(node.value)
    if kind is ast.Lambda and len(names) == len(node.targets):
        walk_named_lambda(walker, node.value, names)  # type: ignore[arg-type]
        return
    if not names and _is_unpacked(node):
        _walk_unpacked(walker, node)
        return
    value = walker.resolver.value_of(walker.expression(node.value))
    alias = None if kind is ast.Constant else _alias_of_value(walker, node.value)
    if kind is ast.Name or kind is ast.Attribute:
        _note_aliases(walker, node.value, node.targets)
    for target in node.targets:
        walker.target(target, "assignment", value)
        if type(target) is ast.Name:
            walker.resolver.bind_value(target.id, value)
            continue
        if isinstance(target, ast.Attribute):
            _bind_member(walker, target, value)
        if isinstance(target, (ast.Tuple, ast.List)):
            walker.take(value, "*", walker.line_of(node))
            for name, part in parts_of(target, value).items():
                walker.resolver.bind_value(name, walker.resolver.value_of(part))
        walk_dynamic_target(walker, target)
    if names:
        remember_alias(walker, names, alias)
        remember_errors(walker, names, node.value)
    if names and walker.resolver.scope is walker.resolver.valued:
        _remember_value(walker, names, node.value)


def _bind_member(walker: Walker, target: ast.Attribute, value: Origin) -> None:
    """`a.b = c`: a method of a class may be replaced."""
    resolver = walker.resolver
    if isinstance(target.value, ast.Name) and resolver.scope is resolver.cell:
        known = value if resolver.certain else None
        resolver.record.steps.bind_member(target.value.id, target.attr, known)


def _remember_value(walker: Walker, names: Sequence[str], value: ast.expr) -> None:
    """The code has just bound the names to a value, which may be known: a literal, a test that is
    always true, an empty list."""
    if isinstance(value, ast.Constant):
        walker.resolver.remember_constant(names, value.value)
    elif isinstance(value, (ast.Compare, ast.UnaryOp)):
        truth = known_truth(walker, value)
        if truth is not None:
            walker.resolver.remember_constant(names, truth)
    elif isinstance(value, (ast.List, ast.Dict, ast.Tuple)):
        known = constant_value(value)
        if known is not UNKNOWN_VALUE:
            walker.resolver.remember_constant(names[:1], known)


def _is_unpacked(node: ast.Assign) -> bool:
    """Whether it is `a, b = c, d`."""
    target, value = node.targets[0], node.value
    return (
        len(node.targets) == 1
        and isinstance(target, (ast.Tuple, ast.List))
        and isinstance(value, (ast.Tuple, ast.List))
        and len(target.elts) == len(value.elts)
        and not any(isinstance(it, ast.Starred) for it in (*target.elts, *value.elts))
    )


def _walk_unpacked(walker: Walker, node: ast.Assign) -> None:
    """`a, b = c, d`: all values first, then the targets."""
    targets, parts = node.targets[0].elts, node.value.elts  # type: ignore[attr-defined]
    values = [walker.resolver.value_of(walker.expression(part)) for part in parts]
    for target, value in zip(targets, values, strict=True):
        walker.target(target, "assignment", value)
        if isinstance(target, ast.Name):
            walker.resolver.bind_value(target.id, value)
        else:
            walk_dynamic_target(walker, target)


def _alias_of_value(walker: Walker, value: ast.expr) -> Alias | None:
    if type(value) in _TESTS:
        return "environment" if reads_environment(walker, value) else None
    return alias_of(walker, value) if type(value) in _NAMES else None


def _note_aliases(walker: Walker, value: ast.expr, targets: list[ast.expr]) -> None:
    """`a = b` gives one object two names; after `a = b.c` and `b.c = a` it is a part of another."""
    source = name_of_object(value)
    if source is None or walker.resolver.scope is not walker.resolver.cell:
        return
    for target in targets:
        name = name_of_object(target)
        if name is None or name == source:
            continue
        if isinstance(target, ast.Name):
            walker.record.aliases.add((name, source))
        if isinstance(value, ast.Name):
            walker.record.aliases.add((source, name))


def walk_annotated_assignment(walker: Walker, node: ast.AnnAssign) -> None:
    """`a: T = b`; without a value it binds nothing."""
    scope = walker.resolver.binding_scope()
    value: Origin = None
    if isinstance(scope, ClassScope) and isinstance(node.target, ast.Name):
        scope.fields.append(node.target.id)
    if node.value is not None:
        value = walker.resolver.value_of(walker.expression(node.value))
    if node.value is not None or not isinstance(node.target, ast.Name):
        walker.target(node.target, "assignment", value)
        if isinstance(node.target, ast.Name):
            walker.resolver.bind_value(node.target.id, value)
    elif isinstance(scope, FunctionScope):
        scope.local_names.add(mangled(node.target.id, walker.resolver.scope))
    # The annotation is evaluated last; annotations of local variables never are.
    if not isinstance(scope, FunctionScope):
        walker.annotation(node.annotation)


def walk_augmented_assignment(walker: Walker, node: ast.AugAssign) -> None:
    """`a += b` reads `a` first."""
    changed = value_at(walker, ast.BinOp(node.target, node.op, node.value))
    if isinstance(node.target, ast.Name):
        walker.resolver.read(node.target.id, walker.line_of(node))
        walker.take(node.target.id, "__iadd__", walker.line_of(node))
    elif isinstance(node.target, ast.Subscript):
        of, key = walk_item(walker, node.target)
        given = ((0, UNKNOWN if key is None else key),)
        walker.take(of, "__getitem__", walker.line_of(node), given)
    walker.expression(node.value)
    walker.target(node.target, "assignment")
    walk_dynamic_target(walker, node.target)
    if isinstance(node.op, ast.BitOr) and is_namespace(walker, node.target):
        bind_global_names(walker, keys_of(node.value))
    walker.mutate(node.target)  # `rows += [1]` mutates the list and binds it again
    if changed is not UNKNOWN_VALUE and isinstance(node.target, ast.Name):
        walker.resolver.remember_constant([node.target.id], changed)


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
        if isinstance(walker.resolver.binding_scope(), CellScope):
            walker.record.read_to_delete(target.id)
        walker.resolver.unbind(target.id)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            _walk_delete_target(walker, element)
    else:
        walker.expressions(target)
        walker.mutate(target)
        walk_dynamic_deletion(walker, target)


def walk_import(walker: Walker, node: ast.Import | ast.ImportFrom) -> None:
    """`import a.b as c`, `from a import b`, `from a import *`"""
    resolver, line = walker.resolver, walker.line_of(node)
    statements = import_statements(node)
    walker.imported += len(statements)
    walker.work.spend(walker.imported // 3)  # each is compared with those before
    if isinstance(node, ast.ImportFrom):
        module = from_module(node)
        if module == "__future__":
            walker.doubt(node)
            walker.annotations_run &= all(a.name != "annotations" for a in node.names)
        if module == "__main__":  # the notebook itself: a missing name raises ImportError
            for one in statements:
                resolver.read_interpolated(one.code.split()[3], line)
        else:
            if any(alias.name == "*" for alias in node.names):
                if resolver.scope is not resolver.cell:
                    walker.doubt(node)
                walker.record.name_sources.add(StarImport(module))
            names = [alias.name for alias in node.names if alias.name != "*"]
            bound = statements or [star_statement(module)]
            resolver.import_module(module, line, bound, names if module != "__future__" else [])
            walker.record.order += not statements  # a star import binds names, too
    else:
        for one in statements:
            if one.module != "__main__":
                resolver.import_module(one.module, line, [one])
            _bind_import(walker, one)
        return
    for one in statements:
        _bind_import(walker, one)


def _bind_import(walker: Walker, one: ImportStatement) -> None:
    walker.resolver.bind(one.name, "import", [one])
    walker.resolver.bind_value(one.name, _imported_value(one))
    remember_alias(walker, [one.name], alias_of_import(one.bound_module))


def _imported_value(statement: ImportStatement) -> Origin:
    """What an import statement binds its name to; None for a module of the notebook's folder."""
    if statement.bound_module is not None:
        return Known(statement.bound_module)
    if statement.module.startswith("."):
        return None
    imported = statement.code.partition(" import ")[2].partition(" as ")[0]
    return Known(f"{statement.module}.{imported}")


def walk_global(walker: Walker, node: ast.Global) -> None:
    """`global a` in a function or class."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, (FunctionScope, ClassScope)):
        scope.global_names.update(mangled(it, walker.resolver.scope) for it in node.names)


def walk_nonlocal(walker: Walker, node: ast.Nonlocal) -> None:
    """`nonlocal a` in a nested function."""
    scope = walker.resolver.binding_scope()
    if isinstance(scope, FunctionScope):
        scope.outer_names.update(mangled(it, walker.resolver.scope) for it in node.names)


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
