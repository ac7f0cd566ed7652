/** Which of the reported problems are shown? */

import type { NotebookProblem } from '../protocol';
import type { IProblem } from '../tokens/models';
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
