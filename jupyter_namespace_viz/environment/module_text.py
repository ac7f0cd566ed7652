"""What does the text of a module say about its names, without running it?"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_statements
from jupyter_namespace_viz.environment.version_tests import Target, running_statements

MAX_MODULE_BYTES = 2_000_000
"""Larger sources are not read."""

_BINDS_UNSEEN = re.compile(
    r"\b(?:setattr|exec|globals|locals|vars|__dict__|_getframe|currentframe|__class__)\b"
    r"|\bmodules\[\s*(?:__name__|[a-z_.]*__name__)\s*\]|\bcaching_module_getattr\b|\blazy"
)
"""Words in a module that may bind names which its statements do not show."""


@dataclass(frozen=True, slots=True)
class ModuleText:
    """The text of one module, read as an import of it in a given Python would run it.

    `body` are its statements, `names` what they bind and need. With `binds_unseen` it may bind
    other names too. `error` is what is wrong with text that is not Python; then it has no
    statements.
    """

    text: str
    body: tuple[ast.stmt, ...] = ()
    names: CellNames = field(default_factory=CellNames)
    error: SyntaxError | None = None

    @property
    def binds_unseen(self) -> bool:
        """Whether it may bind names that its statements do not show."""
        return _BINDS_UNSEEN.search(self.text) is not None

    @property
    def getattr(self) -> ast.FunctionDef | None:
        """The function that is called for names that the module does not have."""
        functions = (it for it in self.body if isinstance(it, ast.FunctionDef))
        return next((it for it in functions if it.name == "__getattr__"), None)


def module_text(file: Path, name: str, target: Target) -> ModuleText | None:
    """The text of the module; None where it cannot be read."""
    text = text_of(file)
    return None if text is None else read_text(text, name, target)


@lru_cache(maxsize=500)
def read_text(text: str, name: str, target: Target) -> ModuleText | None:
    """The same for a text; None where it cannot be parsed for other reasons than its grammar."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        body = running_statements(tree.body, target, name)
        return ModuleText(text, tuple(body), read_statements(body))
    except SyntaxError as error:
        return ModuleText(text, error=error)
    except (ValueError, RecursionError, MemoryError):
        return None


def text_of(file: Path) -> str | None:
    """The text of a file; None where it cannot be read."""
    try:
        if file.stat().st_size > MAX_MODULE_BYTES:
            return None
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def imported_modules(body: tuple[ast.stmt, ...], package: str) -> Iterator[str]:
    """The full names of the modules that these statements import when they run, and of what may be
    modules: `a.b` for `from a import b`."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_module("." * node.level + (node.module or ""), package)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.expr)):
            pending += ast.iter_child_nodes(node)


def absolute_module(module: str, package: str) -> str:
    """The full name of a module that is imported inside a package, `..a` or `b`."""
    level = len(module) - len(module.lstrip("."))
    if level == 0:
        return module
    parts = package.split(".")
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, *([module[level:]] if module[level:] else [])])
