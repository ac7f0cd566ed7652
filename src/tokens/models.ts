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
  NotebookProblem,
  PlanRequest,
  Planned,
  Remedy,
  Summary
} from '../protocol';
import type { ConnectionState } from './connection';

/** A plan cannot be requested, or will not arrive, because there is no connection. */
export class NotConnectedError extends Error {}

/**
 * What a watcher of a notebook wants to know.
 *
 * `verdicts` are the verdicts on cells, the edges, the imports and the summary. `everything` adds
 * `names` and `forecast`, which take the server longer.
 */
export type Wanted = 'everything' | 'nothing' | 'verdicts';

/** The execution count next to a cell; `*` while it runs or waits in the kernel's queue. */
export type ShownCount = number | '*' | null;

/** A heading of the notebook's Markdown cells, without its markup. */
export interface IHeading {
  /** From 1, the highest, to 6. */
  readonly level: number;
  readonly text: string;
}

/** One code cell as the panel lists it; the same object until something in it changes. */
export interface ICellEntry {
  readonly id: string;
  /** The number of the cell, as sentences on screen say it: code cells count from 1. */
  readonly number: number;
  /** The first line that is neither blank nor a comment, or the first line that is not blank. */
  readonly firstLine: string;
  /** The first line that looks as if it gives a name a value; else `firstLine`. */
  readonly definingLine: string;
  /** All headings between the code cell above and this one; the same objects until they change. */
  readonly headings: readonly IHeading[];
  /** The execution count in the notebook, which may come from another kernel. */
  readonly shownCount: ShownCount;
  /** The server's verdict; null until it arrives. */
  readonly report: CellReport | null;
  /** The remedies of the problems that the cell has. */
  readonly remedies: readonly Remedy[];
}

/** All names with their status; `leftOut` counts names in the kernel that were too many to send. */
export interface INameTable {
  readonly byName: ReadonlyMap<string, NameReport>;
  readonly leftOut: number;
  /** Whether this is about the process before a restart; the names of the new one follow. */
  readonly isOld: boolean;
}

/**
 * The kind of a problem.
 *
 * - `failed`: a cell raised, and nothing has changed since
 * - `missing_import`: the kernel lacks names that import statements bind
 * - `not_installed`: modules are not installed in the kernel's environment
 * - `missing`: the kernel lacks names that are not imported
 * - `clobbered`: an import's name is bound to something that the import would not bind
 * - `syntax`: the text of a cell other than the active one cannot be parsed
 * - `ghost`: the kernel holds a name that no cell of the notebook defines now
 * - `unknown`: whether the kernel holds a name cannot be known
 * - `at_risk`: a cell may raise, for none of the reasons above
 * - `stale`: cells ran, and a run of the notebook in order would give them something else
 * - `restart`: a cell would raise after a restart; only while a watcher wants `everything`
 */
export type AttentionKind = NotebookProblem['kind'];

/** One thing that needs attention, as the server reports it, with the entries of its cells. */
export interface IProblem extends Readonly<Omit<NotebookProblem, 'cells'>> {
  /** The cells with the problem, in document order. */
  readonly cells: readonly ICellEntry[];
}

/** What is known of the names of one notebook; each notebook panel has one model. */
export interface INamespaceModel extends IDisposable {
  readonly notebookPanel: NotebookPanel;
  readonly connectionState: ConnectionState;
  /** The code cells in document order. */
  readonly cells: readonly ICellEntry[];
  /** The id of the active cell if it is a code cell. */
  readonly activeCellId: string | null;
  /** Whether a code cell stands above the active cell, so that _Run All Above_ has something to run. */
  readonly hasCodeAbove: boolean;
  /**
   * The cell that the user is typing in, until the server has reported on the new text.
   *
   * Until the keyboard rests, all values here are about the text before.
   */
  readonly typedCellId: string | null;
  /** Whether the kernel is still starting, or the last report is about the kernel before. */
  readonly isKernelPending: boolean;
  /** Null until the first report of the current connection; so are the next three. */
  readonly kernel: Kernel | null;
  readonly summary: Summary | null;
  readonly edges: readonly Edge[] | null;
  /** The state of each import, in document order. */
  readonly imports: readonly ImportReport[] | null;
  /** Every name of the notebook and the kernel; null until a watcher wants `everything`. */
  readonly names: INameTable | null;
  /** What would fail after a restart; null while `names` is null. */
  readonly forecast: readonly Finding[] | null;
  /** What needs attention, most urgent first. */
  readonly problems: readonly IProblem[];
  /** Why the server refused the last update; null if it did not. */
  readonly refusal: string | null;
  /** The remedy whose plan runs now, as `remedyKey` writes it; null if none does. */
  readonly runningRemedy: string | null;
  /** Emitted when one of the values above has changed. */
  readonly stateChanged: ISignal<INamespaceModel, void>;
  /** The code cell with this id; null if there is none. */
  entryOf(cellId: string | null): ICellEntry | null;
  /**
   * Set what `watcher` wants to know from now on. Use an id that no other watcher has.
   *
   * While no watcher wants anything, the model has no connection and no verdicts.
   */
  setWanted(watcher: string, wanted: Wanted): void;
  /** Set which remedy runs now. */
  setRunningRemedy(key: string | null): void;
  /** Connect again and request everything again. */
  refresh(): void;
  /**
   * Request a plan for some cells, or for all cells if `targets` is null.
   *
   * Rejects with `NotConnectedError`, or with the message of the server's refusal.
   */
  requestPlan(targets: readonly string[] | null, mode: PlanRequest['mode']): Promise<Planned>;
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
