"""Is a cell read while somebody edits it, in time, and as Python would read what is left?"""

from __future__ import annotations

import ast
import json
import re
import symtable
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from _pytest.mark import ParameterSet
from hypothesis import HealthCheck, given, settings

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.analysis import test_reader
from tests.core.analysis.rules import test_dynamic_names
from tests.core.analysis.test_hostile_text import check
from tests.core.edited_cells import edited
from tests.core.syntax import test_magics, test_parser

EXAMPLES = Path(__file__).parents[3] / "examples"
MOST_SECONDS = 2.0
# Calls that bind names without showing them as names: the compiler knows nothing of them.
INJECTING = re.compile(r"\b(exec|get_ipython|globals|locals|vars|var)\b")


def texts() -> Iterator[str]:
    """The cells of the examples, and of the tables of the other tests."""
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for module in (test_reader, test_magics, test_parser, test_dynamic_names):
        for rows in vars(module).values():
            if isinstance(rows, list):
                yield from (row.values[0] for row in rows if isinstance(row, ParameterSet))


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
    assert len(TEXTS) > 200


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
    began = time.process_time()
    check(source)
    assert time.process_time() - began < MOST_SECONDS
    names = read_cell(source)
    read_cell.cache_clear()
    assert read_cell(source) == names
    bound = bound_by_compiler(source)
    if bound is not None and not INJECTING.search(source):
        assert {definition.name for definition in names.definitions} <= bound
