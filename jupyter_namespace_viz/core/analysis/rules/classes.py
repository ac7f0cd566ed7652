"""What do classes do to names, when they are defined and when they are used?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Known, Origin, Step
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    ClassMembers,
    FunctionEffects,
    add_read,
)
from jupyter_namespace_viz.core.analysis.rules.constant_values import constants_of_class
from jupyter_namespace_viz.core.analysis.rules.functions import decorated, type_parameters
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    FunctionScope,
    Scope,
)
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

_NAMES_OF_CLASSES = ("__annotations__", "__firstlineno__", "__module__", "__qualname__")
"""What a class body finds bound when it begins."""


def walk_class(walker: Walker, node: ast.ClassDef) -> None:
    """`class`: the body runs now, methods when they are used."""
    resolver, line = walker.resolver, walker.line_of(node)
    decorators = [walker.expression(decorator) for decorator in node.decorator_list]
    with type_parameters(walker, node):
        if len(node.keywords) > 1:
            walker.doubt(node)
        bases = tuple(walker.expression(base) for base in node.bases)
        is_plain, metaclass = True, None
        for keyword in node.keywords:
            origin = walker.expression(keyword.value)
            if keyword.arg in {"metaclass", None}:
                metaclass = resolver.value_of(origin)
                is_plain = isinstance(resolver.record.steps.value_of(origin), Known)
        outer = resolver.scope
        scope = resolver.scope = ClassScope(outer, node.name)
        for name in _NAMES_OF_CLASSES:
            scope.flow.bind(name)
        walker.block(node.body)
        resolver.scope = outer
    values = {**dict.fromkeys(scope.flow.names()), **scope.values}
    effects = _effects_of_class(
        node,
        scope.functions,
        ClassMembers(
            tuple(values.items()),
            bases,
            is_plain=is_plain,
            metaclass=metaclass,
            fields=tuple(scope.fields),
        ),
    )
    if metaclass is not None:
        resolver.take(Step(metaclass, "()", ((0, UNKNOWN), (1, UNKNOWN), (2, UNKNOWN))), line)
    for base in bases:
        walker.take(base, "__init_subclass__", line)
    value = decorated(walker, effects, decorators, line)
    if node.decorator_list:
        resolver.constants.clear()
    resolver.bind(node.name, "class")
    if any(map(_binds_members, node.decorator_list)):
        functions = {function.name for function in scope.functions}
        for name in scope.flow.names():
            if not name.startswith("_") and name not in functions:
                resolver.bind_global(name, "assignment")
    resolver.bind_function(effects)
    resolver.bind_value(node.name, value)
    constants = constants_of_class(node) if outer is resolver.cell else None
    if constants is not None and constants.values:
        resolver.remember_constant([node.name], constants)


def _effects_of_class(
    node: ast.ClassDef, methods: Sequence[FunctionEffects], members: ClassMembers
) -> FunctionEffects:
    """What the methods of a class do, any of which a call of the class may run."""
    reads: dict[str, BodyRead] = {}
    for method in methods:
        for use in method.uses:
            add_read(reads, use._replace(certain=False, is_nested=True))
    return FunctionEffects(
        node.name,
        tuple(reads.values()),
        tuple(sorted({name for method in methods for name in method.assigned_globals})),
        tuple(sorted({name for method in methods for name in method.mutated_globals})),
        draws=frozenset({numbers for method in methods for numbers in method.draws}),
        owner=f"{node.name}@{node.lineno}:{node.col_offset}",
        members=members,
    )


def super_of(walker: Walker) -> Origin:
    """`super()` in a method."""
    scope: Scope = walker.resolver.scope
    while not isinstance(scope, CellScope):
        if isinstance(scope, FunctionScope) and isinstance(scope.parent, ClassScope):
            if scope.parameters and scope is walker.resolver.scope:
                return Step(scope.parameters[0], f"super {scope.parent.name}")
            return None
        scope = scope.parent
    return None


def _binds_members(decorator: ast.expr) -> bool:
    """Whether the decorator binds the members of an enumeration in the module."""
    name = decorator.attr if isinstance(decorator, ast.Attribute) else None
    name = decorator.id if isinstance(decorator, ast.Name) else name
    return name == "global_enum"


CLASS_RULES: dict[type[ast.AST], Rule] = {ast.ClassDef: walk_class}
