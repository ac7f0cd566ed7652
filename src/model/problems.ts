/** Which of the reported problems are shown, and which still hold while new ones are awaited? */

import type { CellReport, NotebookProblem } from '../protocol';
import type { AttentionKind, IProblem } from '../tokens/models';
import type { IModelState } from './modelState';

/**
 * The problems of the reports, most urgent first.
 *
 * Left out are cells that are no longer in the notebook, and syntax errors in the active cell, where
 * the user may be typing.
 */
export function problemsOf(
  state: Pick<IModelState, 'activeCellId' | 'cells' | 'reportedProblems' | 'restartProblems'>
): IProblem[] {
  const { activeCellId, cells, reportedProblems, restartProblems } = state;
  const entries = new Map(cells.map(cell => [cell.id, cell]));
  const isTyped = ({ cells: ids, kind }: NotebookProblem): boolean =>
    kind === 'syntax' && ids.includes(activeCellId ?? '');
  return [...(reportedProblems ?? []), ...(restartProblems ?? [])]
    .filter(problem => !isTyped(problem))
    .map(problem => ({ ...problem, cells: problem.cells.flatMap(id => entries.get(id) ?? []) }))
    .filter(problem => problem.cells.length > 0);
}

/**
 * The problems without those that the new verdicts on these cells contradict: problems follow a report.
 *
 * `problems` itself if there are none of these.
 */
export function remainingProblems(
  problems: readonly NotebookProblem[] | null,
  changed: readonly CellReport[]
): readonly NotebookProblem[] | null {
  const reports = new Map(changed.map(report => [report.id, report]));
  const remains = (kind: AttentionKind, id: string): boolean => {
    const report = reports.get(id);
    return report === undefined || mayHave(report, kind);
  };
  if (!problems?.some(({ cells, kind }) => cells.some(id => !remains(kind, id)))) {
    return problems;
  }
  return problems
    .map(it => ({ ...it, cells: it.cells.filter(id => remains(it.kind, id)) }))
    .filter(({ cells }) => cells.length > 0);
}

/** Whether the cell may have a problem of this kind; what it only waits for is none. */
function mayHave({ status, waiting }: CellReport, kind: AttentionKind): boolean {
  const runs = status === 'queued' || status === 'running';
  return !waiting && (status === STATUSES[kind] || (runs && kind === 'not_installed'));
}

const STATUSES: Record<AttentionKind, CellReport['status'] | null> = {
  at_risk: 'at_risk',
  clobbered: 'at_risk',
  failed: 'failed',
  ghost: 'at_risk',
  missing: 'blocked',
  missing_import: 'blocked',
  not_installed: 'blocked',
  restart: null,
  stale: 'stale',
  syntax: 'syntax_error',
  unknown: 'at_risk'
};
