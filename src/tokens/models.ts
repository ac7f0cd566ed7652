/** What is known of the names of each open notebook? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type {
  CellReport,
  Edge,
  Finding,
  ImportReport,
  Kernel,
  NameReport,
  PlanRequest,
  Planned,
  Summary
} from '../protocol';
import type { ConnectionState } from './connection';

/** Why a plan could not be asked for, or its answer did not come: there is no connection. */
export class NotConnectedError extends Error {}

/**
 * What a watcher of a notebook wants to know.
 *
 * `verdicts` are those on the cells, with the edges, the imports and the summary; `everything` adds
 * `names` and `forecast`, which take the server longer.
 */
export type Wanted = 'everything' | 'nothing' | 'verdicts';

/** What stands left of a cell: `*` while it runs or waits in the kernel's queue. */
export type ShownCount = number | '*' | null;

/** One code cell as the panel lists it; the same object as long as nothing in it changed. */
export interface ICellEntry {
  readonly id: string;
  /** The number of the cell, as sentences on screen say it: code cells count from 1. */
  readonly number: number;
  /** The first line that is neither blank nor a comment, or the first line that is not blank. */
  readonly firstLine: string;
  /** The heading that stands between the code cell above and this one. */
  readonly heading: string | null;
  /** The execution count that the notebook shows, be it of another kernel. */
  readonly shownCount: ShownCount;
  /** The server's verdict, null until it came. */
  readonly report: CellReport | null;
}

/** How each name stands, and how many that the kernel holds are too many to be told. */
export interface INameTable {
  readonly byName: ReadonlyMap<string, NameReport>;
  readonly leftOut: number;
}

/** What is the matter with a problem; `restart` is what only a restart would bring out. */
export type AttentionKind =
  | 'at-risk'
  | 'clobbered'
  | 'ghost'
  | 'missing'
  | 'missing-import'
  | 'not-installed'
  | 'restart'
  | 'stale'
  | 'syntax'
  | 'unknown';

/** One thing that needs attention. */
export interface IProblem {
  /** Tells it from the others of the notebook. */
  readonly key: string;
  readonly kind: AttentionKind;
  /** The names that are in trouble, which one remedy would fix; none where it is the cell itself. */
  readonly names: readonly string[];
  /** The server's sentence on the first of them, in the first of the cells. */
  readonly message: string;
  /** The cells that it concerns, in document order. */
  readonly cells: readonly ICellEntry[];
}

/** What is known of one notebook's names; one such model exists for each notebook panel. */
export interface INamespaceModel extends IDisposable {
  readonly notebookPanel: NotebookPanel;
  readonly connectionState: ConnectionState;
  /** The code cells in document order. */
  readonly cells: readonly ICellEntry[];
  /** The id of the active cell if it is a code cell. */
  readonly activeCellId: string | null;
  /** Whether the notebook is still getting its kernel, or the last report is on the one before. */
  readonly isKernelPending: boolean;
  /** Null until the first report came over the present connection; so are the next three. */
  readonly kernel: Kernel | null;
  readonly summary: Summary | null;
  readonly edges: readonly Edge[] | null;
  /** What became of each import, in document order. */
  readonly imports: readonly ImportReport[] | null;
  /** Every name of the notebook and the kernel; null until the server told it to an open panel. */
  readonly names: INameTable | null;
  /** What a restart would break; null as `names` is. */
  readonly forecast: readonly Finding[] | null;
  /** What needs attention, most urgent first. */
  readonly problems: readonly IProblem[];
  /** Why the server could not take what the notebook says, if it could not. */
  readonly refusal: string | null;
  /** Emitted only when one of the above is another than before. */
  readonly stateChanged: ISignal<INamespaceModel, void>;
  /** The code cell with this id, null where there is none. */
  entryOf(cellId: string | null): ICellEntry | null;
  /**
   * Say what `watcher` wants to know from now on; any text that no other watcher uses names it.
   *
   * While no watcher wants anything, the model has no connection and knows nothing.
   */
  setWanted(watcher: string, wanted: Wanted): void;
  /** Connect anew and ask for everything again. */
  refresh(): void;
  /** Ask how to fix a cell, or all when `target` is null; rejects with `NotConnectedError` or the refusal. */
  requestPlan(target: string | null, mode: PlanRequest['mode']): Promise<Planned>;
}

/** Gives the model of a notebook panel; creates it on the first call. */
export interface INamespaceModels {
  modelOf(notebookPanel: NotebookPanel): INamespaceModel;
}

/** The token of the models: a plugin that requires it gets the `INamespaceModels`. */
export const INamespaceModels = new Token<INamespaceModels>(
  'jupyter-namespace-viz:INamespaceModels',
  'Gives for each open notebook what is known of its names: which cells define and need them, and what the kernel holds.'
);
