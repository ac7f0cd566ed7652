"""What does the text of a module say about its names, without running it?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_statements
from jupyter_namespace_viz.core.syntax.name_sources import (
    ComputedCode,
    StarImport,
    StoredNames,
)
from jupyter_namespace_viz.core.syntax.parser import tree_of
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text
from jupyter_namespace_viz.core.syntax.transformer import without_warnings
from jupyter_namespace_viz.core.syntax.work import TooMuchWork, tokens_in
from jupyter_namespace_viz.environment import regular_files
from jupyter_namespace_viz.environment.module_code.module_getattr import certainly_refuses
from jupyter_namespace_viz.environment.module_code.unseen_bindings import (
    ANY_NAME,
    UnseenNames,
    may_bind_unseen,
    unseen_names,
)
from jupyter_namespace_viz.environment.version_tests import Target, running_statements

MAX_MODULE_BYTES = 2_000_000
"""Larger sources are not read."""


@dataclass(frozen=True)
class ModuleText:
    """The text of the module `name`, read as an import of it in a given Python would run it.

    `body` are its statements. `error` is what is wrong with text that is not Python; then it has no
    statements.
    """

    text: str
    name: str
    body: tuple[ast.stmt, ...] = ()
    error: SyntaxError | None = None

    @cached_property
    def names(self) -> CellNames:
        """What its statements bind and need."""
        try:
            return read_statements(self.body)
        except RecursionError:
            return CellNames(name_sources=(StoredNames(),))  # any name

    @cached_property
    def plainly_bound(self) -> frozenset[str]:
        """Names that its statements bind, apart from star imports: fewer than in `names`, and found
        at once."""
        return frozenset(_plainly_bound(self.body))

    @cached_property
    def unseen(self) -> UnseenNames:
        """The names that it may bind though its statements do not show it."""
        sources = self.names.name_sources
        if not all(isinstance(it, (StarImport, ComputedCode)) for it in sources):
            return ANY_NAME
        if not may_bind_unseen(self.text, self.name):
            return UnseenNames()
        return unseen_names(self.body, self.name)

    def refuses(self, name: str) -> bool:
        """Whether its `__getattr__`, if it has any, certainly raises for a name that it does not
        bind."""
        return "__getattr__" not in self.text or certainly_refuses(self.body, name)


def module_text(file: Path, name: str, target: Target) -> ModuleText | None:
    """The text of the module; None where it cannot be read."""
    text = text_of(file)
    return None if text is None else read_text(text, name, target)


def read_text(text: str, name: str, target: Target) -> ModuleText | None:
    """The same for a text; None where it cannot be parsed for other reasons than its grammar."""
    return _read_text(text, name, target)[0]


def _size_of(read: tuple[ModuleText | None]) -> int:
    """About how many bytes the tree takes, and the names."""
    return 0 if read[0] is None else 35 * len(read[0].text)


@cached_by_text(_size_of)
def _read_text(text: str, name: str, target: Target) -> tuple[ModuleText | None]:
    try:
        tokens_in(text)
        with without_warnings():
            tree = tree_of(text)
        return (ModuleText(text, name, tuple(running_statements(tree.body, target, name))),)
    except SyntaxError as error:
        return (ModuleText(text, name, error=error),)
    except (ValueError, RecursionError, MemoryError, TooMuchWork):
        return (None,)


def text_of(file: Path) -> str | None:
    """The text of a file; None where it cannot be read."""
    try:
        return regular_files.text_of(file, MAX_MODULE_BYTES)
    except (OSError, ValueError):
        return None


def _plainly_bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    deletes = False
    found: list[str] = []
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(node.name)
        elif isinstance(node, ast.Import):
            found += [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        else:
            deletes |= any(isinstance(it, ast.Delete) for it in ast.walk(node))
    return iter(() if deletes else found)


def starred_modules(body: Iterable[ast.stmt], package: str) -> Iterator[str]:
    """The full names of the modules that these statements star-import."""
    for node in _run_at_once(body):
        if isinstance(node, ast.ImportFrom) and any(it.name == "*" for it in node.names):
            yield absolute_module("." * node.level + (node.module or ""), package)


def imported_modules(body: tuple[ast.stmt, ...], package: str) -> Iterator[str]:
    """The full names of the modules that these statements import when they run, and of what may be
    modules: `a.b` for `from a import b`."""
    for node in _run_at_once(body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_module("." * node.level + (node.module or ""), package)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")


def _run_at_once(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that run when the module is imported, those in functions left out."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.expr)):
            pending += [
                it
                for it in ast.iter_child_nodes(node)
                if not isinstance(it, (ast.expr, ast.arguments))
            ]


def absolute_module(module: str, package: str) -> str:
    """The full name of a module that is imported inside a package, `..a` or `b`."""
    level = len(module) - len(module.lstrip("."))
    if level == 0:
        return module
    parts = package.split(".")
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, *([module[level:]] if module[level:] else [])])
