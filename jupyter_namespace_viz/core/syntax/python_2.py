"""Is a statement that does not parse written for Python 2?"""

from __future__ import annotations

import re

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
