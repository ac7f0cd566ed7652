"""Would a notebook raise if it ran from its first cell to its last?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_namespace_viz.cli.arguments import KernelOptions
from jupyter_namespace_viz.cli.check.checker import CheckedNotebook, check_notebook, forget_modules
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import notebook_file_of
from jupyter_namespace_viz.cli.notebooks.reader import with_graph
from jupyter_namespace_viz.core.forecast.findings import Finding


class WouldRaise(Exception):
    """A run of the notebook would certainly end with an error; the message has a line for each."""


def refuse_what_would_raise(
    notebook: Any,
    *,
    kernel_name: str | None = None,
    folder: Path | None = None,
    may_raise: bool = True,
) -> None:
    """Raises WouldRaise if running all cells of an nbformat notebook in a new kernel would.

    The modules that count are those of the kernel, by default that of the notebook's metadata.
    `folder` is where it would run, by default the current one. With `may_raise` the errors of cells
    with the tag `raises-exception` are expected, as nbclient goes on after them. For example,
    before a long run:

        refuse_what_would_raise(notebook)
        NotebookClient(notebook).execute()
    """
    file = notebook_file_of((folder or Path.cwd()) / "notebook.ipynb", notebook)
    if kernel_name is not None:
        file = replace(file, kernel_name=kernel_name)
    if not may_raise:
        file = replace(file, may_raise=frozenset())
    forget_modules()
    checked = check_notebook(with_graph(file, KernelOptions()))
    found = certain(checked)
    if found:
        raise WouldRaise("\n".join(lines_on(checked, found)))


def certain(checked: CheckedNotebook) -> list[Finding]:
    """The errors that will certainly be raised, without their consequences."""
    return [it for it in checked.independent_findings if it.certain]


def lines_on(checked: CheckedNotebook, findings: Iterable[Finding]) -> list[str]:
    """`cell 3, line 2: NameError: …` for each."""
    return [f"{location(checked, it)}: {description(it)}" for it in findings]
