"""What are names, cells and random numbers called in sentences, and those who ran some code?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.kernel_state.cell_runs import RunOrigin
from jupyter_namespace_viz.core.sentences import CellAt, Field, Sentence, sentence


def mention(name: str, via: str | None) -> str:
    """A name as the subject of a sentence, with the function `via` that reads it, if any."""
    if via is None:
        return f"`{name}`"
    return sentence("`{name}` (used by `{via}`)", name=name, via=via)


def cell_field(index: int | None) -> Field:
    """The field for a cell; empty where the sentence mentions none."""
    return "" if index is None else CellAt(index)


def list_of_cells(indexes: Sequence[int]) -> Sentence:
    """The cells at `indexes`, at most three of them."""
    first, *others = map(CellAt, indexes)
    if not others:
        return sentence("cell {cell}", cell=first)
    second, *others = others
    if not others:
        return sentence("cells {first} and {last}", first=first, last=second)
    third, *others = others
    if not others:
        return sentence(
            "cells {first}, {second} and {last}", first=first, second=second, last=third
        )
    return sentence(
        "cells {first}, {second}, {third} and more", first=first, second=second, third=third
    )


def subject_of(origin: RunOrigin) -> Sentence:
    """Who ran some code, as the subject of a sentence."""
    if origin.index is not None:
        return sentence("cell {cell}", cell=CellAt(origin.index))
    match origin.kind:
        case "one_of_cells" if len(origin.indexes) > 1:
            return sentence("one of {cells}", cells=list_of_cells(origin.indexes))
        case "one_of_cells":
            return sentence(
                "cell {cell} or another one with the same text", cell=CellAt(origin.indexes[0])
            )
        case "deleted_cell":
            return sentence("a deleted cell")
        case "text_cell":
            return sentence("a cell that is no longer code")
        case "restored_import":
            return sentence("a restored import")
        case "other_notebook":
            return sentence("another notebook")
        case "console":
            return sentence("a console or another program")
        case "outside":
            return sentence("code outside the notebook")
        case _:
            return sentence("unknown code")


def random_numbers(numbers: RandomNumbers) -> Sentence:
    """The random numbers of a module, as the object of a sentence."""
    match numbers:
        case RandomNumbers.NUMPY:
            return sentence("NumPy's random numbers")
        case RandomNumbers.PYTHON:
            return sentence("Python's random numbers")
        case RandomNumbers.TENSORFLOW:
            return sentence("TensorFlow's random numbers")
        case RandomNumbers.TORCH:
            return sentence("PyTorch's random numbers")
