"""Why does a step of a plan run?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jupyter_namespace_viz.core.verdicts.explanations import list_of_cells


def provides(verb: str, consumers: Mapping[str, Iterable[int]]) -> str:
    """What a step of a plan is for; `consumers` has, for each name, the indexes of the cells that
    need it.
    """
    # Random numbers stand among the names; they are none.
    names = ", ".join(f"`{it}`" if it.isidentifier() else it for it in sorted(consumers))
    indexes = sorted({index for these in consumers.values() for index in these})
    need = "needs" if len(indexes) == 1 else "need"
    return f"{verb} {names}, which {list_of_cells(indexes)} {need}."


THE_CELL_ITSELF = "This is the cell itself."
"""Why a cell runs that the user chose."""


def uses(providers: Mapping[str, Iterable[int]]) -> str:
    """Why a cell runs after others; `providers` has, for each name, the indexes of the cells that
    define it.
    """
    names = ", ".join(f"`{name}`" for name in sorted(providers))
    indexes = sorted({index for these in providers.values() for index in these})
    return f"Uses {names} of {list_of_cells(indexes)}."
