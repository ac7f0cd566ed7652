"""What do displays hold: `[f, g]`, `(f, g)`, `{"a": f}`?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.calls.contents import MOST_ITEMS
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    DisplayKind,
    Literal,
)
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Origin,
)
from jupyter_namespace_viz.core.analysis.rules.containers.parts import key_of
from jupyter_namespace_viz.core.analysis.walker import Rule, Walker

MOST_LITERALS = 12
"""Longer displays of texts and numbers are data."""


def walk_list(walker: Walker, node: ast.List | ast.Tuple | ast.Set) -> Origin:
    """`[a, b]`, `(a, b)`, `{a, b}`"""
    values: list[Origin] = []
    is_whole, is_set = True, isinstance(node, ast.Set)
    for element in node.elts:
        origin = key_of(walker, element)
        if is_set:
            walker.take(origin, "__hash__", walker.line_of(element))
        is_whole &= not isinstance(element, ast.Starred)
        if is_whole and len(values) < MOST_ITEMS:
            values.append(origin)
    kind: DisplayKind = "tuple" if isinstance(node, ast.Tuple) else "list"
    return _contents(kind, list(enumerate(values)), node.elts, is_whole)


def walk_dict(walker: Walker, node: ast.Dict) -> Origin:
    """`{a: b}`"""
    items: list[tuple[object, Origin]] = []
    is_whole = True
    for key, value in zip(node.keys, node.values, strict=True):
        key_origin = None if key is None else key_of(walker, key)
        origin = walker.expression(value)
        if isinstance(key_origin, Literal):
            items.append((key_origin.value, origin))
        else:
            is_whole = False
            items.clear()  # the key may be one of those before
            if key is not None:
                walker.take(key_origin, "__hash__", walker.line_of(key))
    return _contents("dict", list(dict(items).items()), node.values, is_whole)


def _contents(
    kind: DisplayKind,
    items: Sequence[tuple[object, Origin]],
    parts: Sequence[ast.expr],
    is_whole: bool,
) -> Origin:
    """The contents of a display, None where it is not known to hold anything that runs."""
    if len(parts) > MOST_ITEMS or (parts and all(value is None for _, value in items)):
        return None
    if len(parts) > MOST_LITERALS and all(_is_data(value) for _, value in items):
        return None
    return Contents(kind, tuple(items), is_whole)


def _is_data(value: Origin) -> bool:
    return value is None or isinstance(value, Literal)


DISPLAY_RULES: dict[type[ast.AST], Rule] = {
    ast.List: walk_list,
    ast.Tuple: walk_list,
    ast.Set: walk_list,
    ast.Dict: walk_dict,
}
