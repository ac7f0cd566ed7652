"""What is not as a panel was last told?"""

from __future__ import annotations

from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.name_table import NameRow, NameTable
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.protocol import panel_messages, reports


class ReportDiff:
    """What the panel was last told."""

    def __init__(self) -> None:
        self._revision: int | None = None
        self._kernel: reports.Kernel | None = None
        self._summary: reports.Summary | None = None
        self._cells: dict[str, reports.CellReport] = {}
        self._edges: list[reports.Edge] = []
        self._verdicts: dict[str, CellVerdict] = {}
        self._imports: list[reports.ImportReport] | None = None
        self._names: dict[str, NameRow] = {}
        self._left_out = 0
        self._foreseen: list[reports.Finding] | None = None
        self._detailed: NotebookVerdict | None = None
        self._assessment: Assessment | None = None

    def news(self, revision: int, assessment: Assessment) -> panel_messages.Report | None:
        """The report of what is not as it was last told, None if nothing."""
        kernel, summary = assessment.kernel(), assessment.summary()
        cells = {
            verdict.id: self._cell(verdict, assessment) for verdict in assessment.verdict.cells
        }
        edges, imports = self._edges_of(assessment), assessment.imports()
        is_first = self._assessment is None
        report = panel_messages.Report(
            revision=revision,
            kernel=kernel,
            cells=[cell for cell in cells.values() if self._cells.get(cell.id) != cell],
            edges=None if edges == self._edges and not is_first else edges,
            imports=None if imports == self._imports else imports,
            summary=summary,
        )
        same = (revision, kernel, summary) == (self._revision, self._kernel, self._summary)
        self._revision, self._kernel, self._summary = revision, kernel, summary
        self._cells, self._edges, self._imports = cells, edges, imports
        self._verdicts = {verdict.id: verdict for verdict in assessment.verdict.cells}
        self._assessment = assessment
        is_news = report.cells or report.edges is not None or report.imports is not None
        return report if is_news or not same else None

    def details(self, assessment: Assessment) -> panel_messages.Details | None:
        """What takes longer to tell and is not as it was last told, None if nothing."""
        if self._detailed is assessment.verdict:
            return None
        self._detailed = assessment.verdict
        names = self._changed_names(assessment.name_table())
        foreseen = self._changed_foreseen(assessment)
        if names is None and foreseen is None:
            return None
        return panel_messages.Details(names, foreseen)

    def _cell(self, verdict: CellVerdict, assessment: Assessment) -> reports.CellReport:
        """The report of a cell; the one that was last told, if nothing of it is new."""
        before = self._assessment
        is_as_told = (
            before is not None
            and before.graph is assessment.graph
            and (before.verdict is assessment.verdict or self._verdicts.get(verdict.id) == verdict)
        )
        if is_as_told:
            return self._cells[verdict.id]
        return assessment.cell(verdict)

    def _changed_names(self, table: NameTable) -> reports.NameChanges | None:
        """The names that are not as they were last told, None if all are."""
        before, left_out = self._names, self._left_out
        self._names = {row.name: row for row in table.rows}
        self._left_out = table.left_out
        changed = [row for row in table.rows if before.get(row.name) != row]
        removed = sorted(before.keys() - self._names.keys())
        if not changed and not removed and left_out == table.left_out:
            return None
        return reports.NameChanges(serialization.name_reports(changed), removed, table.left_out)

    def _changed_foreseen(self, assessment: Assessment) -> list[reports.Finding] | None:
        """What is foreseen, None if that is as it was last told."""
        before, self._foreseen = self._foreseen, assessment.foreseen()
        return None if before == self._foreseen else self._foreseen

    def _edges_of(self, assessment: Assessment) -> list[reports.Edge]:
        if self._assessment is not None and self._assessment.graph is assessment.graph:
            return self._edges
        return serialization.edge_reports(assessment.graph)
