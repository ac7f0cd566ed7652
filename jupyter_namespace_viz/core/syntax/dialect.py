"""How does the kernel interpret a cell's text?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.syntax.known_magics import Magics


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the meaning of a cell's text depends on, besides the text.

    `language` is the kernel's language, None for Python. `magics` are the magics that the user has
    declared. `annotations_run` is False after a cell has run `from __future__ import annotations`:
    IPython applies that import to all later cells too.
    """

    language: str | None = None
    magics: Magics = ()
    annotations_run: bool = True

    def without_annotations(self) -> Dialect:
        """The dialect of the cells that follow `from __future__ import annotations`."""
        return replace(self, annotations_run=False)


PYTHON = Dialect()
"""A Python kernel before any cell has run."""
