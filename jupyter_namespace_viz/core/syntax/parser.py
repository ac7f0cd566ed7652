"""Which Python statements does a cell's text hold?"""

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

from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.newer_python import written_the_old_way
from jupyter_namespace_viz.core.syntax.syntax_errors import (
    BrokenStatements,
    intended_names,
    sentence,
)

MAX_BROKEN_STATEMENTS = 5
"""After so many the rest of the cell is left unread: it is prose or another language."""

MAX_TRANSFORM_ROUNDS = 50
"""Nearly all text is done in two; each costs a reading of all tokens."""

_LINE_END = re.compile(r"\r\n?|\n")  # Python knows fewer than str.splitlines
_STARTS_STATEMENT = re.compile(r"[^\s#)\]}]")
_CONTINUES = re.compile(r"(?:else|elif|except|finally|case)\b")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The statements that could be read, and one problem for each kind of those that could not.

    `intended_names` are the names that the latter would bind, as far as that can be seen.
    """

    body: list[ast.stmt]
    problems: tuple[Problem, ...] = ()
    intended_names: frozenset[str] = frozenset()


def parse(source: str, first_line: int = 1) -> Parsed:
    """The statements of a cell's text; lines count from `first_line`.

    Text that is plain Python is parsed as it is. Else IPython's syntax is turned into calls of
    `get_ipython()` first, as the kernel does, which keeps the number of lines.
    """
    try:
        return Parsed(_statements(source))
    except (SyntaxError, ValueError):
        pass
    except (RecursionError, MemoryError):
        return Parsed([], (_too_deep(first_line),))
    try:
        return Parsed(_statements(_transformed(source)))
    except (RecursionError, MemoryError):
        return Parsed([], (_too_deep(first_line),))
    except (SyntaxError, ValueError):
        return _parse_what_can_be(source, first_line)


class _Transformer(TransformerManager):
    """IPython's, but all magics that one reading of the tokens finds are transformed at once.

    IPython reads all tokens again after each of them, and gives up after 500.
    """

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """One logical line after the other, again while there is something to transform."""
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
        """Its first magic, if there is one; the same list if not."""
        found = [kind.find([tokens]) for kind in self.token_transformers]  # type: ignore[attr-defined]
        for transformer in sorted(filter(None, found), key=TokenTransformBase.sortby):
            transformer.start_line -= begin
            if isinstance(transformer, HelpEnd):
                transformer.q_line -= begin
            with suppress(SyntaxError):
                transformed: list[str] = transformer.transform(logical_line)
                return transformed
        return logical_line


_FILTERS = Lock()
"""The filters of warnings belong to the whole process: two threads that changed and restored them
at once would leave them changed for ever."""

_TRANSFORMER = _Transformer()  # type: ignore[no-untyped-call]


def _statements(text: str) -> list[ast.stmt]:
    with _FILTERS, warnings.catch_warnings():
        # Invalid escapes and the like are the user's to see when the cell runs.
        warnings.simplefilter("ignore")
        return ast.parse(text).body


def _transformed(text: str) -> str:
    """The text with IPython's syntax as calls; IPython drops leading blank lines, we keep them."""
    begin = len(text) - len(text.lstrip())
    with _FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # IPython's on odd ends of lines
        return "\n" * text.count("\n", 0, begin) + _TRANSFORMER.transform_cell(text)


def _too_deep(line: int) -> Problem:
    return Problem(line, "too_deep", "This cell is nested too deeply to be read.")


def _parse_what_can_be(source: str, first_line: int) -> Parsed:
    """Blank the statement at each syntax error, or write it the old way, and try again."""
    lines = _LINE_END.split(source)
    broken = BrokenStatements(first_line)
    while broken.statements < MAX_BROKEN_STATEMENTS:
        # Each round transforms anew: a broken line keeps IPython from seeing magics after it.
        text = "\n".join(lines)
        try:
            with suppress(SyntaxError):
                text = _transformed(text)
            body = _statements(text)
            # Where nothing can be read it is prose, or another language.
            problems = broken.problems() if body else broken.problems()[:1]
            return Parsed(body, problems, intended_names(broken.lost))
        except SyntaxError as error:
            start, end = _statement_around(lines, _line_to_blame(error))
            message = error.msg or "invalid syntax"
        except ValueError as error:  # null bytes
            return Parsed([], (Problem(first_line, "syntax", sentence(str(error))),))
        except (RecursionError, MemoryError):
            return Parsed([], (*broken.problems(), _too_deep(first_line)))
        statement = "\n".join(lines[start:end])
        old_way = _old_way(statement)
        if old_way is not None:
            lines[start:end], version = old_way
            broken.newer(start, version)
            continue
        broken.note(start, statement, message)
        if not any(line.strip() for line in lines[start:end]):
            break  # the error is not where we can blank it
        lines[start:end] = [""] * (end - start)
    return Parsed([], broken.problems()[:1], intended_names(source))


def _old_way(statement: str) -> tuple[list[str], tuple[int, int]] | None:
    """The lines of a statement as our own Python reads it, and whose grammar it is."""
    found = written_the_old_way(statement, sys.version_info[:2])
    if found is None:
        return None
    try:
        with suppress(SyntaxError):
            _statements(_transformed(found[0]))
            return found[0].split("\n"), found[1]
    except (ValueError, RecursionError, MemoryError):
        pass
    return None


def _line_to_blame(error: SyntaxError) -> int:
    """From 0; where a block has no body Python names the line that follows it."""
    line = (error.lineno or 1) - 1
    return max(line - 1, 0) if (error.msg or "").startswith("expected an indented") else line


def _statement_around(lines: list[str], line: int) -> tuple[int, int]:
    """The lines [start, end) of the top-level statement that holds the line."""
    line = min(line, len(lines) - 1)
    while line > 0 and not lines[line].strip():
        line -= 1
    start = line
    while start > 0 and not _begins(lines[start]):
        start -= 1
    end = line + 1
    while end < len(lines) and not _begins(lines[end]):
        end += 1
    return start, end


def _begins(line: str) -> bool:
    return bool(_STARTS_STATEMENT.match(line)) and not _CONTINUES.match(line)
