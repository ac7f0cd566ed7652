"""Does a text bind a name to the same thing whenever it runs?

A literal, or a function whose defaults are literals: running its cell again makes another object,
yet one that nothing can tell from the one before. So it is no change.

    RATE = 1e-3    def f(x, n=2): return x**n    yes
    rows = []      class Row: ...                no: a list may change, old rows stay of the old Row
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.bindings import import_statements, pattern_names
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.parser import parse


def binds_same_value(name: str, one: str, other: str) -> bool:
    """Whether runs of these two texts bind the name to the same thing, whatever else there is."""
    thing = _constant_bindings(one).get(name)
    return thing is not None and (one == other or thing == _constant_bindings(other).get(name))


@lru_cache(maxsize=2_000)
def _constant_bindings(source: str) -> Mapping[str, str]:
    """The names that the text binds once, always, and to such a thing; and what that is."""
    names = read_cell(source)
    candidates = {it.name for it in names.definitions if it.certain} - names.mutated
    if not candidates:  # nor is there any in a text that is too long to be read
        return {}
    try:
        body = parse(source).body
        counts = Counter(name for statement in body for name in _bound_by(statement))
        things = [thing for thing in map(_constant_bound_by, body) if thing is not None]
    except RecursionError:  # the reader goes deeper
        return {}
    return {name: thing for name, thing in things if name in candidates and counts[name] == 1}


def _constant_bound_by(statement: ast.stmt) -> tuple[str, str] | None:
    """The name that the statement binds to a lasting thing, and that thing as a text."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if statement.decorator_list or not _has_literal_defaults(statement.args):
            return None
        return statement.name, ast.dump(statement)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return None
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    value = statement.value
    is_function = isinstance(value, ast.Lambda) and _has_literal_defaults(value.args)
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return None
    return (targets[0].id, ast.dump(value)) if is_function or _is_literal(value) else None


def _has_literal_defaults(arguments: ast.arguments) -> bool:
    defaults = (*arguments.defaults, *arguments.kw_defaults)
    return all(default is None or _is_literal(default) for default in defaults)


_OF_LITERALS = (
    ast.Constant, ast.Tuple, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip


def _is_literal(value: ast.expr) -> bool:
    """Whether the value is immutable and depends on nothing: `-1`, `2**10`, `("a", 3)`."""
    return all(isinstance(node, _OF_LITERALS) for node in ast.walk(value))


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The global names that the text may bind or delete, each time; bodies of functions left out.

    What a body may assign when it is called counts twice: it is bound by others too.
    """
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
        for inner in ast.walk(node):
            yield from inner.names * 2 if isinstance(inner, ast.Global) else ()
        return
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (statement.name for statement in import_statements(node))
    elif isinstance(node, ast.ExceptHandler) and node.name is not None:
        yield node.name
    elif isinstance(node, ast.match_case):
        yield from pattern_names(node.pattern)
    for child in ast.iter_child_nodes(node):
        yield from _bound_by(child)
