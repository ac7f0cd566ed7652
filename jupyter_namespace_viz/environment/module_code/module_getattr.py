"""Does the `__getattr__` of a module certainly refuse a name?

def __getattr__(name):
    if name in _submodules: return import_module(…)      may give the names in that list
    if name == "old": raise ImportError(…)               never gives this one
    raise AttributeError(name)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from jupyter_namespace_viz.environment.module_code.constant_texts import constants_of, items_of

_End = Literal["raises", "goes on", "unknown"]

_NOT_FOLLOWED = (ast.Return, ast.For, ast.While, ast.Match, ast.With)
_GIVING_PROPERTIES = "caching_module_getattr"
"""A decorator of matplotlib: the properties of the class are what the module gives."""


def certainly_refuses(read: Sequence[ast.stmt], name: str) -> bool:
    """Whether a module with these statements, which does not bind the name, does not give it
    either."""
    found = [it for it in _at_module_level(read) if _binds_getattr(it)]
    if not found:
        return True
    constants = constants_of(read)
    return all(_refuses(it, name, constants) for it in found)


def _at_module_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = [it for it in ast.iter_child_nodes(node) if isinstance(it, ast.stmt)]
            parts = [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]
            yield from _at_module_level([*inner, *(it for part in parts for it in part.body)])


def _binds_getattr(node: ast.stmt) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name == "__getattr__"
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return any("__getattr__" in (it.asname, it.name) for it in node.names)
    targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
    parts = [part for target in targets if target is not None for part in ast.walk(target)]
    return any(isinstance(it, ast.Name) and it.id == "__getattr__" for it in parts)


def _refuses(node: ast.stmt, name: str, constants: Mapping[str, ast.expr]) -> bool:
    match node:
        case ast.FunctionDef(args=ast.arguments(args=[parameter]), decorator_list=[]):
            call = _Call(parameter.arg, name, constants)
            return call.is_plain(node) and call.end_of(node.body) == "raises"
        case ast.ClassDef(decorator_list=[ast.Attribute(attr=decorator)], bases=[]):
            bound = [it.name for it in node.body if isinstance(it, ast.FunctionDef)]
            targets = [it for part in node.body for it in getattr(part, "targets", ())]
            bound += [it.id for it in targets if isinstance(it, ast.Name)]
            is_plain = len(bound) == len(node.body)  # one each
            return decorator == _GIVING_PROPERTIES and is_plain and name not in bound
    return False


class _Call:
    def __init__(self, parameter: str, name: str, constants: Mapping[str, ast.expr]) -> None:
        self.parameter = parameter
        self.name = name
        self.constants = constants

    def is_plain(self, function: ast.FunctionDef) -> bool:
        """Whether the function is no generator, and does not change its parameter."""
        return not any(
            isinstance(it, (ast.Yield, ast.YieldFrom))
            or (isinstance(it, ast.Name) and it.id == self.parameter and _is_stored(it))
            for it in ast.walk(function)
        )

    def end_of(self, body: Sequence[ast.stmt]) -> _End:
        """How the statements end: "goes on" where some path may do so, and no other returns."""
        for node in body:
            end: _End = "goes on"
            if isinstance(node, ast.Raise) or self._is_lookup(node):
                return "raises"
            if isinstance(node, ast.If):
                end = self._end_of_if(node)
            elif isinstance(node, ast.Try):
                end = self._end_of_try(node)
            elif isinstance(node, _NOT_FOLLOWED):
                end = "unknown"
            if end != "goes on":
                return end
        return "goes on"

    def _end_of_if(self, node: ast.If) -> _End:
        truth = self._truth(node.test)
        if truth is not None:
            return self.end_of(node.body if truth else node.orelse)
        return _one_of(self.end_of(node.body), self.end_of(node.orelse))

    def _end_of_try(self, node: ast.Try) -> _End:
        handlers = [self.end_of(handler.body) for handler in node.handlers]
        ends = _one_of(self.end_of([*node.body, *node.orelse]), *handlers)
        after = self.end_of(node.finalbody)
        return ends if after == "goes on" else after

    def _is_lookup(self, node: ast.stmt) -> bool:
        """`return globals()[name]`: the module has no such name."""
        match node:
            case ast.Return(
                value=ast.Subscript(
                    value=ast.Call(func=ast.Name(id="globals")), slice=ast.Name(id=key)
                )
            ):
                return key == self.parameter
        return False

    def _truth(self, test: ast.expr) -> bool | None:
        match test:
            case ast.Compare(left=ast.Name(id=left), ops=[op], comparators=[right]):
                if left != self.parameter:
                    return None
                if isinstance(op, (ast.Eq, ast.NotEq)) and isinstance(right, ast.Constant):
                    return (right.value == self.name) == isinstance(op, ast.Eq)
                if (
                    isinstance(op, (ast.In, ast.NotIn))
                    and (items := items_of(right, self.constants)) is not None
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


def _is_stored(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _one_of(*ends: _End) -> _End:
    """How one of several paths ends."""
    if "unknown" in ends:
        return "unknown"
    return "raises" if set(ends) == {"raises"} else "goes on"
