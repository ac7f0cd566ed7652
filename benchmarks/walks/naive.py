"""What would a naive watcher say about a cell before it runs?

A baseline: it compares the free names of the cell's own text with `dir()`, and looks for the
modules that it imports. It follows no calls, and ignores branches and handlers, except that our
reader finds the names that are used immediately.
"""

from __future__ import annotations

import ast

from benchmarks.walks.outcomes import Verdict
from jupyter_namespace_viz.core.analysis.cell_names import top_level_imports
from jupyter_namespace_viz.core.analysis.reader import read_cell

_IN_THE_KERNEL = """(
    [it for it in {names!r} if it not in globals() and it not in dir(__import__('builtins'))]
    + [it for it in {modules!r} if __import__('importlib.util').util.find_spec(it) is None]
)"""


def missing_names_expression(source: str) -> str:
    """The expression that returns what is missing, to evaluate in the kernel."""
    names = read_cell(source)
    used = [use.name for use in names.uses if use.phase == "immediate" and not use.via]
    modules = [one.module for one in top_level_imports(names)]
    return _IN_THE_KERNEL.format(names=used, modules=modules)


def naive_verdict(answer: str | None) -> Verdict:
    """The verdict that follows from the kernel's answer: blocked if anything is missing."""
    missing = tuple(ast.literal_eval(answer)) if answer else ()
    return Verdict("blocked" if missing else "ready", missing, None, (), ())
