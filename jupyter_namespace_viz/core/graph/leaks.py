"""Which names does a cell give to code that may change what their lists and dicts hold?

d["a"]()    for f in d: f()    print(d)    d["b"] = g        these show all that they do
e = d    fill(d)    del d["a"]    d.update(other)            these do not
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.calls.contents import FOLLOWED_METHODS
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text


def _size_of(lines: Mapping[str, int]) -> int:
    return 1_000 + 100 * len(lines)


@cached_by_text(_size_of, unread={})
def first_leaks(source: str) -> Mapping[str, int]:
    """The names, each with the first line where its object is given away."""
    found: dict[str, int] = {}
    try:
        for statement in parse(source).body:
            for name in _leaks_in(statement):
                found[name.id] = min(name.lineno, found.get(name.id, name.lineno))
    except RecursionError:  # the reader can handle deeper nesting than this
        return {}
    return found


def _leaks_in(node: ast.AST) -> Iterator[ast.Name]:
    pending = [node]
    while pending:
        one = pending.pop()
        shown = set(map(id, _inspected_by(one)))
        for child in ast.iter_child_nodes(one):
            if not isinstance(child, ast.Name):
                pending.append(child)
            elif isinstance(child.ctx, ast.Load) and id(child) not in shown:
                yield child


def _inspected_by(node: ast.AST) -> list[ast.AST]:
    """The parts of the node whose objects it only looks into, or changes as its text shows."""
    if isinstance(node, ast.Subscript):
        is_kept = not isinstance(node.ctx, ast.Del)
        return [node.value, node.slice] if is_kept else [node.slice]
    if isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        return [node.iter]
    if isinstance(node, ast.Attribute):
        return [node.value] if node.attr in FOLLOWED_METHODS else []
    if isinstance(node, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return [node.test]
    if isinstance(node, ast.Call):
        is_builtin = isinstance(node.func, ast.Name) and node.func.id in BUILTINS
        return [node.func, *node.args] if is_builtin else [node.func]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    is_shown = isinstance(node, (ast.Expr, ast.FormattedValue, ast.Starred))
    return [node.value] if is_shown else []  # type: ignore[attr-defined]
