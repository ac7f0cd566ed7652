"""Which Python statements are in a cell's text?"""

from __future__ import annotations

import ast
import re
import sys
from contextlib import suppress

from jupyter_namespace_viz.core.frozen import frozen
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.newer_python import downgraded
from jupyter_namespace_viz.core.syntax.syntax_errors import (
    BrokenStatements,
    intended_names,
    message_of_python,
)
from jupyter_namespace_viz.core.syntax.transformer import transformed, without_warnings
from jupyter_namespace_viz.core.syntax.work import NO_FILE, TooMuchWork, Work, tokens_in

MAX_BROKEN_STATEMENTS = 5
"""The parser gives up on the rest of the cell after so many: it is prose or another language."""

LINE_END = re.compile(r"\r\n?|\n")  # Python knows fewer than str.splitlines
_FIRST_CHARACTER = re.compile(r"[^\s#)\]}]")
_NUMBER_AND_WORD = re.compile(r"\d[A-Za-z_]")
_OF_IPYTHON = re.compile(r"\s*(?:In \[\d+\]: |[%!])")  # `In [1]: x = 2` is valid Python, too
_CONTINUES = re.compile(r"(?:else|elif|except|finally|case)\b")


@frozen
class Parsed:
    """The statements that could be parsed, and one problem for each kind of those that could not.

    `intended_names` are the names that the unparsed statements would bind, as far as their text
    shows.
    """

    body: list[ast.stmt]
    problems: tuple[Problem, ...] = ()
    intended_names: frozenset[str] = frozenset()


def parse(source: str, first_line: int = 1, work: Work | None = None) -> Parsed:
    """The statements of a cell's text. `first_line` is the line number of the first line of
    `source`.

    Plain Python is parsed as it is. Otherwise IPython's syntax is first turned into calls of
    `get_ipython()`, as the kernel does, which keeps the number of lines.

    `work` is what is left for the cell; raises TooMuchWork. Without it such a text has a problem.
    """
    if work is not None:
        return _parsed(source, first_line, work)
    try:
        return _parsed(source, first_line, Work())
    except TooMuchWork:
        return Parsed([], (takes_too_long(first_line),))


def _parsed(source: str, first_line: int, work: Work) -> Parsed:
    try:
        if not _OF_IPYTHON.match(source):
            return Parsed(_parse_statements(source, work))
    except (SyntaxError, ValueError):
        pass
    except (RecursionError, MemoryError):
        return Parsed([], (_too_deep(first_line),))
    return _parse_transformed(source, first_line, work)


def _parse_statements(text: str, work: Work) -> list[ast.stmt]:
    work.spend(10 + tokens_in(text) // 4)
    # Python warns about invalid escapes, and about numbers that a word follows: `0x1for`.
    if "\\" in text or _NUMBER_AND_WORD.search(text):
        with without_warnings():
            return tree_of(text).body
    return tree_of(text).body


def tree_of(text: str) -> ast.Module:
    """As `ast.parse`, also while other threads parse.

    CPython counts the depth of a tree for all threads together. Where it is interrupted by another
    call, of a thread or of a finalizer that a garbage collection runs, it may end in a SystemError
    ("AST constructor recursion depth mismatch"), although nothing is wrong with the text. Python
    3.11 parses a line whenever it prints a traceback.
    """
    try:
        return ast.parse(text, NO_FILE)
    except SystemError:
        return ast.parse(text, NO_FILE)


def takes_too_long(line: int | None = None) -> Problem:
    """The problem of a text whose reading would take too long."""
    return Problem(line, "too_large", sentence("This cell takes too long to read."))


def _too_deep(line: int) -> Problem:
    return Problem(line, "too_deep", sentence("This cell is nested too deeply to be read."))


def _parse_transformed(source: str, first_line: int, work: Work) -> Parsed:
    """Transform and parse; at each syntax error rewrite the statement in older syntax or blank it,
    and try again.
    """
    lines = LINE_END.split(source)
    broken = BrokenStatements(first_line)
    is_downgraded = False
    while broken.count < MAX_BROKEN_STATEMENTS:
        # Each round transforms again: IPython does not see magics after a broken line.
        text = "\n".join(lines)
        try:
            with suppress(SyntaxError):
                text = transformed(text, work)
            body = _parse_statements(text, work)
            # Where no statement can be parsed, the text is prose or another language.
            problems = broken.problems() if body else broken.problems()[:1]
            return Parsed(body, problems, intended_names(broken.source))
        except SyntaxError as error:
            start, end = _statement_around(lines, _broken_line(error))
            message = error.msg or "invalid syntax"
        except ValueError as error:  # null bytes
            return Parsed([], (Problem(first_line, "syntax", message_of_python(str(error))),))
        except (RecursionError, MemoryError):
            return Parsed([], (*broken.problems(), _too_deep(first_line)))
        statement = "\n".join(lines[start:end])
        rewritten = _downgraded_lines(statement, work)
        if rewritten is not None:
            lines[start:end], version = rewritten
            broken.add_newer_syntax(start, version)
            if not is_downgraded:  # all others at once: each round parses the whole text
                is_downgraded = True
                _downgrade_statements(lines, end, broken, work)
            continue
        broken.add(start, statement, message)
        if not any(line.strip() for line in lines[start:end]):
            break  # these lines are blank already, so the error is elsewhere
        lines[start:end] = [""] * (end - start)
    return Parsed([], broken.problems()[:1], intended_names(source))


def _downgrade_statements(
    lines: list[str], start: int, broken: BrokenStatements, work: Work
) -> None:
    """Rewrite the statements from the line on that only a newer Python parses."""
    while start < len(lines):
        start, end = _statement_around(lines, start)
        statement = "\n".join(lines[start:end])
        if downgraded(statement, sys.version_info[:2]) and not _is_valid(statement, work):
            rewritten = _downgraded_lines(statement, work)
            if rewritten is not None:
                lines[start:end], version = rewritten
                broken.add_newer_syntax(start, version)
        start = end


def _downgraded_lines(statement: str, work: Work) -> tuple[list[str], tuple[int, int]] | None:
    """The statement's lines in syntax that this Python parses, and the version that the statement
    needs; None where that fails.
    """
    work.spend(len(statement) // 4)
    found = downgraded(statement, sys.version_info[:2])
    if found is None or not _is_valid(found[0], work):
        return None
    return found[0].split("\n"), found[1]


def _is_valid(statement: str, work: Work) -> bool:
    try:
        with suppress(SyntaxError):
            _parse_statements(statement, work)
            return True
        _parse_statements(transformed(statement, work), work)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _broken_line(error: SyntaxError) -> int:
    """The line to blank, from 0. Python reports a missing block at the line after the header."""
    line = (error.lineno or 1) - 1
    return max(line - 1, 0) if (error.msg or "").startswith("expected an indented") else line


def _statement_around(lines: list[str], line: int) -> tuple[int, int]:
    """The range [start, end) of the lines of the top-level statement that contains the line."""
    line = min(line, len(lines) - 1)
    while line > 0 and not lines[line].strip():
        line -= 1
    start = line
    while start > 0 and not _starts_statement(lines[start]):
        start -= 1
    end = line + 1
    while end < len(lines) and not _starts_statement(lines[end]):
        end += 1
    return start, end


def _starts_statement(line: str) -> bool:
    return bool(_FIRST_CHARACTER.match(line)) and not _CONTINUES.match(line)


_WITHOUT_EXPRESSIONS = frozenset(
    "arg attr conversion ctx id kind op ops simple type_comment type_ignores".split()
)


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in kind._fields if name not in _WITHOUT_EXPRESSIONS)
        return self[kind]


FIELDS = _Fields()
"""The fields of each kind of node that may contain expressions."""
