/** Which execution counts in the notebook are from an earlier kernel? */

import type { Cell } from '@jupyterlab/cells';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { hasOldCount } from '../appearance/cellNames';
import { idOf } from '../model/cells';
import { CellQueue } from './cellQueue';
import type { IDecorationOptions } from './options';

const OLD_COUNT = 'jp-NamespaceViz-oldCount';

/** Dims the count of each cell of one notebook that has not run in this kernel. */
export class OldCounts implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    const { model } = _options;
    this._queue = new CellQueue(model.notebookPanel.content, cell => this._update(cell));
    model.stateChanged.connect(this._apply, this);
    model.setWanted('old-counts', 'verdicts');
    this._apply();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.clearData(this);
    this._queue.dispose();
    this._options.model.setWanted('old-counts', 'nothing');
    for (const cell of this._options.model.notebookPanel.content?.widgets ?? []) {
      this._dim(cell, false);
    }
  }

  private _apply(): void {
    const { content } = this._options.model.notebookPanel;
    this._queue.add(
      content.widgets.filter(cell => this._isOld(cell) !== (this._dimmed.get(cell) ?? false))
    );
  }

  private _isOld(cell: Cell): boolean {
    const entry = this._options.model.entryOf(idOf(cell.model));
    return entry !== null && hasOldCount(entry);
  }

  private _update(cell: Cell): void {
    this._dim(cell, this._isOld(cell));
    // A cell that is not drawn yet has no prompt.
    if (cell.isPlaceholder()) {
      void cell.ready.then(() => this._isDisposed || this._dim(cell, this._isOld(cell)));
    }
  }

  private _dim(cell: Cell, isOld: boolean): void {
    if (cell.isDisposed || (!isOld && !this._dimmed.has(cell))) {
      return;
    }
    this._dimmed.set(cell, isOld);
    cell.toggleClass(OLD_COUNT, isOld);
    const prompt = cell.inputArea?.promptNode;
    if (prompt) {
      prompt.title = isOld ? this._options.trans.__('From an earlier kernel') : '';
    }
  }

  private readonly _dimmed = new WeakMap<Cell, boolean>();
  private _isDisposed = false;
  private readonly _queue: CellQueue;
}
