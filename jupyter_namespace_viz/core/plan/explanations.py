"""Which sentences explain the steps of a plan?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.sentences import (
    CellAt,
    Sentence,
    counted,
    enumeration,
    sentence,
)
from jupyter_namespace_viz.core.verdicts.wording.mentions import list_of_cells, random_numbers

Subject = TypeVar("Subject", bound=str | RandomNumbers)
"""What a sentence is about: a name or random numbers."""


def provides(
    verb: Literal["Changes", "Defines", "Imports", "Redefines"],
    consumers: Mapping[Subject, Iterable[int]],
) -> Sentence:
    """What a step of a plan provides; `consumers` maps each name to the indexes of the cells that
    need it.
    """
    names = _listed(consumers)
    indexes = sorted({index for needing in consumers.values() for index in needing})
    count, cells = len(indexes), list_of_cells(indexes)
    match verb:
        case "Defines":
            return counted(
                "Defines {names}, which {cells} needs.",
                "Defines {names}, which {cells} need.",
                count,
                names=names,
                cells=cells,
            )
        case "Changes":
            return counted(
                "Changes {names}, which {cells} needs.",
                "Changes {names}, which {cells} need.",
                count,
                names=names,
                cells=cells,
            )
        case "Imports":
            return counted(
                "Imports {names}, which {cells} needs.",
                "Imports {names}, which {cells} need.",
                count,
                names=names,
                cells=cells,
            )
        case "Redefines":
            return counted(
                "Redefines {names}, which {cells} needs.",
                "Redefines {names}, which {cells} need.",
                count,
                names=names,
                cells=cells,
            )


def may_provide(
    verb: Literal["Changes", "Defines", "May define"], consumers: Mapping[str, Iterable[int]]
) -> Sentence:
    """As `provides`, for a step that is only perhaps needed: the cell binds the names on some paths
    only, or the others read them on some paths only.
    """
    names = _listed(consumers)
    indexes = sorted({index for needing in consumers.values() for index in needing})
    cells = list_of_cells(indexes)
    match verb:
        case "May define":
            return sentence("May define {names}, which {cells} may need.", names=names, cells=cells)
        case "Defines":
            return sentence("Defines {names}, which {cells} may need.", names=names, cells=cells)
        case "Changes":
            return sentence("Changes {names}, which {cells} may need.", names=names, cells=cells)


def imports_unneeded(names: Iterable[str]) -> Sentence:
    """What a step that restores imports binds, where no cell needs it."""
    return sentence("Imports {names}, which no cell needs.", names=_listed(names))


def imports_all_names(module: str) -> Sentence:
    """What a star import binds, where it is not known whether a cell needs it."""
    return sentence("Imports all names of `{module}`.", module=module)


THE_CELL_ITSELF = sentence("The cell itself.")
"""Why the cell that the user chose runs."""


def would_raise(index: int) -> Sentence:
    """Why a name that the cell at `index` defines stays missing."""
    return sentence("Cell {cell}, which defines it, would raise an error too.", cell=CellAt(index))


def stays_stale(index: int, why: str, was_stale: bool) -> Sentence:
    """Why no run makes the cell at `index` fresh; `why` is a sentence."""
    if was_stale:
        stays = sentence("Cell {cell} stays stale.", cell=CellAt(index))
    else:
        stays = sentence("Cell {cell} will be stale.", cell=CellAt(index))
    return sentence("{stays} {why}", stays=stays, why=why)


def uses(providers: Mapping[Subject, Iterable[int]]) -> Sentence:
    """Why a cell runs after others; `providers` maps each name to the indexes of the cells that
    define it.
    """
    indexes = sorted({index for defining in providers.values() for index in defining})
    return sentence(
        "Uses {names} from {cells}.", names=_listed(providers), cells=list_of_cells(indexes)
    )


def does_not_import(index: int, has_several: bool) -> Sentence:
    """Why the imports of the cell at `index` alone do not bind a name; `has_several`: because the
    cell chooses between several.
    """
    if has_several:
        return sentence(
            "Cell {cell} chooses between several imports: run the cell.", cell=CellAt(index)
        )
    return sentence("Cell {cell} has no import statement for it.", cell=CellAt(index))


def _listed(names: Iterable[str | RandomNumbers]) -> str:
    """Names in code style and random numbers in words, sorted."""
    by_word = {it if isinstance(it, str) else it.value: it for it in names}
    in_order = (it for _, it in sorted(by_word.items()))
    return enumeration(f"`{it}`" if isinstance(it, str) else random_numbers(it) for it in in_order)
