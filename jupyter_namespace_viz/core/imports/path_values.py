"""Which path does an expression give, as far as its text shows?

Paths are texts. `CWD` stands for the working directory when the code runs.

    "src"                               src
    os.path.abspath("src")              {CWD}/src
    os.path.join(os.getcwd(), "..")     {CWD}/..
    str(Path.cwd().parent / "src")      {CWD}/../src
"""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Mapping
from typing import Literal

CWD = "\0cwd"
"""Begins a path below the working directory; no real path has a null byte."""

_MODULES = frozenset({"os", "path", "pathlib", "osp"})
_SAME = frozenset({"abspath", "realpath", "normpath", "fspath", "absolute", "resolve", "as_posix"})
_ABSOLUTE = frozenset({"abspath", "realpath", "absolute", "resolve"})


def path_value(node: ast.expr, names: Mapping[str, str]) -> str | None:
    """The path or text that the expression gives; `names` has those that names are bound to."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return names.get(name)
        case ast.JoinedStr(values=values):
            return _joined(values, names)
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return path_value(inner, names)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _below(path_value(left, names), path_value(right, names))
        case ast.BinOp(op=ast.Add()):
            return _joined([node.left, node.right], names)
        case ast.Attribute(value=inner, attr="parent"):
            return _parent(path_value(inner, names))
        case ast.Subscript(
            value=ast.Attribute(value=inner, attr="parents"), slice=ast.Constant(value=int(depth))
        ) if 0 <= depth < 20:
            found = path_value(inner, names)
            for _ in range(depth + 1):
                found = _parent(found)
            return found
        case ast.Call():
            return _of_call(node, names)
    return None


def _of_call(node: ast.Call, names: Mapping[str, str]) -> str | None:
    function = node.func
    if isinstance(function, ast.Name):
        name, owner = function.id, None
    elif isinstance(function, ast.Attribute):
        name, owner = function.attr, function.value
    else:
        return None
    if name in {"getcwd", "cwd"} and not node.args:
        return CWD
    values = [path_value(argument, names) for argument in node.args]
    is_method = owner is not None and _last_word(owner) not in _MODULES
    if is_method:
        values.insert(0, path_value(owner, names))  # type: ignore[arg-type]
    if name == "Path" and not values:
        return "."
    if not values or None in values:
        return None
    first, *others = [value for value in values if value is not None]
    if name in _SAME and not others:
        return _below(CWD, first) if name in _ABSOLUTE else first
    if name == "expanduser" and not others:
        return None if first.startswith("~") else first
    if name == "str" and not others:
        return first
    if name == "dirname" and not others:
        return _parent(first) if first.startswith(CWD) else posixpath.dirname(first)
    if name in {"join", "joinpath", "Path"} and (name != "join" or not is_method):
        found: str | None = first
        for other in others:
            found = _below(found, other)
        return found
    return None


def _last_word(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _joined(parts: list[ast.expr], names: Mapping[str, str]) -> str | None:
    values = [path_value(part, names) for part in parts]
    return None if None in values else "".join(value for value in values if value is not None)


def _below(path: str | None, part: str | None) -> str | None:
    if path is None or part is None:
        return None
    is_absolute = part.startswith(("/", CWD)) or part[1:3] in {":/", ":\\"}
    return part if is_absolute else posixpath.join(path, part)


def _parent(path: str | None) -> str | None:
    if path is None:
        return None
    above = posixpath.dirname(path.rstrip("/"))
    if path == CWD or (path.startswith(CWD) and path.rstrip("/").endswith("..")):
        return f"{path}/.."
    return above or "."


def resolved(path: str, folder: str) -> str:
    """The path from where the kernel started, where its working directory is `folder` now.

    >>> resolved("../src", "notebooks")
    'src'
    """
    if path == CWD or path.startswith(f"{CWD}/"):
        path = path.removeprefix(CWD).lstrip("/") or "."
    return posixpath.normpath(posixpath.join(folder, path))


# sys.path


def is_sys(node: ast.AST, attribute: str) -> bool:
    """Whether the node is `sys.path`, or another attribute of `sys`."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == attribute
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
    )


def added_folders(
    target: ast.expr, value: ast.expr
) -> tuple[Literal["before", "after"], ast.expr | None]:
    """The list of folders that an assignment adds to `sys.path`, and where; None where it does
    something else.

        sys.path[:0] = ["a"]    sys.path = ["a"] + sys.path    sys.path = [*sys.path, "a"]
    """
    if isinstance(target, ast.Subscript):
        part = target.slice
        is_first = isinstance(part, ast.Slice) and part.step is None and _is_zero(part.upper)
        is_before = is_first and (part.lower is None or _is_zero(part.lower))  # type: ignore[attr-defined]
        return "before", value if is_before else None
    if not is_sys(target, "path"):
        return "after", None
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        if is_sys(value.right, "path"):
            return "before", value.left
        return "after", value.right if is_sys(value.left, "path") else None
    if isinstance(value, ast.List) and value.elts:
        first, last = value.elts[0], value.elts[-1]
        if isinstance(last, ast.Starred) and is_sys(last.value, "path"):
            return "before", ast.List(value.elts[:-1])
        if isinstance(first, ast.Starred) and is_sys(first.value, "path"):
            return "after", ast.List(value.elts[1:])
    return "after", None


def _is_zero(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0
