"""Which texts does an expression of a module hold, as far as the module's text shows it?

NAMES = ("a", "b")         a and b
OLD = {"x": "y"}.items()   x and y
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence

_READS = frozenset({"copy", "get", "index", "items", "keys", "values"})
_COLLECTIONS = frozenset({"dict", "frozenset", "list", "reversed", "set", "sorted", "tuple", "zip"})


def constants_of(body: Iterable[ast.stmt]) -> Mapping[str, ast.expr]:
    """The values of names that the module binds once, and does not change."""
    found: dict[str, ast.expr] = {}
    stores: list[str] = []
    for node in (part for statement in body for part in ast.walk(statement)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            stores.append(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            stores += [node.value.id] * (2 * (node.attr not in _READS))
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            stores += [node.value.id] * (2 * (not isinstance(node.ctx, ast.Load)))
    return {name: value for name, value in found.items() if stores.count(name) == 1}


def items_of(node: ast.expr, constants: Mapping[str, ast.expr]) -> set[object] | None:
    """The items of a literal collection, or the keys of a dict; None where some are not
    literals."""
    if isinstance(node, ast.Name) and node.id in constants:
        return items_of(constants[node.id], constants)
    if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
        is_copy = node.func.id in _COLLECTIONS - {"zip"} and not node.keywords
        return items_of(node.args[0], constants) if is_copy else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.BitOr)):
        left, right = items_of(node.left, constants), items_of(node.right, constants)
        return None if left is None or right is None else left | right
    keys: Sequence[ast.expr | None] | None = None
    if isinstance(node, ast.Dict):
        keys = node.keys
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        keys = node.elts
    if keys is None or not all(isinstance(key, ast.Constant) for key in keys):
        return None
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def texts_in(node: ast.expr, constants: Mapping[str, ast.expr]) -> frozenset[str] | None:
    """The texts that a loop over the collection may give, those in its items included; None where
    it may give others."""
    match node:
        case ast.Name(id=name) if name in constants:
            return texts_in(constants[name], _without(constants, name))
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return _joined(_texts_of(part, constants) for part in parts)
        case ast.Dict(keys=keys):
            return _joined(None if key is None else _texts_of(key, constants) for key in keys)
        case ast.BinOp(left=left, op=ast.Add() | ast.BitOr(), right=right):
            return _joined(texts_in(part, constants) for part in (left, right))
        case ast.Call(func=ast.Name(id=kind), args=parts, keywords=[]) if kind in _COLLECTIONS:
            return _joined(texts_in(part, constants) for part in parts)
        case ast.Call(func=ast.Attribute(value=inner, attr="items" | "values" as part), args=[]):
            values = _values_of(inner, constants)
            texts = [] if part == "values" else [texts_in(inner, constants)]
            return None if values is None else _joined([*values, *texts])
        case ast.Call(func=ast.Attribute(value=inner, attr="keys"), args=[]):
            return texts_in(inner, constants)
    return None


def _texts_of(item: ast.expr, constants: Mapping[str, ast.expr]) -> frozenset[str] | None:
    """The texts in an item of a collection."""
    if isinstance(item, ast.Constant):
        return frozenset({item.value} if isinstance(item.value, str) else ())
    if isinstance(item, ast.Name) and isinstance(constants.get(item.id), ast.Constant):
        return _texts_of(constants[item.id], constants)
    return texts_in(item, constants)


def _values_of(
    node: ast.expr, constants: Mapping[str, ast.expr]
) -> list[frozenset[str] | None] | None:
    """The texts in each value of a dict."""
    if isinstance(node, ast.Name) and node.id in constants:
        return _values_of(constants[node.id], _without(constants, node.id))
    if not isinstance(node, ast.Dict):
        return None
    return [_texts_of(value, constants) for value in node.values]


def _without(constants: Mapping[str, ast.expr], name: str) -> Mapping[str, ast.expr]:
    return {other: value for other, value in constants.items() if other != name}


def _joined(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    texts: set[str] = set()
    for one in found:
        if one is None:
            return None
        texts |= one
    return frozenset(texts)
