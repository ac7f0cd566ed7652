"""Which cells are no Python of the kernel's version?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.kernel_grammar import too_new_for, unparsed_problems
from jupyter_namespace_viz.core.sentences import counted, in_sequence, sentence
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED
from jupyter_namespace_viz.core.syntax.magics import read_cell_magic
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text


def finding_for_python_2(graph: DependencyGraph, language_version: str | None) -> Finding | None:
    """A single finding for a notebook that does not parse because it is written for Python 2.

    Where the metadata do not give a version, one statement of Python 2 is enough.
    """
    problems = [
        (cell.id, problem)
        for index, cell in enumerate(graph.cells)
        for problem in unparsed_problems(graph, index)
    ]
    if language_version is None:
        is_python_2 = any(problem.kind == "python2" for _, problem in problems)
    else:
        is_python_2 = bool(problems) and language_version.startswith("2")
    if not is_python_2:
        return None
    cells = len({cell_id for cell_id, _ in problems})
    message = counted(
        "The notebook is written for Python 2: {count} of its cells is not valid Python 3. "
        "Convert it to Python 3.",
        "The notebook is written for Python 2: {count} of its cells are not valid Python 3. "
        "Convert it to Python 3.",
        cells,
    )
    cell_id, first = problems[0]
    return Finding(cell_id, None, "SyntaxError", None, True, None, message, first.line)


def unreadable(
    graph: DependencyGraph, index: int, version: tuple[int, int] | None
) -> Iterator[Finding]:
    """The syntax errors of the cell at `index` in a Python of that version."""
    cell_id = graph.cells[index].id
    too_new = too_new_for(graph, index, version)
    for problem in too_new or unparsed_problems(graph, index):
        remedy = sentence("Correct it or comment it out.")
        message = in_sequence(problem.message, remedy)
        finding = Finding(cell_id, None, "SyntaxError", None, True, None, message, problem.line)
        yield replace(finding, before_run=bool(too_new) or _is_no_python(graph.cells[index].source))


@cached_by_text(lambda _: 100, unread=False)
def _is_no_python(source: str) -> bool:
    """Whether the text does not even parse: then IPython runs none of its statements. Those above
    one that the compiler refuses run."""
    magic = read_cell_magic(source)
    parsed = parse(source) if magic is None else parse(magic.text)
    return any(problem.kind in UNPARSED for problem in parsed.problems)
