"""How is the text of a cell compared with a text that ran?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED


def can_stand_alone(source: str) -> bool:
    """Whether the text can be parsed, and is not the inside of a block."""
    problems = read_cell(source).problems
    return not source[:1].isspace() and not any(it.kind in UNPARSED for it in problems)


def code_of(source: str) -> str:
    """The text without blank lines, unless they may be part of a string or of another language."""
    if '"""' in source or "'''" in source or source.lstrip().startswith("%%"):
        return source.strip("\n")
    return "\n".join(line for line in source.split("\n") if line.strip())


def first_line(source: str) -> str:
    """The first line that is not empty."""
    return source.lstrip("\n").partition("\n")[0]


def rest_after(whole: str, part: str) -> str | None:
    """What follows the lines of `part` in a text that begins with them; None where it does not."""
    whole, part = whole.strip("\n"), part.strip("\n")
    if not whole.startswith(part):
        return None
    rest = whole[len(part) :]
    return None if rest and rest[0] != "\n" else rest.strip("\n")
