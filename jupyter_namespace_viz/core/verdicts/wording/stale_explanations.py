"""Which sentence explains why a cell is stale?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.kernel_state.cell_runs import RunOrigin
from jupyter_namespace_viz.core.sentences import Sentence, sentence
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.verdicts.wording.mentions import (
    cell_field,
    list_of_cells,
    mention,
    random_numbers,
    subject_of,
)


def stale_cell(stale: StaleCell, read_from: RunOrigin | None, index: int) -> Sentence:
    """Why the cell at `index`, which ran, is stale.

    `read_from` is the origin of the value that it read instead of the value of the cell at
    `stale.index`.
    """
    name, cell = stale.name, cell_field(stale.index)
    match stale.reason:
        case "edited":
            return sentence("This cell was edited after it ran.")
        case "ran_again":
            return sentence(
                "Cell {cell} redefined `{name}` after this cell ran.", cell=cell, name=name
            )
        case "mutated":
            return sentence(
                "Cell {cell} may have changed `{name}` after this cell ran.", cell=cell, name=name
            )
        case "not_run":
            return sentence(
                "In order, `{name}` comes from cell {cell}, which has not run.",
                cell=cell,
                name=name,
            )
        case "one_of_cells":
            return sentence(
                "In order, `{name}` comes from cell {cell}. Whether that cell has run is not "
                "known: another one has the same text.",
                cell=cell,
                name=name,
            )
        case "failed":
            return sentence(
                "In order, `{name}` comes from cell {cell}, which failed when it last ran.",
                cell=cell,
                name=name,
            )
        case "deleted":
            return sentence(
                "Cell {cell}, further up, deletes `{name}`, which this cell used.",
                cell=cell,
                name=name,
            )
        case "later_cell":
            return sentence("Used `{name}` from cell {cell}, further down.", name=name, cell=cell)
        case "cell_deleted":
            return sentence(
                "Used `{name}` from a deleted cell; no cell above defines it any more.", name=name
            )
        case "no_cell":
            return sentence("Used `{name}`, which no cell above defines.", name=name)
        case "input":
            return sentence(
                "In order, cell {cell} may give {subject} another value.",
                cell=cell,
                subject=mention(name, None),
            )
        case "other_value" if read_from is not None and read_from.index != index:
            return sentence(
                "Used `{name}` from {binder}; in order it comes from cell {cell}.",
                name=name,
                binder=subject_of(read_from),
                cell=cell,
            )
        case "other_value":
            return sentence("Used its own earlier value of `{name}`.", name=name)
        case "other_draws":
            return sentence(
                "Used {numbers}; in order they may be different.",
                numbers=random_numbers(RandomNumbers(name)),
            )


def perhaps_ran(origin: RunOrigin, count: int, error: str | None = None) -> Sentence:
    """One of several cells with the same text has run, as the run with this count, which raised
    `error`."""
    if len(origin.indexes) > 1 and error is not None:
        return sentence(
            "One of {cells}, which have the same text, ran as [{count}] and raised `{error}`; "
            "which one is not known.",
            cells=list_of_cells(origin.indexes),
            count=count,
            error=error,
        )
    if error is not None:
        return sentence(
            "This cell or another one with the same text ran as [{count}] and raised `{error}`; "
            "which one is not known.",
            count=count,
            error=error,
        )
    if len(origin.indexes) > 1:
        return sentence(
            "One of {cells}, which have the same text, ran as [{count}]; which one is not known.",
            cells=list_of_cells(origin.indexes),
            count=count,
        )
    return sentence(
        "This cell or another one with the same text ran as [{count}]; which one is not known.",
        count=count,
    )


def from_one_of_cells(name: str, via: str | None, binder: str) -> Sentence:
    """The held name was bound by one of several cells with the same text."""
    return sentence(
        "{subject} comes from {binder}; which one ran is not known.",
        subject=mention(name, via),
        binder=binder,
    )
