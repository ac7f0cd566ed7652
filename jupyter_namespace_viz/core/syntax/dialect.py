"""How does the kernel interpret a cell's text?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jupyter_namespace_viz.core.syntax.known_magics import Magics

Alias = Literal["namespace", "main", "builtins", "builtins_dict", "shell", "environment"]
"""What a name can be another name of: the dict of the kernel's namespace · the module `__main__` ·
the module `builtins` · its dict · IPython's shell · a value that depends on which modules there
are, or on the platform."""

LAZY_ANNOTATIONS = (3, 14)
"""From this Python on annotations are not evaluated where they stand."""

Aliases = tuple[tuple[str, Alias], ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the meaning of a cell's text depends on, besides the text.

    `language` is the kernel's language, None for Python. `magics` are the magics that the user or a
    cell above has declared, `aliases` the names that cells above have given to the namespace and
    the like (`g = globals()`), sorted. `annotations_run` is False after a cell has run
    `from __future__ import annotations`: IPython applies that import to all later cells too.
    """

    language: str | None = None
    magics: Magics = ()
    annotations_run: bool = True
    aliases: Aliases = ()


PYTHON = Dialect()
"""A Python kernel before any cell has run."""
