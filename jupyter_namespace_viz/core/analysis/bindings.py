"""How can a cell bind a name?"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jupyter_namespace_viz.core.frozen import frozen
from jupyter_namespace_viz.core.vocabulary import DefinitionKind


@frozen
class ImportStatement:
    """One name that an import binds, as a statement of its own.

    `module` is the dotted module that is imported, with leading dots when relative. `bound_module`
    is the module that `name` is bound to, None where the value may be something else (`from m
    import x`). `code` is the statement that binds the name again.

        import os.path as p    name p, module os.path, bound_module os.path
        import a.b             name a, module a.b,     bound_module a
    """

    name: str
    module: str
    bound_module: str | None
    code: str

    @property
    def top_level_module(self) -> str | None:
        """The module that Python imports first; None for a relative import."""
        return self.module.partition(".")[0] or None


@frozen
class Definition:
    """A module-level binding that other cells see after the cell has run.

    `certain` is False where the cell binds the name on some paths only. `imports` are the
    statements of the cell that bind the name where `kind` is `import`. `line` is the first line
    after which the name is bound on every path, None where there is no such line. `order` is the
    place of its first binding, on any path, among the cell's bindings and deletions, from 1; None
    where the text does not show it.
    """

    name: str
    kind: DefinitionKind
    certain: bool
    imports: tuple[ImportStatement, ...] = ()
    line: int | None = None
    order: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class RecordedBinding:
    """The bindings of one name in the cell so far.

    `kind` is that of the last one. `line` is that of the first certain one. `imports` are the
    import statements in their order, as keys. `order` is the same as in `Definition`.
    """

    kind: DefinitionKind
    line: int | None
    order: int
    imports: dict[ImportStatement, None] = field(default_factory=dict)


def import_statements(node: ast.Import | ast.ImportFrom) -> list[ImportStatement]:
    """The names that an import binds, one statement per name; star imports are left out."""
    found = []
    for alias in node.names:
        as_clause = f" as {alias.asname}" if alias.asname else ""
        if isinstance(node, ast.Import):
            top = alias.name.partition(".")[0]
            name, module = alias.asname or top, alias.name
            bound_module: str | None = module if alias.asname else top
            code = f"import {module}{as_clause}"
        elif alias.name == "*":
            continue
        else:
            name, module = alias.asname or alias.name, from_module(node)
            bound_module = None
            code = f"from {module} import {alias.name}{as_clause}"
        found.append(ImportStatement(name, module, bound_module, code))
    return found


def star_statement(module: str) -> ImportStatement:
    """A star import as a statement; its name `*` stands for all names that it binds."""
    return ImportStatement("*", module, None, f"from {module} import *")


def from_module(node: ast.ImportFrom) -> str:
    """The module of a `from` import, with its leading dots."""
    return "." * node.level + (node.module or "")


def pattern_names(pattern: ast.pattern) -> list[str]:
    """The names that a match pattern captures."""
    names = []
    for node in ast.walk(pattern):
        if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.append(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.append(node.rest)
    return names


T = TypeVar("T")


def find_sorted(sorted_by_name: Sequence[T], name: str, name_of: Callable[[T], str]) -> T | None:
    """The one with this name, None where none has it: a cell may bind thousands of names."""
    index = bisect_left(sorted_by_name, name, key=name_of)
    if index == len(sorted_by_name) or name_of(sorted_by_name[index]) != name:
        return None
    return sorted_by_name[index]
