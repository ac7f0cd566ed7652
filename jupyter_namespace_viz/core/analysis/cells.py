"""What is a cell?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: the unit of dependency.

    `id` is unique in its notebook; `source` is the text as the user sees it, magics included.
    `has_result` says whether it shows an execution count or an output, of whatever kernel.
    """

    id: str
    source: str
    has_result: bool = False
