"""Would this cell run now, and if not, why?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_codes, restoring_imports
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import assigned_by_calls, needs_at
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigins
from jupyter_namespace_viz.core.kernel_state.held_functions import held_functions
from jupyter_namespace_viz.core.kernel_state.installed_packages import (
    NOTHING_INSTALLED,
    Installations,
)
from jupyter_namespace_viz.core.kernel_state.module_answers import (
    first_line_changing_modules,
    missing_module,
    unverified_module,
)
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED
from jupyter_namespace_viz.core.verdicts import explanations
from jupyter_namespace_viz.core.verdicts.common_imports import KNOWN_IMPORTS
from jupyter_namespace_viz.core.verdicts.held_names import HeldNames
from jupyter_namespace_viz.core.verdicts.missing_names import MissingNames
from jupyter_namespace_viz.core.verdicts.queued_cells import QueuedCells, queued_indexes
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.verdicts.waiting_cells import awaited_importers, with_waiting
from jupyter_namespace_viz.core.vocabulary import CellStatus, NameStatus, Reason


@dataclass(frozen=True, slots=True)
class NotebookVerdict:
    """The verdicts on all cells, in document order, and the line that sums them up.

    `judgement` can tell of further names; None where the kernel is not Python's.
    """

    cells: tuple[CellVerdict, ...]
    summary: str
    judgement: CellJudge | None = field(default=None, compare=False, repr=False)


def star_modules(graph: DependencyGraph) -> frozenset[str]:
    """The star imports of the notebook, `%run file` included: what to ask the kernel for."""
    return frozenset(star for names in graph.names.values() for star in names.star_imports)


def judge(
    graph: DependencyGraph,
    namespace: Namespace,
    *,
    running: bool = True,
    answered: bool = True,
    silent: bool = False,
    language: str = "python",
    in_flight: Iterable[str] = (),
    former: Container[str] = frozenset(),
    clients: frozenset[str] = frozenset(),
    installations: Installations = NOTHING_INSTALLED,
) -> NotebookVerdict:
    """The verdict on every cell of the notebook against one kernel namespace.

    With `running` False there is no kernel, and `namespace` is what one would begin with. With
    `answered` False nothing is known of the kernel and every name it could hold is `unknown`;
    with `silent` True what is known may be old. Cells of a kernel of another language are
    `not_python`. `in_flight` are the ids of the cells that run or are queued, in that order,
    `former` those of cells that were deleted, `clients` who shows the notebook.
    `installations` tells of packages beside what the kernel does.
    """
    if language != "python":
        cells = tuple(CellVerdict(cell.id, "not_python") for cell in graph.cells)
        return NotebookVerdict(cells, f"This notebook's language is {language}, not Python.")
    origins = RunOrigins(graph, namespace, former, clients)
    judgement = CellJudge(graph, namespace, origins, running, answered, installations)
    flying = list(queued_indexes(graph, namespace, in_flight))
    unmarked = judgement.cells(flying)
    verdicts = with_waiting(graph, namespace.names, judgement.runs, flying, unmarked)
    importers = awaited_importers(graph, verdicts)
    summary = explanations.summary(verdicts, namespace, running, answered, silent, importers)
    return NotebookVerdict(tuple(verdicts), summary, judgement)


class CellJudge:
    """One graph against one namespace."""

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        origins: RunOrigins,
        running: bool,
        answered: bool,
        installations: Installations,
    ) -> None:
        self.graph = graph
        self.namespace = namespace
        self.origins = origins
        self.builtins = BUILTINS if namespace.builtins is None else namespace.builtins
        self.running = running
        self.answered = answered
        self.installations = installations
        self.runs = runs = LastRuns(graph, namespace)
        self.freshness = Staleness(graph, namespace, runs)
        self.function_of = held_functions(graph, namespace)
        self.absence = MissingNames(graph, namespace, runs, origins)
        self.holding = HeldNames(graph, namespace, runs, origins, self.freshness)
        self.expected = QueuedCells()
        self._assigned: dict[int, frozenset[str]] = {}

    def cells(self, in_flight: Iterable[int]) -> list[CellVerdict]:
        """The verdicts in document order, `waiting` left open.

        The cells in flight are judged in the order in which they run, all others as if they ran
        after these.
        """
        verdicts = {}
        for place in in_flight:
            cell_id = self.graph.cells[place].id
            verdicts[place] = verdict = self.cell(place)
            is_blocked = verdict.status == "blocked" and cell_id not in self.namespace.running
            self.expected.take(place, self.graph.names[cell_id], is_blocked)
        places = range(len(self.graph.cells))
        return [verdicts[place] if place in verdicts else self.cell(place) for place in places]

    def cell(self, position: int) -> CellVerdict:
        """The verdict on the cell at a place, `waiting` left open."""
        cell = self.graph.cells[position]
        names = self.graph.names[cell.id]
        run = self.runs.of(position)
        count = run.execution_count if run is not None else None
        if names.empty or names.language is not None:
            kind: CellStatus = "empty" if names.empty else "not_python"
            return CellVerdict(cell.id, kind, execution_count=count)
        needs = (*self.imported(position), *self.needed(position))
        if names.automagic is not None and names.automagic not in self.namespace.names:
            needs = tuple(replace(need, certain=False) for need in needs)
        blocking = [need for need in needs if need.blocks]
        risky = [need for need in needs if need.is_risk]
        outdated = self.freshness.outdated(position)
        status: CellStatus
        message: str | None
        problems = [problem for problem in names.problems if problem.kind != "newer_python"]
        if any(problem.kind in UNPARSED for problem in problems):
            status, message = "syntax_error", problems[0].message
        elif blocking:
            by_import = [need for need in blocking if need.by_import]
            status, message = "blocked", (by_import or blocking)[0].message
        elif problems:
            status, message = "at_risk", problems[0].message
        elif risky:
            status, message = "at_risk", risky[0].message
        elif outdated is not None:
            status, message = "stale", self.holding.why_outdated(outdated, position)
        elif run is not None and run.succeeded:
            status, message = "fresh", None
        else:
            stale = (need.message for need in needs if need.status == "stale")
            status, message = "ready", next(stale, None)
        return CellVerdict(
            cell.id,
            status,
            needs,
            blocked_by_import=status == "blocked" and any(need.by_import for need in blocking),
            execution_count=count,
            message=message,
        )

    def imported(self, position: int) -> Iterator[Need]:
        """The modules that the cell imports and the kernel's environment does not have, or does not
        show.

        Not certain where the cell may bring them along before it imports them.
        """
        python = self.namespace.python
        absent: dict[str, tuple[bool, int]] = {}
        brought_from = first_line_changing_modules(self.graph.cells[position].source)
        for imported in self.graph.names_at(position).imports:
            part = missing_module(imported.module, self.namespace.modules)
            unseen = unverified_module(imported.module, self.namespace.modules)
            if unseen is not None and not imported.guarded:
                message = explanations.not_seen(unseen, python)
                yield _absent_module(unseen, "unknown", imported.certain, imported.line, message)
            if part is not None and not imported.guarded:
                is_brought = brought_from is not None and brought_from <= imported.line
                certain = imported.certain and not is_brought
                before, line = absent.get(part, (False, imported.line))
                absent[part] = (before or certain, line)
        for module, (certain, line) in absent.items():
            server_has_it, distribution = self.installations.at_server(module)
            message = explanations.not_imported(module, python, server_has_it, guarded=False)
            need = _absent_module(module, "not_installed", certain, line, message)
            yield replace(need, distribution=distribution)

    def needed(self, position: int) -> Iterator[Need]:
        """The verdict on each name that the cell needs from elsewhere."""
        for use in needs_at(self.graph, position, self.function_of):
            need = self.need(use, position)
            if need is not None:
                yield replace(need, line=use.line)

    def need(self, use: Use, position: int) -> Need | None:
        """The verdict on a name that a cell at `position` reads, None for a builtin."""
        held = self.namespace.names.get(use.name)
        if use.name in self.expected.deleted:
            return self.will_be_gone(use)
        if held is not None:
            return self.holding.need(use, held, position)
        if use.name in self.expected.bound:
            return self.will_be_there(use)
        if is_predefined(use.name, self.builtins):  # a builtin is there until a cell binds it
            return None
        if use.certain and use.name in self.assigned_at(position):
            use = replace(use, certain=False)
        return self.not_held(use, position)

    def assigned_at(self, position: int) -> frozenset[str]:
        """The names that functions which the cell calls may bind before it reads them."""
        if position not in self._assigned:
            names = assigned_by_calls(self.graph, position, self.function_of)
            self._assigned[position] = names
        return self._assigned[position]

    def will_be_there(self, use: Use) -> Need:
        """A cell in flight binds the name."""
        place = self.expected.bound[use.name]
        return Need(
            use.name,
            "live",
            use.phase,
            use.certain,
            use.via,
            reason="in_flight",
            provider=self.graph.cells[place].id,
            message=explanations.will_be_there(use.name, use.via, place),
            by_import=self.is_import(use.name, place),
        )

    def will_be_gone(self, use: Use) -> Need:
        """A cell in flight deletes the name."""
        place = self.expected.deleted[use.name]
        return Need(
            use.name,
            "missing",
            use.phase,
            use.certain,
            use.via,
            reason="deleted",
            message=explanations.will_be_gone(use.name, use.via, place),
        )

    def not_held(self, use: Use, position: int) -> Need:
        """The kernel does not hold the name, or cannot tell."""
        place = self.graph.provider_at(use.name, position)
        status: NameStatus = "unknown"
        by_import = False
        reason: Reason
        if not self.answered:
            reason, message = "cannot_ask", explanations.cannot_ask(use.name, use.via)
        elif use.star:
            reason, place = "star_import", None
            message = explanations.own_star_import(use.name, use.via)
        else:
            status, by_import = "missing", place is not None and self.is_import(use.name, place)
            reason, place = self.absence.reason(use.name, place, position)
            by_import = by_import or reason == "star_import"
            message = explanations.not_running(use.name, use.via)
            if self.running:
                message = self.absence.explanation(use, reason, place)
        return Need(
            use.name,
            status,
            use.phase,
            use.certain,
            use.via,
            reason=reason,
            provider=None if place is None else self.graph.cells[place].id,
            message=message,
            by_import=by_import,
            import_code=self.import_to_insert(use.name, reason, place),
        )

    def import_to_insert(self, name: str, reason: Reason, place: int | None) -> str | None:
        """The import statement that would bind the name, where no cell above binds it."""
        if reason == "no_provider":
            return KNOWN_IMPORTS.get(name)
        if reason != "later_cell" or place is None or not self.is_import(name, place):
            return None
        return "\n".join(restoring_codes(self.graph.names_at(place), name)) or None

    def is_import(self, name: str, place: int) -> bool:
        """Whether the cell at a place imports the name."""
        return bool(restoring_imports(self.graph.names_at(place), name))


def _absent_module(module: str, status: NameStatus, certain: bool, line: int, message: str) -> Need:
    return Need(
        module,
        status,
        "immediate",
        certain,
        reason="not_installed",
        message=message,
        by_import=True,
        line=line,
    )
