/** Which values of the model are shown, and when do they differ from those before? */

import type { Notebook } from '@jupyterlab/notebook';
import type { NotebookProblem } from '../protocol';
import type { INamespaceModel } from '../tokens/models';

/** What `stateChanged` is about; `problems` follow from it. */
export interface IModelState extends IShownState {
  readonly reportedProblems: readonly NotebookProblem[] | null;
  readonly restartProblems: readonly NotebookProblem[] | null;
}

/** What of it the server reports, apart from the cells. */
export type ReportedState = Pick<
  IModelState,
  | 'edges'
  | 'forecast'
  | 'imports'
  | 'kernel'
  | 'names'
  | 'reportedProblems'
  | 'restartProblems'
  | 'summary'
>;

type IShownState = Pick<
  INamespaceModel,
  | 'activeCellId'
  | 'cells'
  | 'connectionState'
  | 'edges'
  | 'forecast'
  | 'hasCodeAbove'
  | 'imports'
  | 'isKernelPending'
  | 'kernel'
  | 'names'
  | 'refusal'
  | 'runningRemedy'
  | 'summary'
  | 'typedCellId'
>;

/** What a model shows before it has a connection. */
export const INITIAL_STATE: IModelState = {
  connectionState: 'closed',
  cells: [],
  activeCellId: null,
  hasCodeAbove: false,
  isKernelPending: true,
  kernel: null,
  summary: null,
  edges: null,
  imports: null,
  names: null,
  forecast: null,
  reportedProblems: null,
  restartProblems: null,
  refusal: null,
  runningRemedy: null,
  typedCellId: null
};

/** What of the state follows from the active cell. */
export function activeCellStateOf({
  activeCell,
  activeCellIndex,
  widgets
}: Notebook): Pick<IModelState, 'activeCellId' | 'hasCodeAbove'> {
  const first = widgets.findIndex(({ model }) => model.type === 'code');
  return {
    activeCellId: activeCell?.model.type === 'code' ? activeCell.model.id : null,
    hasCodeAbove: first >= 0 && first < activeCellIndex
  };
}

/** Whether a value is another object than before; equal values keep their object. */
export function hasChanged(before: IModelState, now: IModelState): boolean {
  const keys = Object.keys(now) as (keyof IModelState)[];
  return keys.some(key => now[key] !== before[key]);
}
