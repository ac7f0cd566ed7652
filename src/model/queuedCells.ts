/** Which cells of a notebook run, or wait in the kernel's queue? */

import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Cell } from '@jupyterlab/cells';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** What a kernel does when its queue is lost: nobody is told then that a cell did not run. */
const STATUSES_WITHOUT_QUEUE: ReadonlySet<Kernel.Status> = new Set([
  'autorestarting',
  'dead',
  'restarting',
  'starting',
  'terminating'
]);

/** The cells in flight, in the order in which they were sent to the kernel. */
export class QueuedCells implements IDisposable {
  constructor(private readonly _panel: NotebookPanel) {
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    _panel.sessionContext.statusChanged.connect(this._onStatus, this);
    _panel.sessionContext.kernelChanged.connect(this._clear, this);
  }

  /** The ids of the cells; they may have been deleted meanwhile. */
  get cellIds(): string[] {
    return [...this._cellIds];
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _onScheduled(_: unknown, { notebook, cell }: IRunArgs): void {
    if (notebook === this._panel.content) {
      this._cellIds.delete(cell.model.id); // a cell that is sent again runs last
      this._cellIds.add(cell.model.id);
    }
  }

  private _onExecuted(_: unknown, { cell }: IRunArgs): void {
    this._cellIds.delete(cell.model.id);
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (STATUSES_WITHOUT_QUEUE.has(status)) {
      this._clear();
    }
  }

  private _clear(): void {
    this._cellIds.clear();
  }

  private _cellIds = new Set<string>();
  private _isDisposed = false;
}

interface IRunArgs {
  notebook: NotebookPanel['content'];
  cell: Cell;
}
