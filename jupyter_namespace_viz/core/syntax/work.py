"""How much work may the reading of one cell be?

It is counted, not timed, so that a text is read the same way on every machine. A unit is about what
one token costs Python's tokenizer in Python, 3 to 5 µs.
"""

from __future__ import annotations

import re
import sys
from itertools import islice

MAX_WORK = 250_000
"""A cell of code as long as a cell may be needs a third of this for one reading, with magics."""

MAX_TOKENS = 90_000
"""What Python's parser makes of more tokens takes more than 100 MB. Code as long as a cell may be
has 50,000."""

MAX_DOTTED = 500
"""Python's parser stores each beginning of a dotted name in an import as a text of its own."""

MAX_TRANSFORMED_TOKENS = 75_000
"""The same for Python's tokenizer, whose tokens are larger."""

MAX_FIELD_STEPS = 3_000_000_000
"""Python's parser looks for each field of an f-string from the beginning of the string."""

NO_FILE = "\ud800"
"""The file name of texts that are parsed and compiled. At each syntax error CPython opens that file
for the line, and releases the interpreter's lock meanwhile: a thread that reads many broken texts
takes it again before another thread, such as the event loop, has woken up. This name cannot be
encoded, so nothing is opened.
"""

_LONG = 200_000
"""The characters of a text that is longer than a cell, and has more than MAX_TOKENS mostly."""

_SHORT = 4_000
"""The characters of a text whose tokens are not worth counting."""

_TOKEN = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\w+|[^\w\s]|\n")
_BLANKS = re.compile(r"[ \t\f]{50,}")
_DOTTED = re.compile(rf"(?<![\w.])(?:[^\W\d]\w*(?:[ \t]|\\\n)*\.(?:[ \t]|\\\n)*){{{MAX_DOTTED}}}")


class TooMuchWork(Exception):
    """The reading of a text would take too long, or too much memory."""


class Work:
    """The work that is left for one cell."""

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, units: int) -> None:
        """Count work that is about to be done; raises TooMuchWork where too little is left."""
        self._left -= units
        if self._left < 0:
            raise TooMuchWork


def tokens_in(text: str) -> int:
    """About how many tokens the text has; raises TooMuchWork where these are too many, and
    RecursionError, as Python's parser does for attributes of attributes, for a dotted name that is
    too long.
    """
    if len(text) < _SHORT:
        return len(text) // 3
    if text.count(".") >= MAX_DOTTED and _DOTTED.search(text):
        raise RecursionError
    tokens = _first_tokens(text)
    steps = sum(len(token) * token.count("{") for token in tokens if len(token) > _SHORT)
    if len(tokens) > MAX_TOKENS or steps > MAX_FIELD_STEPS:
        raise TooMuchWork
    return len(tokens)


def _first_tokens(text: str) -> list[str]:
    """The tokens, or the first MAX_TOKENS + 1: to look for millions at once would keep the
    interpreter's lock."""
    if len(text) <= _LONG:
        return _TOKEN.findall(text)
    return [found[0] for found in islice(_TOKEN.finditer(text), MAX_TOKENS + 1)]


def work_of_tokenizing(text: str) -> int:
    """The units for the tokens of the text. Python's tokenizer looks at a run of blanks once for
    each of its blanks, where an unexpected character follows. That of Python 3.12 copies the whole
    line for each token.
    """
    tokens = tokens_in(text)
    if tokens > MAX_TRANSFORMED_TOKENS:
        raise TooMuchWork
    blanks = _BLANKS.findall(text) if len(text) > _SHORT else ()
    lines = text.split("\n") if sys.version_info[:2] == (3, 12) else ()
    copied = sum(
        len(line) * tokens_in(line) // (2_500 if line.isascii() else 500)
        for line in lines
        if len(line) > _SHORT
    )
    return 60 + tokens + sum(len(run) ** 2 for run in blanks) // 100 + copied
