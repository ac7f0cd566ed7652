"""Which names does a text use that is passed to a library as a query?

df.query("a > @limit")          limit    pandas looks it up where the call is
df.eval("b = a + @shift")       shift
pd.eval("df.a + shift")         df shift
duckdb.sql("SELECT * FROM df")  df       if the database has no table of that name
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.work import NO_FILE

MAX_QUERY_CHARS = 10_000
"""Longer texts are no queries that somebody wrote."""

_PANDAS_KEYWORDS = frozenset({"expr", "inplace", "engine", "parser", "target"})
_PANDAS_FUNCTIONS = frozenset(
    "abs arccos arccosh arcsin arcsinh arctan arctan2 arctanh ceil cos cosh exp expm1 floor log "
    "log10 log1p sin sinh sqrt tan tanh".split()
)
_QUOTED_COLUMN = re.compile(r"`[^`\n]*`")
_LOCAL_NAME = re.compile(r"@(?=[^\W\d])")
_MARK = "_of_the_caller_"
_TABLE = re.compile(r"\b(?:from|join)\s+([A-Za-z_]\w*)\b(?!\s*[.(])", re.IGNORECASE)
_PANDAS_METHODS = frozenset({"eval", "query"})
_DUCKDB_METHODS = frozenset({"execute", "from_query", "query", "query_df", "sql"})
QUERY_METHODS = _PANDAS_METHODS | _DUCKDB_METHODS


def walk_query_text(walker: Walker, node: ast.Call, function: ast.Attribute) -> None:
    """The names in the text of a query, in the call `node` of `function`, one of QUERY_METHODS. The
    call itself has been walked before.
    """
    method, receiver = function.attr, function.value
    if method in _PANDAS_METHODS and (text := _pandas_text(node)) is not None:
        if method == "eval" and _is_module(walker, receiver, "pandas", "pd"):
            _read(walker, node, _all_names(text))
        else:
            _read(walker, node, _marked_names(text))
    if method in _DUCKDB_METHODS and _is_module(walker, receiver, "duckdb", "duckdb"):
        for name in _TABLE.findall(_first_text(node) or ""):
            walker.resolver.read_interpolated(name, walker.line_of(node))


def _read(walker: Walker, node: ast.Call, names: Iterator[str]) -> None:
    for name in names:
        walker.resolver.read(name, walker.line_of(node))


def _is_module(walker: Walker, node: ast.expr, module: str, usual_name: str) -> bool:
    """Whether the expression is the module, as far as the cell tells: by its import, or else by the
    name under which everybody imports it.
    """
    if not isinstance(node, ast.Name):
        return False
    binding = walker.record.bindings.get(node.id)
    if binding is None:
        return node.id in {module, usual_name}
    return any(imported.bound_module == module for imported in binding.imports)


def _first_text(node: ast.Call) -> str | None:
    """The text of the first argument, with `0` for each field of an f-string."""
    keywords = (keyword.value for keyword in node.keywords if keyword.arg == "expr")
    text = node.args[0] if node.args else next(keywords, None)
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    found = []
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            found.append("0")
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.append(part.value)
        else:
            return None
    whole = "".join(found)
    return whole if len(whole) <= MAX_QUERY_CHARS else None


def _pandas_text(node: ast.Call) -> ast.Module | None:
    """The first argument as pandas parses it, with marked names for those after an `@`; None where
    it is no such text, or where other arguments say what its names are.

    No other language is like that one: SQL does not parse, and pandas calls no functions but these.
    """
    if any(keyword.arg not in _PANDAS_KEYWORDS for keyword in node.keywords):
        return None
    text = _first_text(node)
    if text is None:
        return None
    lines = (line.strip() for line in _QUOTED_COLUMN.sub("_", text).split("\n"))
    marked = _LOCAL_NAME.sub(_MARK, "\n".join(lines))
    try:
        parsed = ast.parse(marked, NO_FILE)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    calls = (it.func for it in ast.walk(parsed) if isinstance(it, ast.Call))
    known = all(not isinstance(it, ast.Name) or it.id in _PANDAS_FUNCTIONS for it in calls)
    return parsed if known else None


def _all_names(parsed: ast.Module) -> Iterator[str]:
    """The names of a text of `pandas.eval`, which has no columns of its own."""
    names = (it for it in ast.walk(parsed) if isinstance(it, ast.Name))
    for name in names:
        is_read = isinstance(name.ctx, ast.Load) and not name.id.startswith(_MARK)
        if is_read and name.id not in _PANDAS_FUNCTIONS:
            yield name.id


def _marked_names(parsed: ast.Module) -> Iterator[str]:
    for node in ast.walk(parsed):
        if isinstance(node, ast.Name) and node.id.startswith(_MARK):
            yield node.id.removeprefix(_MARK)
