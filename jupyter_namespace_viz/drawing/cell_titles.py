"""Which line of a cell stands for it in a list, a table or a picture?

The panel follows the same rule in TypeScript, so that a cell has one title everywhere.
"""

from __future__ import annotations


def first_line(source: str) -> str:
    """The first line that is neither blank nor a comment; a comment where there is no other."""
    lines = [line.strip() for line in source.split("\n")]
    code = (line for line in lines if line and not line.startswith("#"))
    return next(code, next(filter(None, lines), ""))


def title(source: str, length: int) -> str:
    """The first line, at most `length` characters long and without control characters."""
    shown = "".join(it if it.isprintable() else " " for it in first_line(source))
    return shown if len(shown) <= length else shown[: length - 1].rstrip() + "…"
