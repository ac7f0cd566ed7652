"""How accurate is the reading of cells, compared with other readers?

Needs a folder of notebooks, and an oracle: records of what happened when they ran, one JSON file
per notebook (`scoring.py` describes it). The other readers are those of the extra `bench` that are
installed. They get the cells as IPython transforms them, without `import *` where they refuse it.
They do not say which cell provides a name: for them it is the nearest earlier cell that defines it.
Nor do they say when a name is read: it counts as deferred if the text reads it only in functions.

    python -m benchmarks.accuracy notebooks --oracle oracle

Modules of star imports are searched where this Python finds modules (PYTHONPATH counts).
"""

# ruff: noqa: T201, PLC0415 - a script that prints, and imports what is installed

from __future__ import annotations

import argparse
import ast
import json
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from benchmarks.scoring import MEASURES, Score
from jupyter_namespace_viz.cli.arguments import KernelOptions
from jupyter_namespace_viz.cli.names.formats import names_as_json
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader

Names = tuple[set[str], set[str]]
"""The names that a cell defines, and those that it uses."""


def ours(notebooks: list[Path]) -> list[dict[str, Any]]:
    """What our own command line prints."""
    lines = names_as_json(NotebookReader(notebooks, KernelOptions(sys.executable)))
    return json.loads("".join(lines))["notebooks"]


def readers() -> dict[str, Callable[[ast.Module], Names]]:
    """The other readers that are installed."""
    found: dict[str, Callable[[ast.Module], Names]] = {}
    try:
        from marimo._ast.visitor import ScopedVisitor

        def marimo(tree: ast.Module) -> Names:
            visitor = ScopedVisitor("cell", ignore_local=True)  # or `_x` would be renamed
            visitor.visit(_without_stars(tree))
            return set(visitor.defs), set(visitor.refs)

        found["marimo"] = marimo
    except ImportError:
        pass
    try:
        from ipyflow.analysis.live_refs import compute_live_dead_symbol_refs
        from ipyflow.shell.interactiveshell import IPyflowInteractiveShell

        IPyflowInteractiveShell.instance()

        def ipyflow(tree: ast.Module) -> Names:
            live, dead, changed = compute_live_dead_symbol_refs(_without_stars(tree))
            bound = [it for it in dead | changed if len(it.chain) == 1]
            return _symbols(bound), _symbols(it.ref for it in live)

        found["ipyflow"] = ipyflow
    except ImportError:
        pass
    try:
        from pyflakes import checker, messages

        def pyflakes(tree: ast.Module) -> Names:
            checked = checker.Checker(tree)
            module = next(s for s in checked.deadScopes if isinstance(s, checker.ModuleScope))
            kinds = (checker.Builtin, checker.StarImportation)
            bound = {name for name, it in module.items() if not isinstance(it, kinds)}
            unknown = (messages.UndefinedName, messages.ImportStarUsage)
            return bound, {m.message_args[0] for m in checked.messages if isinstance(m, unknown)}

        found["pyflakes"] = pyflakes
    except ImportError:
        pass
    return found


def _symbols(refs: Any) -> set[str]:
    return {str(ref.chain[0].value) for ref in refs}


def _without_stars(tree: ast.Module) -> ast.Module:
    """A copy without `from m import *`, which marimo and ipyflow refuse."""
    copy = ast.parse(ast.unparse(tree))
    for node in ast.walk(copy):
        for block in ("body", "orelse", "finalbody"):
            statements = getattr(node, block, None)
            if isinstance(statements, list):
                setattr(node, block, [ast.Pass() if _is_star(it) else it for it in statements])
    return ast.fix_missing_locations(copy)


def _is_star(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)


def theirs(read: Callable[[ast.Module], Names], notebooks: list[Path]) -> Iterator[dict[str, Any]]:
    """What another reader finds in the cells, in the format that our command line prints."""
    for path in notebooks:
        cells, edges = [], {}
        provider: dict[str, int] = {}
        for index, source in _code_cells(path):
            bound, uses, at_once = _read(read, source)
            for name in uses & provider.keys():
                edges.setdefault((provider[name], index), []).append(name)
            provider |= dict.fromkeys(bound, index)
            cells.append(
                {
                    "index": index,
                    "definitions": [{"name": name} for name in sorted(bound)],
                    "uses": [
                        {"name": name, "phase": "immediate" if name in at_once else "deferred"}
                        for name in sorted(uses)
                    ],
                }
            )
        found = [{"provider": p, "consumer": c, "names": names} for (p, c), names in edges.items()]
        yield {"path": str(path), "cells": cells, "edges": found}


def _code_cells(path: Path) -> Iterator[tuple[int, str]]:
    for index, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            yield index, "".join(cell["source"])


def _read(read: Callable[[ast.Module], Names], source: str) -> tuple[set[str], set[str], set[str]]:
    """The names that the cell defines, those that it uses, and those read outside of functions."""
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
        return *read(tree), set(_read_at_once(tree))
    except Exception as error:  # noqa: BLE001 - any error of another reader: nothing was read
        if not isinstance(error, SyntaxError):
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return set(), set(), set()


def _read_at_once(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        outside = [node.args] if isinstance(node, ast.Lambda) else [node.args, node.returns]
        outside += getattr(node, "decorator_list", [])
    else:
        outside = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Name):
        yield node.id
    for part in filter(None, outside):
        yield from _read_at_once(part)


def score(readings: Iterable[dict[str, Any]], oracle: Path) -> Score:
    """Compares the readings of the notebooks with their oracle."""
    score = Score()
    for reading in readings:
        path = Path(reading["path"])
        truth = json.loads((oracle / f"{path.stem}.json").read_text(encoding="utf-8"))
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        score.add(reading, truth, ["".join(cell["source"]) for cell in cells])
    return score


def main() -> None:
    """Read, score and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the notebooks are")
    parser.add_argument("--oracle", type=Path, required=True, help="what happened when they ran")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    names = {path.stem for path in arguments.oracle.glob("*.json")}
    notebooks = sorted(it for it in arguments.folder.rglob("*.ipynb") if it.stem in names)
    if not notebooks:
        parser.error(f"{arguments.oracle} has no notebook of {arguments.folder}.")
    scores = {"ours": score(ours(notebooks), arguments.oracle)}
    for name, read in readers().items():
        scores[name] = score(theirs(read, notebooks), arguments.oracle)
    count = f"{scores['ours'].notebooks} notebooks, {scores['ours'].cells} cells"
    print(f"{count}; recall / precision in percent\n")
    print(f"{'':10}" + "".join(f"{measure:>16}" for measure in MEASURES))
    for name, found in scores.items():
        columns = (f"{it.recall} / {it.precision or '-'}" for it in found.measures.values())
        print(f"{name:10}" + "".join(f"{column:>16}" for column in columns))


if __name__ == "__main__":
    main()
