"""What has changed since the last messages to a panel?"""

from __future__ import annotations

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.name_table import NameRow
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.languages import TextOf
from jupyter_namespace_viz.protocol import panel_messages, reports


class ReportDiff:
    """Makes reports and details that contain only what changed since the last ones."""

    def __init__(self) -> None:
        self._revision: int | None = None
        self._kernel: reports.Kernel | None = None
        self._summary: reports.Summary | None = None
        self._cells: dict[str, reports.CellReport] = {}
        self._edges: list[reports.Edge] = []
        self._verdicts: dict[str, CellVerdict] = {}
        self._imports: list[reports.ImportReport] | None = None
        self._names: dict[str, tuple[NameRow, str | None, str | None]] = {}
        self._named_process: tuple[str | None, int] | None = None
        self._left_out = 0
        self.forecast: list[Finding] = []
        self._forecast: list[reports.Finding] | None = None
        self._last_named: NotebookVerdict | None = None
        self._last_foreseen: NotebookVerdict | None = None
        self._assessment: Assessment | None = None

    def report(self, revision: int, assessment: Assessment) -> panel_messages.Report | None:
        """The report of what changed since the last report, None if nothing did."""
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
        has_changes = report.cells or report.edges is not None or report.imports is not None
        return report if has_changes or not same else None

    def name_details(self, assessment: Assessment) -> panel_messages.Details | None:
        """The names, which take longer to make; None if none changed."""
        if self._last_named is assessment.verdict:
            return None
        self._last_named = assessment.verdict
        names = self._changed_names(assessment)
        return None if names is None else panel_messages.Details(names, None)

    def forecast_details(self, assessment: Assessment) -> panel_messages.Details | None:
        """The forecast, which takes longer still; None if it did not change.

        Afterwards `forecast` is the whole forecast.
        """
        if self._last_foreseen is assessment.verdict:
            return None
        self._last_foreseen = assessment.verdict
        forecast = self._changed_forecast(assessment)
        return None if forecast is None else panel_messages.Details(None, forecast)

    def _cell(self, verdict: CellVerdict, assessment: Assessment) -> reports.CellReport:
        """The report of a cell; the last one itself, if it cannot have changed."""
        last = self._assessment
        if last is None or last.graph is not assessment.graph:
            return assessment.cell(verdict)
        before = self._cells[verdict.id]
        if last.raising == assessment.raising and (
            last.verdict is assessment.verdict or self._verdicts.get(verdict.id) == verdict
        ):
            return before
        is_written_alike = last.text_of is assessment.text_of
        return assessment.cell(verdict, before if is_written_alike else None)

    def _changed_names(self, assessment: Assessment) -> reports.NameChanges | None:
        """The names that changed since the last details; None if none did in the same process of
        the kernel.

        The texts are compared, too: where a cell was replaced, they mention another cell although
        it has the same number.
        """
        table, text_of = assessment.name_table(), assessment.text_of
        previous, left_out, process = self._names, self._left_out, self._named_process
        kernel = assessment.kernel()
        self._named_process = kernel.kernel_id, kernel.generation
        self._names = {row.name: (row, *_texts(row, text_of)) for row in table.rows}
        self._left_out = table.left_out
        changed = [row for row in table.rows if previous.get(row.name) != self._names[row.name]]
        removed = sorted(previous.keys() - self._names.keys())
        is_same = (left_out, process) == (table.left_out, self._named_process)
        if not changed and not removed and is_same:
            return None
        rows = serialization.name_reports(changed, text_of)
        return reports.NameChanges(rows, removed, table.left_out)

    def _changed_forecast(self, assessment: Assessment) -> list[reports.Finding] | None:
        """The forecast; None if it is the same as in the last details."""
        last = self._forecast
        self.forecast = assessment.forecast()
        self._forecast = serialization.finding_reports(self.forecast, assessment.text_of)
        return None if last == self._forecast else self._forecast

    def _edges_of(self, assessment: Assessment) -> list[reports.Edge]:
        if self._assessment is not None and self._assessment.graph.edges == assessment.graph.edges:
            return self._edges
        return serialization.edge_reports(assessment.graph)


def _texts(row: NameRow, text_of: TextOf) -> tuple[str | None, str | None]:
    """The sentences of a row, written."""
    message, binder = row.message, row.binder
    return message and text_of(message), binder and text_of(binder)
