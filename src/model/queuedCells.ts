/** Which cells of a notebook are running, or wait in the kernel's queue? */

import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Cell } from '@jupyterlab/cells';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** In these states the kernel has lost its queue. JupyterLab emits no `executed` for lost cells. */
const STATUSES_WITHOUT_QUEUE: ReadonlySet<Kernel.Status> = new Set([
  'autorestarting',
  'dead',
  'restarting',
  'starting',
  'terminating'
]);

/** The running and queued cells, in the order in which they were sent to the kernel. */
export class QueuedCells implements IDisposable {
  constructor(private readonly _panel: NotebookPanel) {
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    _panel.sessionContext.statusChanged.connect(this._onStatus, this);
    _panel.sessionContext.kernelChanged.connect(this._clear, this);
  }

  /** Emitted when all cells are gone at once. */
  readonly cleared = new Signal<this, void>(this);

  /** The ids of the cells, some of which may be deleted by now. */
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

  private _onExecuted(_: unknown, { cell, success }: IRunArgs & { success: boolean }): void {
    const wasQueued = this._cellIds.delete(cell.model.id);
    if (wasQueued && !success && !mayFail(cell)) {
      this._clear(); // the kernel drops what is queued
    }
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (STATUSES_WITHOUT_QUEUE.has(status)) {
      this._clear();
    }
  }

  private _clear(): void {
    if (this._cellIds.size > 0) {
      this._cellIds.clear();
      this.cleared.emit();
    }
  }

  private _cellIds = new Set<string>();
  private _isDisposed = false;
}

/** Whether the notebook expects the cell to fail, so that JupyterLab lets the kernel go on after it. */
function mayFail({ model }: Cell): boolean {
  const tags: unknown = model.getMetadata('tags');
  return Array.isArray(tags) && tags.includes('raises-exception');
}

interface IRunArgs {
  notebook: NotebookPanel['content'];
  cell: Cell;
}
