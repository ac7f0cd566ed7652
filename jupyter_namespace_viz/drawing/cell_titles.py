"""By which line is a cell recognized?"""

from __future__ import annotations


def first_line(source: str) -> str:
    """The first line that tells something: no comment, if it can be; as in the panel."""
    lines = [line.strip() for line in source.split("\n")]
    code = (line for line in lines if line and not line.startswith("#"))
    return next(code, next(filter(None, lines), ""))


def title(source: str, length: int) -> str:
    """The first line as it can be shown anywhere: no control characters, not too long."""
    shown = "".join(it if it.isprintable() else " " for it in first_line(source))
    return shown if len(shown) <= length else shown[: length - 1].rstrip() + "…"
