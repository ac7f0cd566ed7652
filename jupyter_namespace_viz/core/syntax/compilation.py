"""Which statement that parses does Python's compiler refuse?

IPython parses the whole cell, then compiles and runs one statement after the other. So a `return`
outside a function raises SyntaxError after the statements above it have run.

The compiler of this Python decides for every kernel: what it refuses, all versions refuse, except
where `_ALLOWED_BY_NEWER_PYTHON` says so.
"""

from __future__ import annotations

import ast
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from jupyter_namespace_viz.core.sentences import in_sequence, sentence
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.parser import LINE_END
from jupyter_namespace_viz.core.syntax.syntax_errors import message_of_python
from jupyter_namespace_viz.core.syntax.transformer import without_warnings
from jupyter_namespace_viz.core.syntax.work import NO_FILE

MAX_COMPILED_CHARS = 20_000
"""Longer statements are not compiled: the cost can be quadratic in the length of a statement."""

MAX_COMPILED_COPIES = 1_000_000
"""The compiler copies a `finally` block to each exit from its `try`: that many characters are
compiled at most, copies included."""

DOUBTFUL: frozenset[type[ast.AST]] = frozenset(
    {
        ast.AsyncFor,
        ast.AsyncWith,
        ast.Await,
        ast.Global,
        ast.Match,
        ast.NamedExpr,
        ast.Nonlocal,
        ast.Starred,
        ast.Yield,
        ast.YieldFrom,
    }
    | ({ast.TryStar} if sys.version_info >= (3, 11) else set())
)
"""The kinds of nodes that the compiler refuses in some places."""

_DEEP_BLOCK = re.compile(r"^(?: {20}|\t{20})[ \t]*(?:for|while|with|try)\b", re.MULTILINE)
_EXIT = re.compile(r"\b(?:return|break|continue)\b")
_ALLOWED_BY_NEWER_PYTHON = {
    "asynchronous comprehension outside of an asynchronous function": (3, 11)
}


def refusal(
    body: Sequence[ast.stmt], text: str, doubtful_lines: Iterable[int], first_line: int = 1
) -> list[Problem]:
    """The problem of the first statement of the cell that the compiler refuses, if any.

    `body` are the statements of `text`, which begins in line `first_line` of the cell. Only those
    are compiled that have a doubtful line, or what no node shows: `__debug__`, or blocks that may
    be nested more than 20 deep.
    """
    doubtful = sorted(doubtful_lines)
    is_deep = " " * 20 in text or "\t" * 20 in text
    is_any_doubtful = "__debug__" in text or (is_deep and _DEEP_BLOCK.search(text) is not None)
    if not doubtful and not is_any_doubtful:
        return []
    lines = LINE_END.split(text) if "\r" in text else text.split("\n")
    for index, statement in enumerate(body):
        first, last = _first_line(statement), statement.end_lineno or statement.lineno
        if is_any_doubtful or bisect_left(doubtful, first) < bisect_right(doubtful, last):
            error = _compiler_error(statement) if _is_cheap(lines[first - 1 : last]) else None
            if error is not None:
                line = (error.lineno or statement.lineno) + first_line - 1
                message = message_of_python(error.msg)
                if index > 0:
                    above = sentence("The statements above it run before that.")
                    message = in_sequence(message, above)
                return [Problem(line, "syntax", message)]
    return []


def awaits_outside_function(text: str) -> bool:
    """Whether the text awaits something outside a function, which only cells may do; `%time` and
    others compile their text without that."""
    if ("await" not in text and "async" not in text) or len(text) > MAX_COMPILED_CHARS:
        return False
    try:
        with without_warnings():
            compile(text, NO_FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        return "outside" in error.msg and ("await" in error.msg or "async" in error.msg)
    except (ValueError, OverflowError, RecursionError, MemoryError):
        pass
    return False


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(it.lineno for it in decorators)])


def _is_cheap(lines: Sequence[str]) -> bool:
    """Whether a statement of these lines is compiled in a fraction of a second."""
    source = "\n".join(lines)
    if len(source) > MAX_COMPILED_CHARS:
        return False
    nested = source.count("finally")
    copies = (1 + len(_EXIT.findall(source))) << min(nested, 20) if nested else 1
    return len(source) * copies <= MAX_COMPILED_COPIES


def _compiler_error(statement: ast.stmt) -> SyntaxError | None:
    """Why the compiler refuses the statement, as IPython calls it; None where it does not."""
    module = ast.Module([statement], [])
    try:
        with without_warnings():
            compile(module, NO_FILE, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        allowed_since = _ALLOWED_BY_NEWER_PYTHON.get(error.msg)
        return None if allowed_since is not None and sys.version_info < allowed_since else error
    except (ValueError, OverflowError, RecursionError, MemoryError, SystemError):
        pass  # no SyntaxError in the kernel either
    return None
