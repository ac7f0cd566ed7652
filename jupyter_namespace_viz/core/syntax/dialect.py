"""How does the kernel take the text of a cell?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.syntax.known_magics import Magics


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the text of a cell alone does not tell of its meaning.

    `language` is the kernel's where that is not Python. `magics` are the user's own.
    `annotations_run` until a cell has run `from __future__ import annotations`, which IPython
    keeps up for all later cells.
    """

    language: str | None = None
    magics: Magics = ()
    annotations_run: bool = True

    def without_annotations(self) -> Dialect:
        """The dialect of the cells that follow such an import."""
        return replace(self, annotations_run=False)


PYTHON = Dialect()
"""A Python kernel as it begins."""
