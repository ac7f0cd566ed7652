"""Which Python statements are in a cell's text?"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from tokenize import TokenInfo

from IPython.core.inputtransformer2 import (
    HelpEnd,
    TokenTransformBase,
    TransformerManager,
    make_tokens_by_line,
)

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.newer_python import downgraded
from jupyter_namespace_viz.core.syntax.syntax_errors import (
    BrokenStatements,
    intended_names,
    message_of_python,
)

MAX_BROKEN_STATEMENTS = 5
"""The parser gives up on the rest of the cell after so many: it is prose or another language."""

MAX_TRANSFORM_ROUNDS = 50
"""Two rounds are enough for nearly all text. Each round tokenizes the whole text."""

LINE_END = re.compile(r"\r\n?|\n")  # Python knows fewer than str.splitlines
_FIRST_CHARACTER = re.compile(r"[^\s#)\]}]")
_CONTINUES = re.compile(r"(?:else|elif|except|finally|case)\b")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The statements that could be parsed, and one problem for each kind of those that could not.

    `intended_names` are the names that the unparsed statements would bind, as far as their text
    shows.
    """

    body: list[ast.stmt]
    problems: tuple[Problem, ...] = ()
    intended_names: frozenset[str] = frozenset()


def parse(source: str, first_line: int = 1) -> Parsed:
    """The statements of a cell's text. `first_line` is the line number of the first line of
    `source`.

    Plain Python is parsed as it is. Otherwise IPython's syntax is first turned into calls of
    `get_ipython()`, as the kernel does, which keeps the number of lines.
    """
    try:
        return Parsed(_parse_statements(source))
    except (SyntaxError, ValueError):
        pass
    except (RecursionError, MemoryError):
        return Parsed([], (_too_deep(first_line),))
    try:
        return Parsed(_parse_statements(_transformed(source)))
    except (RecursionError, MemoryError):
        return Parsed([], (_too_deep(first_line),))
    except (SyntaxError, ValueError):
        return _parse_without_broken_statements(source, first_line)


class _Transformer(TransformerManager):
    """IPython's transformer, except that it transforms all magics it finds in one tokenization.

    IPython tokenizes again after each of them, and gives up after 500.
    """

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """Transform each logical line, and repeat until nothing changes."""
        for _ in range(MAX_TRANSFORM_ROUNDS):
            transformed: list[str] = []
            begin, is_changed = 0, False
            for tokens in make_tokens_by_line(lines):
                end = max(begin, tokens[-1].end[0])
                logical_line = lines[begin:end]
                found = self._transform_one(logical_line, tokens, begin)
                is_changed |= found is not logical_line
                transformed += found
                begin = end
            if not is_changed:
                break
            lines = transformed + lines[begin:]
        return lines

    def _transform_one(
        self, logical_line: list[str], tokens: list[TokenInfo], begin: int
    ) -> list[str]:
        """The line with its first magic transformed; the same list where it has none."""
        found = [kind.find([tokens]) for kind in self.token_transformers]  # type: ignore[attr-defined]
        for transformer in sorted(filter(None, found), key=TokenTransformBase.sortby):
            transformer.start_line -= begin
            if isinstance(transformer, HelpEnd):
                transformer.q_line -= begin
            with suppress(SyntaxError):
                transformed: list[str] = transformer.transform(logical_line)
                return transformed
        return logical_line


WARNING_FILTERS = Lock()
"""The warning filters are global to the process. Two threads that replaced and restored them at the
same time could leave the wrong filters in place for good."""

_TRANSFORMER = _Transformer()  # type: ignore[no-untyped-call]


def _parse_statements(text: str) -> list[ast.stmt]:
    with WARNING_FILTERS, warnings.catch_warnings():
        # Python shows the user warnings about invalid escapes when the cell runs.
        warnings.simplefilter("ignore")
        return ast.parse(text).body


def _transformed(text: str) -> str:
    """The text with IPython's syntax turned into calls. Leading blank lines, which IPython drops,
    are kept.
    """
    begin = len(text) - len(text.lstrip())
    with WARNING_FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # IPython warns about unusual line ends
        return "\n" * text.count("\n", 0, begin) + _TRANSFORMER.transform_cell(text)


def _too_deep(line: int) -> Problem:
    return Problem(line, "too_deep", sentence("This cell is nested too deeply to be read."))


def _parse_without_broken_statements(source: str, first_line: int) -> Parsed:
    """At each syntax error rewrite the statement in older syntax or blank it, and parse again."""
    lines = LINE_END.split(source)
    broken = BrokenStatements(first_line)
    while broken.count < MAX_BROKEN_STATEMENTS:
        # Each round transforms again: IPython does not see magics after a broken line.
        text = "\n".join(lines)
        try:
            with suppress(SyntaxError):
                text = _transformed(text)
            body = _parse_statements(text)
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
        rewritten = _downgraded_lines(statement)
        if rewritten is not None:
            lines[start:end], version = rewritten
            broken.add_newer_syntax(start, version)
            continue
        broken.add(start, statement, message)
        if not any(line.strip() for line in lines[start:end]):
            break  # these lines are blank already, so the error is elsewhere
        lines[start:end] = [""] * (end - start)
    return Parsed([], broken.problems()[:1], intended_names(source))


def _downgraded_lines(statement: str) -> tuple[list[str], tuple[int, int]] | None:
    """The statement's lines in syntax that this Python parses, and the version that the statement
    needs; None where that fails.
    """
    found = downgraded(statement, sys.version_info[:2])
    if found is None:
        return None
    try:
        with suppress(SyntaxError):
            _parse_statements(_transformed(found[0]))
            return found[0].split("\n"), found[1]
    except (ValueError, RecursionError, MemoryError):
        pass
    return None


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
