"""Which branches of a module run in a given Python?

if sys.version_info >= (3, 12): …      by its version
if sys.platform == "win32": …          by its platform
if TYPE_CHECKING: …                    never
if __name__ == "__main__": …           not when the module is imported
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jupyter_namespace_viz.core.analysis.rules.truth import COMPARISONS

_FIELDS = {"major": 0, "minor": 1, "micro": 2}


class _NotKnown(Exception):
    """The value depends on more than the Python."""


@dataclass(frozen=True, slots=True)
class Target:
    """The Python for which modules are read: its version, and its `sys.platform`."""

    version: tuple[int, ...] = sys.version_info[:3]
    platform: str = sys.platform

    @property
    def os_name(self) -> str:
        """Its `os.name`."""
        return "nt" if self.platform == "win32" else "posix"

    @property
    def grammar(self) -> tuple[int, int]:
        """The version that its grammar has."""
        return self.version[0], self.version[1]


def running_statements(body: Sequence[ast.stmt], target: Target, name: str = "") -> list[ast.stmt]:
    """The statements of a module of that name, without the branches that do not run. A branch that
    runs for certain stands in place of its `if`."""
    found: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.If):
            truth = _truth(node.test, target, name)
            if truth is None:
                node.body = running_statements(node.body, target, name) or [_nothing_at(node)]
                node.orelse = running_statements(node.orelse, target, name)
                found.append(node)
            else:
                found += running_statements(node.body if truth else node.orelse, target, name)
        else:
            if isinstance(node, ast.Try):
                node.body = running_statements(node.body, target, name) or [_nothing_at(node)]
                for handler in node.handlers:
                    handler.body = running_statements(handler.body, target, name)
                    handler.body = handler.body or [_nothing_at(node)]
                node.orelse = running_statements(node.orelse, target, name)
            found.append(node)
    return found


def _nothing_at(node: ast.stmt) -> ast.Pass:
    return ast.Pass(lineno=node.lineno, col_offset=node.col_offset)


def _truth(test: ast.expr, target: Target, name: str) -> bool | None:
    try:
        return bool(_value(test, target, name))
    except (_NotKnown, TypeError, IndexError, AttributeError):
        return None


def _value(node: ast.expr, target: Target, name: str) -> Any:
    """The value of a test; raises _NotKnown."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return tuple(_value(item, target, name) for item in items)
        case ast.Name(id="__name__"):
            return name
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.Attribute(value=ast.Name(id="sys" | "_sys"), attr="version_info"):
            return target.version
        case ast.Attribute(value=ast.Name(id="sys" | "_sys"), attr="platform"):
            return target.platform
        case ast.Attribute(value=ast.Name(id="os" | "_os"), attr="name"):
            return target.os_name
        case ast.Attribute(value=inner, attr=("major" | "minor" | "micro") as field):
            return _value(inner, target, name)[_FIELDS[field]]
        case ast.Subscript(value=inner, slice=ast.Constant(value=int(index))):
            return _value(inner, target, name)[index]
        case ast.Subscript(value=inner, slice=ast.Slice(lower=None, upper=upper, step=None)):
            end = None if upper is None else _value(upper, target, name)
            return _value(inner, target, name)[:end]
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _value(inner, target, name)
        case ast.BoolOp(op=op, values=values):
            return _combined(isinstance(op, ast.And), values, target, name)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            compare = COMPARISONS[type(op)]
            return compare(_value(left, target, name), _value(right, target, name))
        case ast.Call(func=ast.Attribute(value=inner, attr="startswith"), args=[prefix]):
            return _value(inner, target, name).startswith(_value(prefix, target, name))
    raise _NotKnown


def _combined(is_and: bool, values: Sequence[ast.expr], target: Target, name: str) -> bool:
    """`a and b`, `a or b`: known as soon as one operand decides it."""
    is_known = True
    for value in values:
        truth = _truth(value, target, name)
        if truth is (not is_and):
            return truth
        is_known &= truth is not None
    if not is_known:
        raise _NotKnown
    return is_and
