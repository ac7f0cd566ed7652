"""What would a naive watcher say of a cell before it runs?

For scale: it compares the free names of the cell's own text with `dir()`, and looks for the modules
that it imports. It follows no calls, and knows no branches, handlers or magics but as our reader
tells what is used at once.
"""

from __future__ import annotations

import ast

from benchmarks.walks.happenings import Said
from jupyter_namespace_viz.core.analysis.cell_names import top_level_imports
from jupyter_namespace_viz.core.analysis.reader import read_cell

_IN_THE_KERNEL = """(
    [it for it in {names!r} if it not in globals() and it not in dir(__import__('builtins'))]
    + [it for it in {modules!r} if __import__('importlib.util').util.find_spec(it) is None]
)"""


def question_for(source: str) -> str:
    """The expression that tells, evaluated in the kernel, what is missing."""
    names = read_cell(source)
    used = [use.name for use in names.uses if use.phase == "immediate" and not use.via]
    modules = [one.module for one in top_level_imports(names)]
    return _IN_THE_KERNEL.format(names=used, modules=modules)


def naively_said(answer: str | None) -> Said:
    """What follows from the kernel's answer: blocked by whatever is missing."""
    missing = tuple(ast.literal_eval(answer)) if answer else ()
    return Said("blocked" if missing else "ready", missing, None, (), ())
