"""Is a cell read while it is edited, and as Python would read what is left?"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import symtable
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from _pytest.mark import ParameterSet
from hypothesis import HealthCheck, given, settings

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core import analysis, syntax
from tests.core.tools.any_text import check
from tests.core.tools.edited_cells import edited
from tests.core.tools.work import calls_made

EXAMPLES = Path(__file__).parents[3] / "examples"
MOST_CALLS = 100
"""The most calls that reading any text may make per character."""
# Calls that bind names without showing them as names, and prompts, which IPython removes and which
# are annotations without it: the compiler knows nothing of these names.
INJECTING = re.compile(r"\b(exec|get_ipython|global_enum|globals|locals|vars|var)\b|In \[\d+\]:")


def tables() -> Iterator[ParameterSet]:
    """The rows of the tables of all other tests of syntax and analysis."""
    for folder in (analysis, syntax):
        for found in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
            if found.name == __name__:
                continue
            for rows in vars(import_module(found.name)).values():
                if isinstance(rows, list):
                    yield from (row for row in rows if isinstance(row, ParameterSet))


def texts() -> Iterator[object]:
    """The cells of the examples and of the tables."""
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    yield from (row.values[0] for row in tables())


TEXTS = sorted({text for text in texts() if isinstance(text, str)})


def bound_by_compiler(source: str) -> set[str] | None:
    """The names that the text may bind in the namespace; None where it does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
            tables = [symtable.symtable(source, "cell", "exec")]
    except (SyntaxError, ValueError):
        return None
    bound = set()
    for table in tables:
        tables += table.get_children()
        for symbol in table.get_symbols():
            if table is tables[0] or symbol.is_global():
                bound |= (
                    {symbol.get_name()} if symbol.is_assigned() or symbol.is_imported() else set()
                )
    return bound


def test_there_are_texts() -> None:
    assert len(TEXTS) > 300


@settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(edited(TEXTS))
def test_edited_cells(source: str) -> None:
    read_cell.cache_clear()
    assert calls_made(lambda: check(source)) <= MOST_CALLS * (len(source) + 100)
    names = read_cell(source)
    read_cell.cache_clear()
    assert read_cell(source) == names
    bound = bound_by_compiler(source)
    if bound is not None and not INJECTING.search(source):
        assert {definition.name for definition in names.definitions} <= bound
