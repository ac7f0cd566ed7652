"""How does IPython's syntax become calls of `get_ipython()`?"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from tokenize import TokenInfo

from IPython.core.inputtransformer2 import (
    ESCAPE_SINGLES,
    EscapedCommand,
    HelpEnd,
    TokenTransformBase,
    TransformerManager,
    find_end_of_continued_line,
    make_tokens_by_line,
)

from jupyter_namespace_viz.core.syntax.work import Work, work_of_tokenizing

MAX_TRANSFORM_ROUNDS = 50
"""One round is enough for nearly all lines."""

_OPERATORS = frozenset({"//", "/=", "%=", "!="})
"""Tokens that begin with a character which marks a command."""

_FIRST_LINE = "\n"
"""Stands before the lines that are tokenized: IPython warns where the end of the first one is
unusual, and warnings can be suppressed only for all threads.
"""

_MATTERS = re.compile(r"^[ \t\f]+[^\s#]|^[!%,;/]|=\s*[!%]|\?")
"""What a line has if IPython transforms its tokens, or may refuse to: it refuses the indentation of
some."""

_WARNING_FILTERS = Lock()
"""The warning filters are global to the process. Two threads that replaced and restored them at the
same time could leave the wrong filters in place for good."""


def transformed(text: str, work: Work) -> str:
    """The text with IPython's syntax turned into calls. Leading blank lines, which IPython drops,
    are kept. Raises SyntaxError as IPython does, and TooMuchWork.
    """
    begin = len(text) - len(text.lstrip())
    return "\n" * text.count("\n", 0, begin) + _Transformer(work).transform_cell(text)


@contextmanager
def without_warnings() -> Iterator[None]:
    """Warnings in this context are not shown. It is for calls that keep the interpreter's lock:
    other threads wait for the end of the context, too.
    """
    with _WARNING_FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _Transformer(TransformerManager):
    """IPython's transformer, except that it tokenizes a text once, however many magics it has.

    IPython tokenizes again after each of them, and gives up after 500.
    """

    def __init__(self, work: Work) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._work = work

    def do_token_transforms(
        self, lines: list[str], rounds: int = MAX_TRANSFORM_ROUNDS
    ) -> list[str]:
        """Transform each logical line, and again what this has changed."""
        if rounds == 0:
            return lines
        done: list[str] = []
        rest = self._transform_first_commands(lines, done, rounds)
        if not rest:
            return done
        self._work.spend(work_of_tokenizing("".join(rest)))
        if not any(map(_MATTERS.search, rest)):
            return done + rest
        begin, before = 0, len(done)
        rest = [_FIRST_LINE, *rest]
        for tokens in make_tokens_by_line(rest):
            end = max(begin, tokens[-1].end[0])
            self._transform_one(rest[begin:end], tokens, begin, done, rounds)
            begin = end
        done += rest[begin:]
        return done[:before] + done[before + 1 :]

    def _transform_first_commands(
        self, lines: list[str], done: list[str], rounds: int
    ) -> list[str]:
        """Transform the lines at the beginning that a character such as `!` or `%` marks: what
        they hold need not be tokenized. Returns the other lines.
        """
        index = 0
        while index < len(lines):
            code = lines[index].lstrip(" \t\f")
            end = index + 1
            if code[:1] in ESCAPE_SINGLES and code[:2] not in _OPERATORS:
                end = find_end_of_continued_line(lines, index) + 1
                if lines[min(end, len(lines)) - 1].rstrip().endswith("?"):
                    break  # `%magic?` asks for help
                begin = (1, len(lines[index]) - len(code))
                command = EscapedCommand(begin)  # type: ignore[no-untyped-call]
                if not self._replace(command, lines[index:end], done, rounds):
                    break
            elif code.strip() and not code.startswith("#"):
                break
            else:
                done.append(lines[index])
            index = end
        return lines[index:]

    def _transform_one(
        self,
        logical_line: list[str],
        tokens: list[TokenInfo],
        begin: int,
        done: list[str],
        rounds: int,
    ) -> None:
        """Add the line to `done`, with its first magic transformed."""
        found = [kind.find([tokens]) for kind in self.token_transformers]  # type: ignore[attr-defined]
        for transformer in sorted(filter(None, found), key=TokenTransformBase.sortby):
            transformer.start_line -= begin
            if isinstance(transformer, HelpEnd):
                transformer.q_line -= begin
                # IPython looks for the end of the name from each character.
                self._work.spend(len("".join(logical_line)) ** 2 // 300)
            if self._replace(transformer, logical_line, done, rounds):
                return
        done += logical_line

    def _replace(
        self, transformer: TokenTransformBase, lines: list[str], done: list[str], rounds: int
    ) -> bool:
        """Add the lines to `done`, transformed; returns whether they could be."""
        self._work.spend(10)
        first = transformer.start_line
        marked = lines[first][transformer.start_col :][:1]
        try:
            changed: list[str] = transformer.transform(lines)
        except SyntaxError:
            return False
        # The call of a magic holds no other magic, but `;f a` becomes `f("a")`, whatever `f` is.
        is_call = first == 0 and not (isinstance(transformer, EscapedCommand) and marked in ",;/")
        if is_call:
            done.append(changed[0])
            changed = changed[1:]
        if changed:
            done += self.do_token_transforms(changed, rounds - 1)
        return True
