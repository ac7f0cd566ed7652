"""Which problems and names are reported for statements that do not parse?"""

from __future__ import annotations

import re
import sys

from jupyter_namespace_viz.core.sentences import (
    Sentence,
    enumeration,
    in_sequence,
    sentence,
    verbatim,
)
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.vocabulary import ProblemKind

_BINDING = re.compile(
    r"""
    ^[ \t]*
    (?: ( (?: \w+ [ \t]* , [ \t]* )* \w+ ) [ \t]* (?: : [^=\n]+ )? =(?!=)  # a, b = …
      | (?: async [ \t]+ )? (?: def | class ) [ \t]+ (\w+) )
    """,
    re.MULTILINE | re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d]\w*")


class BrokenStatements:
    """The statements of one text that do not parse, reported as one problem per kind.

    `count` is their number, `source` their text.
    """

    def __init__(self, first_line: int) -> None:
        self.count = 0
        self.source = ""
        self._first_line = first_line
        self._problems_by_kind: dict[ProblemKind, tuple[Sentence, list[int]]] = {}

    def add(self, line_index: int, statement: str, message: str) -> None:
        """Add a statement that does not parse. `line_index` is its first line, from 0; `message` is
        Python's.
        """
        self.count += 1
        self.source += statement + "\n"
        if is_python_2(statement, message):
            self._add_problem("python2", sentence("This is written for Python 2."), line_index)
        else:
            self._add_problem("syntax", message_of_python(message), line_index)

    def add_newer_syntax(self, line_index: int, version: tuple[int, int]) -> None:
        """Add a statement that was parsed although its syntax is newer than this Python."""
        running = ".".join(map(str, sys.version_info[:2]))
        needs = ".".join(map(str, version))
        message = sentence(
            "This is syntax of Python {version}; it was read by Python {reader}.",
            version=needs,
            reader=running,
        )
        self._add_problem("newer_python", message, line_index)

    def _add_problem(self, kind: ProblemKind, message: Sentence, line_index: int) -> None:
        self._problems_by_kind.setdefault(kind, (message, []))[1].append(
            line_index + self._first_line
        )

    def problems(self) -> tuple[Problem, ...]:
        """One problem per kind, at its first line; its message names the other lines."""
        found = []
        for kind, (message, lines) in self._problems_by_kind.items():
            first, *others = sorted(lines)
            whole = in_sequence(message, _same_in(others)) if others else message
            found.append(Problem(first, kind, whole))
        return tuple(sorted(found))


def _same_in(lines: list[int]) -> Sentence:
    *first, last = map(str, lines)
    if not first:
        return sentence("The same goes for line {line}.", line=last)
    return sentence(
        "The same goes for lines {lines} and {last}.", lines=enumeration(first), last=last
    )


def intended_names(text: str) -> frozenset[str]:
    """The names that a text which does not parse would probably bind.

    >>> sorted(intended_names("model, loss = # your code"))
    ['loss', 'model']
    """
    found = (names or name for names, name in _BINDING.findall(text))
    return frozenset(name for names in found for name in _NAME.findall(names))


def message_of_python(text: str) -> Sentence:
    """Python's error message as a sentence; it stays in English, as in the traceback."""
    return verbatim(text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else "."))


_PYTHON_2_MESSAGES = (
    "Missing parentheses in call to 'print'",
    "Missing parentheses in call to 'exec'",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer literals",
)
_PYTHON_2_SYNTAX = re.compile(
    r"""
      ^[ \t]* print [ \t]* >> [ \t]* [\w.]+ [ \t]* ,    # print >>f, x
    | ^[ \t]* raise [ \t]+ [\w.]+ [ \t]* , [ \t]* \S    # raise E, "x"
    | ^[ \t]* except [ \t] [^:\n]+ , [ \t]* \w+ [ \t]* :  # except E, e:
    | <>
    | \b ur ["']
    | \b \d+L \b
    """,
    re.MULTILINE | re.VERBOSE,
)


def is_python_2(statement: str, message: str) -> bool:
    """Whether the statement, or Python's message about it, shows that it is written for Python 2.

    >>> is_python_2('print "a"', "Missing parentheses in call to 'print'. Did you mean …?")
    True
    """
    return message.startswith(_PYTHON_2_MESSAGES) or _PYTHON_2_SYNTAX.search(statement) is not None
