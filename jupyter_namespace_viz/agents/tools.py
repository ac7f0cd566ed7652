"""Which tools are there for agents, and what does a model read about them?

The MCP servers take names, arguments and docstrings from here. `from __future__ import annotations`
is left out: some read the annotations as they stand.
"""

from collections.abc import Awaitable, Callable, Mapping
from inspect import Parameter, signature
from typing import Any, TypeVar

import msgspec

from jupyter_namespace_viz.agents.answers import (
    Answer,
    BeforeRun,
    Change,
    Effects,
    ImportStates,
    NameFacts,
    NotebookState,
    PlanAnswer,
)
from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.core.vocabulary import PlanMode
from jupyter_namespace_viz.protocol.errors import quoted

T = TypeVar("T", bound=Answer)

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Any]]
"""Answers the question that has the name of a tool, with these arguments."""

NAMES = (
    "namespace_notebook_state",
    "namespace_before_run",
    "namespace_why",
    "namespace_plan",
    "namespace_effect_of",
    "namespace_imports",
)

READ_ONLY = {
    "readOnlyHint": True,
    "destructiveHint": False,
    "idempotentHint": True,
    "openWorldHint": False,
}
"""How the Model Context Protocol says that a tool changes nothing: the annotations of all tools."""

SWITCHED_OFF = (
    "The tools for agents are switched off on this server (c.NamespaceVizApp.agent_tools = False)."
)

INSTRUCTIONS = """\
Tells what the live kernel of a Jupyter notebook holds compared with what its cells need. Call \
namespace_before_run before you run a cell, and run what it lists first; call \
namespace_notebook_state when you open a notebook and after a restart. Nothing here runs code, \
changes a notebook or shows values."""


class NamespaceTools:
    """The tools as functions; `ask` answers them, in this process or on a server.

    Where `cell` is an argument it is the id of the cell, or its number among the code cells of the
    notebook, from 1.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def namespace_notebook_state(self, path: str) -> NotebookState:
        """Compare an open Jupyter notebook with its live kernel: which cells failed, would raise
        NameError or ModuleNotFoundError, or are stale, and why.

        Call it when you open a notebook, after a restart, and when outputs look wrong. Execution
        counts and outputs in the file may be from before a restart; this is what the kernel really
        holds. Read-only: runs nothing, shows no values.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
        """
        return await self._answer(NotebookState, "namespace_notebook_state", {"path": path})

    async def namespace_before_run(self, path: str, cell: str | int) -> BeforeRun:
        """Call this before you run a notebook cell: would it raise now, why, and which cells or
        import statements to run first, in which order.

        Run each entry of run_first in order (only its `code` where that is given), then the cell.
        Read-only: runs nothing, shows no values.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
            cell: The id of the cell, or its number among the code cells (the first one is 1).
        """
        return await self._answer(BeforeRun, "namespace_before_run", {"path": path, "cell": cell})

    async def namespace_why(self, path: str, name: str) -> NameFacts:
        """Explain one variable, function or imported name of a notebook: does the live kernel hold
        it, what type it has, who bound it, and why it is missing, stale or overwritten.

        Call it after a NameError, or when a name seems to have a wrong value. Read-only: runs
        nothing, shows no values.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
            name: The name as the code writes it, such as df or np.
        """
        return await self._answer(NameFacts, "namespace_why", {"path": path, "name": name})

    async def namespace_plan(
        self, path: str, cell: str | int | None = None, mode: PlanMode = "with_cell"
    ) -> PlanAnswer:
        """List the shortest sequence of cells to run for a purpose, without running it.

        Read-only: runs nothing, shows no values.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
            cell: The id or number (the first code cell is 1) of a cell; null for all cells.
            mode: with_cell: what the cell needs, then the cell. cells: only what it needs. imports:
                only missing import statements. stale: stale cells, and what they need. dependents:
                the cells that depend on the cell.
        """
        return await self._answer(
            PlanAnswer, "namespace_plan", {"path": path, "cell": cell, "mode": mode}
        )

    async def namespace_effect_of(
        self,
        path: str,
        cell: str | int,
        change: Change,
        source: str | None = None,
        position: int | None = None,
    ) -> Effects:
        """Tell what editing, moving or deleting a cell would do to the others, before you do it:
        which cells would become stale or blocked, and which names no cell would define any more.

        Read-only: changes and runs nothing.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
            cell: The id or number (the first code cell is 1) of the cell to change.
            change: edit (give source), move (give position) or delete.
            source: The new text of the whole cell.
            position: The number that the cell would have after the move.
        """
        arguments = {
            "path": path,
            "cell": cell,
            "change": change,
            "source": source,
            "position": position,
        }
        return await self._answer(Effects, "namespace_effect_of", arguments)

    async def namespace_imports(self, path: str) -> ImportStates:
        """List the imports of a notebook that are missing from the live kernel, not installed in
        its environment (with the package to install), shadowed by a local file, or changed on disk.

        Read-only: runs nothing.

        Args:
            path: The notebook, relative to the Jupyter server's root folder, or absolute.
        """
        return await self._answer(ImportStates, "namespace_imports", {"path": path})

    async def _answer(
        self,
        answer_type: type[T],  # noqa: ARG002 - for the type checker
        name: str,
        arguments: Mapping[str, Any],
    ) -> T:
        answer: T = await self._ask(name, arguments)
        return answer

    def all(self) -> list[Callable[..., Awaitable[Answer]]]:
        """The tools, as functions without `self`."""
        return [getattr(self, name) for name in NAMES]


def answer_type(name: str) -> Any:
    """The type of the answer of a tool."""
    return signature(getattr(NamespaceTools, name)).return_annotation


def checked_arguments(name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a tool, with defaults, when they come as JSON; raises Unanswerable."""
    if name not in NAMES:
        raise Unanswerable(f"There is no tool {quoted(name)}. There are {', '.join(NAMES)}.")
    _, *parameters = signature(getattr(NamespaceTools, name)).parameters.values()
    unknown = sorted(set(arguments) - {it.name for it in parameters})
    if unknown:
        raise Unanswerable(f"{name} has no argument {quoted(unknown[0])}.")
    checked = {}
    for it in parameters:
        if it.name not in arguments and it.default is Parameter.empty:
            raise Unanswerable(f"{name} needs the argument {it.name!r}.")
        value = arguments.get(it.name, it.default)
        try:
            checked[it.name] = msgspec.convert(value, it.annotation)
        except msgspec.ValidationError as error:
            raise Unanswerable(f"{name}: {it.name}: {error}") from error
    return checked
