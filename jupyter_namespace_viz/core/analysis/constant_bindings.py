"""Do two runs of code bind a name to the same constant?

A constant is a literal, or a function whose defaults are literals. Running the cell again creates
another object, but no code can tell it from the old one, so this is no change.

    RATE = 1e-3    def f(x, n=2): return x**n    yes
    rows = []      class Row: ...                no: lists are mutable, old rows keep the old class
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.analysis.rules.constant_values import constant_value, is_whole
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


def constant_bound_by(name: str, source: str) -> str | None:
    """The literal that a run of this text binds the name to, as Python writes it; None where it
    binds it to something else, more than once, or not on every path."""
    constant = _constant_bindings(source).get(name)
    if constant is None:
        return None
    try:
        ast.literal_eval(constant)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return constant


def container_bound_by(name: str, source: str) -> str | None:
    """The list or dict of literals that this text binds the name to, as Python writes it; None
    where it may do more with the name."""
    if len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", source)) != 1:
        return None
    for statement in parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, (ast.List, ast.Dict)):
            target = statement.targets[0]
            is_its = isinstance(target, ast.Name) and target.id == name
            if is_its and len(statement.targets) == 1:
                value = constant_value(statement.value)
                return repr(value) if is_whole(value) else None
    return None


def _size_of(constants: Mapping[str, str]) -> int:
    return 1_000 + sum(map(len, constants.values()))


@cached_by_text(_size_of, unread={})
def _constant_bindings(source: str) -> Mapping[str, str]:
    """The names that the text binds exactly once and on every path to a constant, with the
    constant as Python writes it.
    """
    names = read_cell(source)
    if names.name_sources:
        return {}
    assigned_by_calls = {name for it in names.functions for name in it.assigned_globals}
    candidates = {it.name for it in names.definitions if it.certain}
    candidates -= names.mutated | names.rebound | assigned_by_calls
    if not candidates:  # always so for a text that is too long to be read
        return {}
    try:
        constants = [pair for pair in map(_constant_bound_by, parse(source).body) if pair]
    except RecursionError:  # the reader can handle deeper nesting than this
        return {}
    counts = Counter(name for name, _ in constants)
    return {
        name: constant for name, constant in constants if name in candidates and counts[name] == 1
    }


def _constant_bound_by(statement: ast.stmt) -> tuple[str, str] | None:
    """The name that the statement binds to a constant, and the constant as Python writes it."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if statement.decorator_list or not _has_literal_defaults(statement.args):
            return None
        return statement.name, ast.unparse(statement)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return None
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    value = statement.value
    is_function = isinstance(value, ast.Lambda) and _has_literal_defaults(value.args)
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return None
    return (targets[0].id, ast.unparse(value)) if is_function or _is_literal(value) else None


def _has_literal_defaults(arguments: ast.arguments) -> bool:
    defaults = (*arguments.defaults, *arguments.kw_defaults)
    return all(default is None or _is_literal(default) for default in defaults)


_LITERAL_NODES = (
    ast.Constant, ast.Tuple, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip


def _is_literal(value: ast.expr) -> bool:
    """Whether the value is immutable and made of literals only: `-1`, `2**10`, `("a", 3)`."""
    return all(isinstance(node, _LITERAL_NODES) for node in ast.walk(value))
