"""How is a cell's text turned into its names?"""

from __future__ import annotations

from functools import lru_cache

from jupyter_namespace_viz.core import magics
from jupyter_namespace_viz.core.bindings import Definition
from jupyter_namespace_viz.core.cell_names import CellNames, Import, Use
from jupyter_namespace_viz.core.name_log import NameLog
from jupyter_namespace_viz.core.parsing import parse
from jupyter_namespace_viz.core.problems import Problem
from jupyter_namespace_viz.core.walk import Walk

MAX_SOURCE_CHARS = 200_000
"""Longer cells hold data, not code; reading one would hold up everything else for seconds."""


@lru_cache(maxsize=20_000)
def read_cell(source: str) -> CellNames:
    """The names of one cell. Odd text gives a `Problem`, never an exception.

    >>> [use.name for use in read_cell("total = total + np.sum(x)").uses]
    ['np', 'total', 'x']
    """
    if len(source) > MAX_SOURCE_CHARS:
        message = f"This cell is longer than {MAX_SOURCE_CHARS:,} characters and is not read."
        return CellNames(problems=(Problem(None, "too_large", message),))
    if not source.strip() or magics.is_automagic(source):
        return CellNames(empty=not source.strip())
    magic = magics.read_cell_magic(source)
    if magic is None:
        return _read_python(source, 1, Walk())
    walk = Walk(binds_stay=magic.body != "unbound")
    for name in magic.reads:
        walk.log.read(name, magic.line)
    if magic.body in {"other", "unknown"}:
        walk.bind_magic(magic.binds)
        return _names_of(walk, (), language=magic.language)
    return _read_python(magic.text, magic.first_line, walk, magic.binds)


def _read_python(
    text: str, first_line: int, walk: Walk, magic_binds: tuple[str, ...] = ()
) -> CellNames:
    parsed = parse(text, first_line)
    problems = list(parsed.problems)
    try:
        walk.run(parsed.body, first_line - 1)
    except RecursionError:
        problem = Problem(first_line, "too_deep", "This cell is nested too deeply to be read.")
        return CellNames(problems=(problem,))
    walk.bind_magic(magic_binds)
    empty = not parsed.body and not problems and not magic_binds
    return _names_of(walk, tuple(problems), empty=empty)


def _names_of(
    walk: Walk, problems: tuple[Problem, ...], language: str | None = None, empty: bool = False
) -> CellNames:
    log, flow = walk.log, walk.log.cell.flow
    definitions = tuple(
        Definition(name, found.kind, name in flow.bound, tuple(found.imports), found.line)
        for name, found in sorted(log.found.items())
        if name in flow.bound or name in flow.maybe
    )
    return CellNames(
        definitions=definitions,
        uses=tuple(use for _, use in sorted({**_deferred_uses(log), **log.uses}.items())),
        deletions=tuple(sorted(log.unbound - flow.bound)),
        imports=tuple(sorted(log.imports.values(), key=_module_of)),
        star_imports=tuple(sorted(log.star_imports)),
        functions=tuple(function for _, function in sorted(log.cell.functions.items())),
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
        language=language,
        empty=empty,
    )


def _module_of(imported: Import) -> str:
    return imported.module


def _deferred_uses(log: NameLog) -> dict[str, Use]:
    """What the cell's functions read and the cell itself does not certainly bind."""
    uses = {}
    for name, read in log.deferred.items():
        boundness = log.cell.flow.boundness(name)
        if boundness != "bound":
            certain = read.certain and boundness != "maybe"
            uses[name] = Use(name, "deferred", certain, star=bool(log.star_imports))
    return uses
