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
import warnings
from collections.abc import Sequence

from jupyter_namespace_viz.core.sentences import in_sequence, sentence
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.parser import LINE_END, WARNING_FILTERS
from jupyter_namespace_viz.core.syntax.syntax_errors import message_of_python

MAX_COMPILED_CHARS = 20_000
"""Longer statements are not compiled: the cost can be quadratic in the length of a statement."""

MAX_COMPILED_COPIES = 1_000_000
"""The compiler copies a `finally` block to each exit from its `try`: that many characters are
compiled at most, copies included."""

_WORDS = re.compile(
    r"\b(?:yield|await|async|global|nonlocal|case|__debug__|__future__)\b|:=|\bexcept[ \t]*\*"
    r"|^(?: {20}|\t{20})[ \t]*(?:for|while|with|try)\b",  # 20 blocks can be nested
    re.MULTILINE,
)
_EXIT = re.compile(r"\b(?:return|break|continue)\b")
_ALLOWED_BY_NEWER_PYTHON = {
    "asynchronous comprehension outside of an asynchronous function": (3, 11)
}


def may_be_refused(text: str) -> bool:
    """Whether the text has a word that the compiler refuses in some places."""
    return _WORDS.search(text) is not None


def refusal(body: Sequence[ast.stmt], text: str, first_line: int = 1) -> list[Problem]:
    """The problem of the first statement of the cell that the compiler refuses, if any.

    `body` are the statements of `text`, which begins in line `first_line` of the cell.
    """
    with WARNING_FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lines = LINE_END.split(text)
        for index, statement in enumerate(body):
            if not _is_cheap(lines[statement.lineno - 1 : statement.end_lineno]):
                continue
            error = _compiler_error(statement)
            if error is not None:
                line = (error.lineno or statement.lineno) + first_line - 1
                message = message_of_python(error.msg)
                if index > 0:
                    above = sentence("The statements above it run before that.")
                    message = in_sequence(message, above)
                return [Problem(line, "syntax", message)]
    return []


def _is_cheap(lines: Sequence[str]) -> bool:
    """Whether a statement of these lines is compiled in a fraction of a second."""
    size = sum(map(len, lines))
    if size > MAX_COMPILED_CHARS:
        return False
    text = "\n".join(lines)
    nested = text.count("finally")
    copies = (1 + len(_EXIT.findall(text))) << min(nested, 20) if nested else 1
    return size * copies <= MAX_COMPILED_COPIES


def _compiler_error(statement: ast.stmt) -> SyntaxError | None:
    """Why the compiler refuses the statement, as IPython calls it; None where it does not."""
    module = ast.Module([statement], [])
    try:
        compile(module, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        allowed_since = _ALLOWED_BY_NEWER_PYTHON.get(error.msg)
        return None if allowed_since is not None and sys.version_info < allowed_since else error
    except (ValueError, OverflowError, RecursionError, MemoryError):
        pass  # no SyntaxError in the kernel either
    return None
