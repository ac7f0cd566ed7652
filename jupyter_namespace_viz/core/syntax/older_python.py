"""Is the syntax of a cell too new for the Python of its kernel?

match x: …     SyntaxError in Python 3.9 and older
"""

from __future__ import annotations

import ast
import sys

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text
from jupyter_namespace_viz.core.syntax.transformer import transformed, without_warnings
from jupyter_namespace_viz.core.syntax.work import NO_FILE, TooMuchWork, Work

MAX_PARSED_CHARS = 20_000
"""Longer texts are not parsed in other versions: one parse of them takes long enough."""

_OLDEST = (3, 7)
"""Parsers know no syntax that is older."""


@cached_by_text(lambda _: 300, unread=())
def too_new_syntax(source: str, version: tuple[int, int]) -> tuple[Problem, ...]:
    """The first statement of a text that this Python parses and one of that version does not; none
    where there is none, or the text is long."""
    if version >= sys.version_info[:2] or len(source) > MAX_PARSED_CHARS:
        return ()
    oldest = max(version, _OLDEST)
    try:
        if _error(source, oldest) is None:
            return ()
        text = source if _error(source, None) is None else transformed(source, Work())
        error = None if _error(text, None) is not None else _error(text, oldest)
    except (ValueError, RecursionError, MemoryError, TooMuchWork):
        return ()
    if error is None:
        return ()
    message = sentence(
        "This syntax is newer than the kernel's Python {version}.",
        version=".".join(map(str, version)),
    )
    around = (it.lineno for it in ast.parse(text, NO_FILE).body if it.lineno <= (error.lineno or 1))
    return (Problem(max(around, default=1), "syntax", message),)


def _error(text: str, version: tuple[int, int] | None) -> SyntaxError | None:
    with without_warnings():
        try:
            ast.parse(text, NO_FILE, feature_version=version)
        except SyntaxError as error:
            return error
    return None
