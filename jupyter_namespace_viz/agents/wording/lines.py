"""How are cells written in an answer, and how does the answer stay short?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.protocol.errors import quoted

MOST_CHARACTERS = 3_600
"""Characters of the lines in one list, some 900 tokens; an answer has one such list, and little
else."""


MOST_IDS = 3
"""Cells with the same text whose ids are given."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said about the cell at `index`; `kind` is the short form of the text."""

    index: int
    kind: str
    text: str


def within_limit(
    graph: DependencyGraph, lines: Iterable[Line], most: int = MOST_CHARACTERS
) -> list[str]:
    """The texts in the order of their first cells, each once, after the cells that it is about.

    Where they are longer than `most` characters, the last ones are replaced by one line per kind
    with the numbers of their cells.
    """
    cells: dict[str, list[int]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for line in lines:
        cells[line.text].append(line.index)
        kinds[line.text] = line.kind
    written: list[str] = []
    left: dict[str, list[int]] = defaultdict(list)
    length = 0
    for text, indexes in cells.items():
        one = f"{_subject(graph, indexes)} {text}"
        length += len(one)
        if length <= most:
            written.append(one)
        else:
            left[kinds[text]] += indexes
    return written + [f"{numbers(indexes)} {kind}" for kind, indexes in left.items()]


def _subject(graph: DependencyGraph, indexes: Sequence[int]) -> str:
    """The cells with their ids, or, where they are many, their numbers only."""
    if len(indexes) > MOST_IDS:
        return numbers(indexes)
    return ", ".join(mention(graph, index) for index in indexes)


def texts_within_limit(texts: Sequence[str], most: int = MOST_CHARACTERS) -> list[str]:
    """As many of the texts as have `most` characters, and how many more there are."""
    length, shown = 0, 0
    for text in texts:
        length += len(text)
        if length > most:
            break
        shown += 1
    left = len(texts) - shown
    return [*texts[:shown], *([f"And {left} more."] if left else [])]


def mention(graph: DependencyGraph, index: int) -> str:
    """The cell as sentences number it, and its id."""
    return f"cell {index + 1} ({graph.cells[index].id})"


def numbers(indexes: Iterable[int]) -> str:
    """The numbers of these cells: `cells 1, 3–7`."""
    runs: list[list[int]] = []
    for index in sorted(set(indexes)):
        if runs and runs[-1][1] == index:
            runs[-1][1] = index + 1
        else:
            runs.append([index + 1, index + 1])
    texts = [f"{first}" if first == last else f"{first}–{last}" for first, last in runs]
    is_one = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"{'cell' if is_one else 'cells'} {', '.join(texts)}"


def cell_index(graph: DependencyGraph, cell: str | int) -> int:
    """The index of the cell with this id or number; raises Unanswerable."""
    if isinstance(cell, str) and cell in graph.index_of:
        return graph.index_of[cell]
    text = str(cell).strip().removeprefix("cell ")
    if text.isdecimal() and 1 <= int(text) <= len(graph.cells):
        return int(text) - 1
    if not graph.cells:
        raise Unanswerable("The notebook has no code cells.")
    raise Unanswerable(
        f"The notebook has no code cell {_shown(cell)}. Give the id of a code cell, or its number "
        f"from 1 to {len(graph.cells)}; a cell that was inserted only just now may have to be "
        "saved first."
    )


def _shown(cell: str | int) -> str:
    return quoted(cell) if isinstance(cell, str) else str(cell)
