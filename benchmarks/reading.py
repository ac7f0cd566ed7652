"""How long does the reading of cells take, compared with other readers?

Measures, all in this process and in turn,

- reading all different code cells of the notebooks in a folder: ours, IPython's transform with
  `ast.parse` alone, and the readers of the extra `bench` that are installed (marimo, ipyflow,
  pyflakes), which get the transformed text;
- a new graph for notebooks of 100 to 10,000 cells, and the graph after one of their cells changed;
- cells of the maximum length, each with one kind of content.

    python benchmarks/reading.py folder
"""

# ruff: noqa: T201, PLC0415 - a script that prints, and imports what is installed

from __future__ import annotations

import argparse
import ast
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.core.tools.long_cells import LONG, MAGIC_LINES

Reader = Callable[[str], object]


def code_cells(folder: Path) -> Iterator[str]:
    """The texts of the code cells of all notebooks."""
    for path in sorted(folder.rglob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (ValueError, KeyError, UnicodeDecodeError):
            continue
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def peers() -> dict[str, Reader]:
    """The readers that are installed; each parses a text and finds the names in it."""
    found: dict[str, Reader] = {}
    try:
        from marimo._ast.visitor import ScopedVisitor

        found["marimo"] = lambda text: ScopedVisitor("cell").visit(ast.parse(text))
    except ImportError:
        pass
    try:
        from ipyflow.analysis.live_refs import compute_live_dead_symbol_refs
        from ipyflow.shell.interactiveshell import IPyflowInteractiveShell

        IPyflowInteractiveShell.instance()
        found["ipyflow"] = compute_live_dead_symbol_refs
    except ImportError:
        pass
    try:
        from pyflakes.checker import Checker

        found["pyflakes"] = lambda text: Checker(ast.parse(text))
    except ImportError:
        pass
    return found


def seconds(reader: Reader, texts: list[str]) -> float:
    """The processor time for reading all texts; continues when a text cannot be read."""
    read_cell.cache_clear()
    began = time.process_time()
    for text in texts:
        try:
            reader(text)
        except (SyntaxError, RecursionError, ValueError, AssertionError):
            continue
    return time.process_time() - began


def compare_readers(texts: list[str], rounds: int) -> None:
    """Print our times and those of the others: medians, and the median ratio of one round."""
    manager = TransformerManager()

    def transform_and_parse(text: str) -> object:
        return ast.parse(manager.transform_cell(text))

    readable = list(_readable(manager, texts))
    print(f"{len(texts)} different cells, {sum(map(len, texts)):,} characters\n")
    print(f"{'ours against':34} ours      other     ratio")
    others = [("IPython's transform and ast.parse", transform_and_parse, texts)]
    others += [(f"{name}, on transformed text", it, readable) for name, it in peers().items()]
    for name, reader, given in others:
        pairs = [(seconds(read_cell, given), seconds(reader, given)) for _ in range(rounds)]
        ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        print(f"{name:34} {ours:6.3f} s  {theirs:6.3f} s  x{ratio:.2f}")


def _readable(manager: TransformerManager, texts: list[str]) -> Iterator[str]:
    """The texts as IPython transforms them, where the result is Python; IPython 8 may raise."""
    for text in texts:
        try:
            transformed = manager.transform_cell(text)
            ast.parse(transformed)
        except (SyntaxError, ValueError, RecursionError):
            continue
        yield transformed


def show_growth(texts: list[str]) -> None:
    """Print the time for the graph of 100 to 10,000 cells, and for one edit in it."""
    print(f"\n{'cells':>8}  {'new graph':>12}  {'after an edit':>14}  edges")
    for size in (100, 1_000, 10_000):
        sources = [texts[number % len(texts)] + f"\nn_{number} = 1" for number in range(size)]
        cells = [Cell(str(number), source) for number, source in enumerate(sources)]
        read_cell.cache_clear()
        began = time.process_time()
        graph = updated_graph(EMPTY_GRAPH, cells)
        new = time.process_time() - began
        edits = []
        for number in range(5):
            index = number * size // 5
            cells[index] = Cell(str(index), f"{sources[index]}\nedited_{number} = n_{index}")
            began = time.process_time()
            graph = updated_graph(graph, cells)
            edits.append(time.process_time() - began)
        edit = statistics.median(edits)
        print(f"{size:8}  {1e3 * new:9.1f} ms  {1e3 * edit:11.2f} ms  {len(graph.edges)}")


def show_long_cells() -> None:
    """Print the times for cells of the maximum length, and for cells of thousands of magics."""
    magics = {f"{line}, 2,000 times": f"{line}\n" * 2_000 for line in MAGIC_LINES}
    print(f"\n{'a cell of nothing but':40} characters  time")
    for kind, text in (LONG | magics).items():
        print(f"{kind:40} {len(text):10,}  {seconds(read_cell, [text]):5.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the notebooks are")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    texts = list(dict.fromkeys(filter(str.strip, code_cells(arguments.folder))))
    if not texts:
        parser.error(f"There is no notebook with code in {arguments.folder}.")
    compare_readers(texts, arguments.rounds)
    show_growth(texts)
    show_long_cells()


if __name__ == "__main__":
    main()
