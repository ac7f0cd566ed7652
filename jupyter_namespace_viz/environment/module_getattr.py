"""Does the `__getattr__` of a module certainly raise for a name?

def __getattr__(name):
    if name in _submodules: return import_module(…)      may give the names in that list
    if name == "old": raise ImportError(…)               never gives this one
    raise AttributeError(name)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

_READS = frozenset({"copy", "get", "index", "items", "keys", "values"})

_End = Literal["raises", "goes on", "unknown"]


def certainly_raises(function: ast.FunctionDef, name: str, body: Iterable[ast.stmt]) -> bool:
    """Whether a call with the name raises, where the module does not bind the name itself. `body`
    are the module's statements."""
    if len(function.args.args) != 1 or function.decorator_list:
        return False
    call = _Call(function.args.args[0].arg, name, _constants(body))
    return call.end_of(function.body) == "raises"


def _constants(body: Iterable[ast.stmt]) -> Mapping[str, ast.expr]:
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


class _Call:
    def __init__(self, parameter: str, name: str, constants: Mapping[str, ast.expr]) -> None:
        self.parameter = parameter
        self.name = name
        self.constants = constants

    def end_of(self, body: Sequence[ast.stmt]) -> _End:
        """How the statements end."""
        for node in body:
            end: _End = "goes on"
            if isinstance(node, ast.Raise):
                return "raises"
            if isinstance(node, ast.If):
                end = self._end_of_if(node)
            elif isinstance(node, ast.Try):
                end = self._end_of_try(node)
            elif not isinstance(node, (ast.Assign, ast.Expr, ast.Import, ast.ImportFrom, ast.Pass)):
                return "unknown"
            if end != "goes on":
                return end
        return "goes on"

    def _end_of_if(self, node: ast.If) -> _End:
        truth = self._truth(node.test)
        if truth is not None:
            return self.end_of(node.body if truth else node.orelse)
        ends = {self.end_of(node.body), self.end_of(node.orelse)}
        return ends.pop() if len(ends) == 1 else "unknown"

    def _end_of_try(self, node: ast.Try) -> _End:
        """`try: return globals()[name]`, `except KeyError: raise …`"""
        match node.body:
            case [ast.Return(value=ast.Subscript(value=ast.Call(func=ast.Name(id="globals"))))]:
                ends = {self.end_of(handler.body) for handler in node.handlers}
                return "raises" if ends == {"raises"} else "unknown"
        return "unknown"

    def _truth(self, test: ast.expr) -> bool | None:
        match test:
            case ast.Compare(left=ast.Name(id=left), ops=[op], comparators=[right]):
                if left != self.parameter:
                    return None
                if isinstance(op, (ast.Eq, ast.NotEq)) and isinstance(right, ast.Constant):
                    return (right.value == self.name) == isinstance(op, ast.Eq)
                if (
                    isinstance(op, (ast.In, ast.NotIn))
                    and (items := self._items(right)) is not None
                ):
                    return (self.name in items) == isinstance(op, ast.In)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                truth = self._truth(inner)
                return None if truth is None else not truth
            case ast.BoolOp(op=op, values=values):
                truths = {self._truth(value) for value in values}
                decides = isinstance(op, ast.Or)
                if decides in truths:
                    return decides
                return None if None in truths else not decides
        return None

    def _items(self, node: ast.expr) -> set[object] | None:
        """The items of a literal collection, or the keys of a dict; None where some are not
        literals."""
        if isinstance(node, ast.Name) and node.id in self.constants:
            return self._items(self.constants[node.id])
        if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
            return self._items(node.args[0]) if node.func.id in {"set", "frozenset"} else None
        keys: Sequence[ast.expr | None] | None = None
        if isinstance(node, ast.Dict):
            keys = node.keys
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            keys = node.elts
        if keys is None or not all(isinstance(key, ast.Constant) for key in keys):
            return None
        return {key.value for key in keys if isinstance(key, ast.Constant)}
