"""Would this cell run now, and if not, why?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core import sentences
from jupyter_namespace_viz.core.cell_names import CellNames, Use, restoring_imports
from jupyter_namespace_viz.core.cells import Cell
from jupyter_namespace_viz.core.given_names import is_given
from jupyter_namespace_viz.core.graph import DependencyGraph
from jupyter_namespace_viz.core.namespace import HeldName, Namespace, Run
from jupyter_namespace_viz.core.needs import needs_at
from jupyter_namespace_viz.core.problems import UNPARSED
from jupyter_namespace_viz.core.verdicts import CellStatus, CellVerdict, Need, Reason


@dataclass(frozen=True, slots=True)
class NotebookVerdict:
    """The verdicts on all cells, in document order, and the line that sums them up."""

    cells: tuple[CellVerdict, ...]
    summary: str


def modules_to_find(graph: DependencyGraph) -> frozenset[str]:
    """The top-level modules that the notebook imports: what to ask the kernel's environment."""
    return frozenset(
        imported.module for names in graph.names.values() for imported in names.imports
    )


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
) -> NotebookVerdict:
    """The verdict on every cell of the notebook against one kernel namespace.

    With `running` False there is no kernel, and `namespace` is what one would begin with. With
    `answered` False nothing is known of the kernel and every name it could hold is `unknown`;
    with `silent` True what is known may be old. Cells of a kernel of another language are
    `not_python`.
    """
    if language != "python":
        cells = tuple(CellVerdict(cell.id, "not_python") for cell in graph.cells)
        return NotebookVerdict(cells, f"This notebook's language is {language}, not Python.")
    judgement = _Judgement(graph, namespace, running, answered)
    verdicts = judgement.with_waiting([judgement.cell(p) for p in range(len(graph.cells))])
    importers = _awaited_importers(graph, verdicts)
    summary = sentences.summary(verdicts, namespace, running, answered, silent, importers)
    return NotebookVerdict(tuple(verdicts), summary)


class _Judgement:
    """One graph against one namespace."""

    def __init__(
        self, graph: DependencyGraph, namespace: Namespace, running: bool, answered: bool
    ) -> None:
        self.graph = graph
        self.namespace = namespace
        self.running = running
        self.answered = answered
        # Code without a cell id is matched by its text; of several runs the last one counts.
        self.runs_by_text = {run.source: run for run in namespace.other_runs}

    def cell(self, position: int) -> CellVerdict:
        """The verdict on the cell at a place, `waiting` left open."""
        cell = self.graph.cells[position]
        names = self.graph.names[cell.id]
        run = self.last_run(position)
        if run is not None and run.cell_id is None and run.execution_count is None:
            run = None  # imports that were restored are no run of the cell, be they all it has
        count = run.execution_count if run is not None else None
        if names.empty or names.language is not None:
            kind: CellStatus = "empty" if names.empty else "not_python"
            return CellVerdict(cell.id, kind, execution_count=count)
        needs = (*self.imported(names), *self.needed(position))
        blocking = [need for need in needs if need.blocks]
        risky = [n for n in needs if n.phase == "immediate" and n.status != "live"]
        changed = self.change_since(run, cell, needs)
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
        elif changed is not None:
            status, message = "stale", changed
        else:
            status, message = ("fresh" if run and run.succeeded else "ready"), None
        return CellVerdict(
            cell.id,
            status,
            needs,
            blocked_by_import=status == "blocked" and any(need.by_import for need in blocking),
            execution_count=count,
            message=message,
        )

    # Names

    def imported(self, names: CellNames) -> Iterable[Need]:
        """The modules that the cell imports and the kernel's environment does not have."""
        for imported in names.imports:
            answer = self.namespace.modules.get(imported.module)
            if answer is None or answer.found or imported.guarded:
                continue
            message = sentences.not_installed(imported.module, self.namespace.python)
            yield Need(
                imported.module,
                "not_installed",
                "immediate",
                imported.certain,
                reason="not_installed",
                message=message,
                by_import=True,
            )

    def needed(self, position: int) -> Iterable[Need]:
        """The verdict on each name that the cell needs from elsewhere."""
        for use in needs_at(self.graph, position):
            held = self.namespace.names.get(use.name)
            place = self.graph.provider_at(use.name, position)
            if place is None and held is None and is_given(use.name):
                continue
            if held is None:
                if is_given(use.name):
                    continue  # defined by an earlier cell, but a builtin until that runs
                yield self.not_held(use, place, position)
            else:
                yield self.held(use, held, place)

    def held(self, use: Use, held: HeldName, place: int | None) -> Need:
        """The kernel holds the name: is it what the provider would give?"""
        run = held.bound_by
        binder = self.graph.positions.get(run.cell_id or "") if run is not None else None
        provider = binder if binder is not None else place
        provider_id = None if provider is None else self.graph.cells[provider].id
        need = Need(use.name, "live", use.phase, use.certain, use.via, provider=provider_id)
        if place is None:
            return need
        imports = restoring_imports(self.graph.names_at(place), use.name)
        # Several imports of one name are alternatives: any of their modules will do.
        modules = [one.gives for one in imports if one.gives is not None]
        if len(modules) < len(imports) or any(self.is_module(held, one) for one in modules):
            return replace(need, by_import=True)
        if not modules:
            return need
        who = sentences.who_ran(run, self.graph.positions)
        return replace(
            need,
            status="clobbered",
            reason="clobbered",
            provider=self.graph.cells[place].id,
            message=sentences.clobbered(use.name, use.via, modules[-1], held, who),
            by_import=True,
        )

    def is_module(self, held: HeldName, expected: str) -> bool:
        """Whether the held name is the module that the import would bind, as far as is known."""
        if held.kind != "module":
            return False
        answer = self.namespace.modules.get(expected)
        return answer is None or answer.loaded_as is None or answer.loaded_as == held.module

    def not_held(self, use: Use, place: int | None, position: int) -> Need:
        """The kernel does not hold the name, or cannot tell."""
        need = Need(use.name, "unknown", use.phase, use.certain, use.via)
        by_import = False
        if place is not None:
            by_import = bool(restoring_imports(self.graph.names_at(place), use.name))
        if not self.answered:
            provider = None if place is None else self.graph.cells[place].id
            message = sentences.cannot_ask(use.name, use.via)
            return replace(need, reason="cannot_ask", provider=provider, message=message)
        if use.star:
            message = sentences.own_star_import(use.name, use.via)
            return replace(need, reason="star_import", message=message)
        reason, place = self.why_missing(use.name, place, position)
        return replace(
            need,
            status="missing",
            reason=reason,
            provider=None if place is None else self.graph.cells[place].id,
            message=self.explanation(use, reason, place),
            by_import=by_import or reason == "star_import",
        )

    def explanation(self, use: Use, reason: Reason, place: int | None) -> str:
        """The sentence on a missing name."""
        if not self.running:
            return sentences.not_running(use.name, use.via)
        if reason == "not_installed" and place is not None:
            module = self.absent_module(use.name, place) or use.name
            python = self.namespace.python
            return sentences.cannot_be_imported(use.name, use.via, place, module, python)
        deleter = sentences.who_ran(self.namespace.deleted_by.get(use.name), self.graph.positions)
        beginning = self.namespace.beginning
        return sentences.missing(use.name, use.via, reason, place, deleter, beginning)

    def absent_module(self, name: str, place: int) -> str | None:
        """The module that keeps the cell at a place from importing the name, if one does."""
        names = self.graph.names_at(place)
        needed = {imported.module for imported in names.imports if not imported.guarded}
        for one in restoring_imports(names, name):
            answer = self.namespace.modules.get(one.top_level_module or "")
            if answer is not None and not answer.found and answer.name in needed:
                return answer.name
        return None

    def why_missing(self, name: str, place: int | None, position: int) -> tuple[Reason, int | None]:
        """The reason that explains the absence best, and the place it speaks of."""
        if name in self.namespace.deleted_by:
            return "deleted", place
        if place is None:
            star = self.graph.star_at(position)
            if star is not None and self.last_run(star) is None:
                return "star_import", star
            meaning = self.graph.meaning_at(name, position)
            return ("no_provider", None) if meaning is None else ("not_parsed", meaning)
        if self.absent_module(name, place) is not None:
            return "not_installed", place
        run = self.last_run(place)
        if run is not None:
            if not run.succeeded:
                return "provider_failed", place
            edited = run.source != self.graph.cells[place].source
            return ("provider_edited" if edited else "not_bound"), place
        if place > position:
            return "later_cell", place
        return ("lost_at_restart" if name in self.namespace.lost else "never_run"), place

    def last_run(self, place: int) -> Run | None:
        """The cell's last run in this generation."""
        cell = self.graph.cells[place]
        run = self.namespace.runs.get(cell.id)
        if run is None and cell.source.strip():
            run = self.runs_by_text.get(cell.source)
        return run

    # Cells

    def change_since(self, run: Run | None, cell: Cell, needs: Iterable[Need]) -> str | None:
        """What changed since the cell ran: its text, or a name it read."""
        if run is None or not run.succeeded:
            return None
        if run.source != cell.source:
            return sentences.changed_since(None)
        for need in needs:
            held = self.namespace.names.get(need.name)
            binder = held.bound_by if held is not None else None
            if binder is None or binder.serial <= run.serial or need.phase == "deferred":
                continue
            place = self.graph.positions.get(binder.cell_id or "")
            if place is not None and binder.cell_id != cell.id:
                return sentences.changed_since(place)
        return None

    def with_waiting(self, verdicts: list[CellVerdict]) -> list[CellVerdict]:
        """Mark the blocked cells that running the cells above in order would unblock.

        Only while nothing at or below a cell has run in this generation, and it shows no result
        of an earlier one: else its user could be surprised. Nor where the provider has run, and
        the name is missing all the same.
        """
        ran = [p for p in range(len(verdicts)) if self.last_run(p) is not None]
        last_run = max(ran, default=-1)
        held = set(self.namespace.names)
        star = False
        marked = []
        for position, verdict in enumerate(verdicts):
            names = self.graph.names_at(position)
            would_run = verdict.status != "syntax_error" and all(
                need.status == "missing" and (need.name in held or star)
                for need in verdict.needs
                if need.blocks
            )
            if would_run:
                held.update(definition.name for definition in names.definitions)
                held.difference_update(names.deletions)
                star = star or bool(names.unknown_stars)
            waiting = (
                verdict.status == "blocked"
                and would_run
                and position > last_run
                and not self.graph.cells[position].has_result
                and not any(n.reason in {"provider_failed", "not_bound"} for n in verdict.needs)
            )
            marked.append(replace(verdict, waiting=True) if waiting else verdict)
        return marked


def _awaited_importers(graph: DependencyGraph, verdicts: Iterable[CellVerdict]) -> list[int]:
    """The places whose imports all waiting cells wait for, themselves or by what they wait for.

    Empty when some wait for something else: then it is not the imports that the notebook lacks.
    """
    importers: set[str] = set()
    awaiting: set[str] = set()
    for verdict in verdicts:
        if verdict.waiting:
            needs = [need for need in verdict.needs if need.blocks]
            direct = {need.provider for need in needs if need.by_import and need.provider}
            if not direct and awaiting.isdisjoint(need.provider for need in needs):
                return []
            importers |= direct
            awaiting.add(verdict.id)
    return sorted(graph.positions[provider] for provider in importers)
