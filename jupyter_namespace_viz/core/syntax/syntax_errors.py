"""What is told of statements that do not parse?"""

from __future__ import annotations

import re
import sys

from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.vocabulary import ProblemKind

_MEANT = re.compile(
    r"""
    ^[ \t]*
    (?: ( (?: \w+ [ \t]* , [ \t]* )* \w+ ) [ \t]* (?: : [^=\n]+ )? =(?!=)  # a, b = …
      | (?: async [ \t]+ )? (?: def | class ) [ \t]+ (\w+) )
    """,
    re.MULTILINE | re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d]\w*")


class BrokenStatements:
    """The statements of one text that do not parse, told in one problem of a kind: no flood."""

    def __init__(self, first_line: int) -> None:
        self.statements = 0
        self.lost = ""
        self._first_line = first_line
        self._told: dict[ProblemKind, tuple[str, list[int]]] = {}

    def note(self, place: int, statement: str, message: str) -> None:
        """A statement at a place, from 0, is lost for the reason that Python gives."""
        self.statements += 1
        self.lost += statement + "\n"
        if is_python_2(statement, message):
            self._tell("python2", "This is written for Python 2.", place)
        else:
            self._tell("syntax", sentence(message), place)

    def newer(self, place: int, version: tuple[int, int]) -> None:
        """A statement is read, though only a newer Python parses it."""
        running = ".".join(map(str, sys.version_info[:2]))
        needs = ".".join(map(str, version))
        message = f"This is syntax of Python {needs}; it was read by Python {running}."
        self._tell("newer_python", message, place)

    def _tell(self, kind: ProblemKind, message: str, place: int) -> None:
        self._told.setdefault(kind, (message, []))[1].append(place + self._first_line)

    def problems(self) -> tuple[Problem, ...]:
        """One for each kind, at its first line, that names the other lines."""
        found = []
        for kind, (message, lines) in self._told.items():
            first, *others = sorted(lines)
            more = f" The same goes for {_lines(others)}." if others else ""
            found.append(Problem(first, kind, message + more))
        return tuple(sorted(found))


def _lines(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def intended_names(text: str) -> frozenset[str]:
    """The names that a text which does not parse seems to bind.

    >>> sorted(names_meant("model, loss = # your code"))
    ['loss', 'model']
    """
    found = (names or name for names, name in _MEANT.findall(text))
    return frozenset(name for names in found for name in _NAME.findall(names))


def sentence(text: str) -> str:
    """A message of Python's own as a sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


_MESSAGES = (
    "Missing parentheses in call to 'print'",
    "Missing parentheses in call to 'exec'",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer literals",
)
_SIGNS = re.compile(
    r"""
      ^\s* print \s* >> \s* [\w.]+ \s* ,        # print >>f, x
    | ^\s* raise \s+ [\w.]+ \s* , \s* \S       # raise E, "x"
    | ^\s* except \s+ [^:\n]+ , \s* \w+ \s* :  # except E, e:
    | <>
    | \b ur ["']
    | \b \d+L \b
    """,
    re.MULTILINE | re.VERBOSE,
)


def is_python_2(statement: str, message: str) -> bool:
    """Whether the statement, or what Python says of it, has the signs of Python 2.

    >>> is_python_2('print "a"', "Missing parentheses in call to 'print'. Did you mean …?")
    True
    """
    return message.startswith(_MESSAGES) or _SIGNS.search(statement) is not None
