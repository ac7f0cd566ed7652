"""Do two runs of code bind a name to the same constant?

A constant is a literal, or a function whose defaults are literals. Running the cell again creates
another object, but no code can tell it from the old one, so this is no change.

    RATE = 1e-3    def f(x, n=2): return x**n    yes
    rows = []      class Row: ...                no: lists are mutable, old rows keep the old class
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping

from jupyter_namespace_viz.core.analysis.bindings import import_statements, pattern_names
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text


def binds_same_value(name: str, source: str, other_source: str) -> bool:
    """Whether runs of these two texts bind the name to the same constant.

    True is certain, whatever else the texts and other cells bind.
    """
    constant = _constant_bindings(source).get(name)
    return constant is not None and (
        source == other_source or constant == _constant_bindings(other_source).get(name)
    )


def _size_of(constants: Mapping[str, str]) -> int:
    return 1_000 + sum(map(len, constants.values()))


@cached_by_text(_size_of)
def _constant_bindings(source: str) -> Mapping[str, str]:
    """The names that the text binds exactly once and on every path to a constant, with the
    constant.
    """
    names = read_cell(source)
    candidates = {it.name for it in names.definitions if it.certain} - names.mutated
    if not candidates:  # always so for a text that is too long to be read
        return {}
    try:
        body = parse(source).body
        counts = Counter(name for statement in body for name in _names_bound_by(statement))
        constants = [pair for pair in map(_constant_bound_by, body) if pair is not None]
    except RecursionError:  # the reader can handle deeper nesting than this
        return {}
    return {
        name: constant for name, constant in constants if name in candidates and counts[name] == 1
    }


def _constant_bound_by(statement: ast.stmt) -> tuple[str, str] | None:
    """The name that the statement binds to a constant, and the constant as the dump of its AST."""
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


_LITERAL_NODES = (
    ast.Constant, ast.Tuple, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip


def _is_literal(value: ast.expr) -> bool:
    """Whether the value is immutable and made of literals only: `-1`, `2**10`, `("a", 3)`."""
    return all(isinstance(node, _LITERAL_NODES) for node in ast.walk(value))


def _names_bound_by(node: ast.AST) -> Iterator[str]:
    """Each global name that the code may bind or delete, once per binding or deletion.

    Function bodies are left out, but a name that a body may assign as a global is yielded twice, so
    that it never counts as bound once.
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
        yield from _names_bound_by(child)
