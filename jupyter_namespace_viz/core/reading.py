"""How is a cell's text turned into its names?"""

from __future__ import annotations

from functools import lru_cache

from jupyter_namespace_viz.core import magics
from jupyter_namespace_viz.core.bindings import Definition
from jupyter_namespace_viz.core.bodies import BODY_RULES
from jupyter_namespace_viz.core.cell_names import CellNames, Import, Use
from jupyter_namespace_viz.core.expressions import EXPRESSION_RULES
from jupyter_namespace_viz.core.name_log import NameLog
from jupyter_namespace_viz.core.parsing import parse
from jupyter_namespace_viz.core.problems import Problem
from jupyter_namespace_viz.core.statements import STATEMENT_RULES
from jupyter_namespace_viz.core.walking import Walker

RULES = {**STATEMENT_RULES, **BODY_RULES, **EXPRESSION_RULES}

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
    walker = Walker(RULES)
    if magic is None:
        return _read_python(walker, source, 1)
    for name in magic.reads:
        walker.log.read(name, magic.line)
    if magic.body in {"other", "unknown"}:
        walker.bind_magic(magic.binds)
        return _names_of(walker.log, (), language=magic.language)
    return _read_python(walker, magic.text, magic.first_line, magic)


def _read_python(
    walker: Walker, text: str, first_line: int, magic: magics.MagicCell | None = None
) -> CellNames:
    parsed = parse(text, first_line)
    problems = list(parsed.problems)
    try:
        with walker.lines_from(first_line - 1):
            if magic is not None and magic.body == "unbound":
                walker.in_passing(parsed.body)
            else:
                walker.block(parsed.body)
    except RecursionError:
        problem = Problem(first_line, "too_deep", "This cell is nested too deeply to be read.")
        return CellNames(problems=(problem,))
    binds = () if magic is None else magic.binds
    walker.bind_magic(binds)
    empty = not parsed.body and not problems and not binds
    return _names_of(walker.log, tuple(problems), empty=empty)


def _names_of(
    log: NameLog, problems: tuple[Problem, ...], language: str | None = None, empty: bool = False
) -> CellNames:
    boundness = log.cell.flow.boundness
    definitions = tuple(
        Definition(name, found.kind, bound == "bound", tuple(found.imports), found.line)
        for name, found in sorted(log.found.items())
        if (bound := boundness(name)) in {"bound", "maybe"}
    )
    if log.last_followed_line is not None:
        message = "The cell calls too much: what its functions read is followed up to here only."
        problems = (*problems, Problem(log.last_followed_line, "too_large", message))
    return CellNames(
        definitions=definitions,
        uses=tuple(use for _, use in sorted({**_deferred_uses(log), **log.uses}.items())),
        deletions=tuple(sorted(name for name in log.unbound if boundness(name) != "bound")),
        imports=tuple(sorted(log.imports.values(), key=_module_of)),
        star_imports=tuple(sorted(log.star_imports)),
        unknown_stars=tuple(sorted(log.star_imports)),
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
    deleted = {name: it for name, it in log.deferred_bound.items() if name in log.unbound}
    for name, read in {**deleted, **log.deferred}.items():
        boundness = log.cell.flow.boundness(name)
        if boundness != "bound":
            certain = read.certain and boundness != "maybe"
            uses[name] = Use(name, "deferred", certain, star=bool(log.star_imports))
    return uses
