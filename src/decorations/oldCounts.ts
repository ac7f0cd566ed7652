/** Which execution counts in the notebook are from an earlier kernel? */

import type { Cell } from '@jupyterlab/cells';
import { hasOldCount } from '../appearance/cellNames';
import { idOf } from '../model/cells';
import { UpdateQueue } from './updateQueue';
import { Decoration } from './decoration';
import type { IDecorationOptions } from './decoration';

const OLD_COUNT = 'jp-NamespaceViz-oldCount';

/** Dims the count of each cell of one notebook that has not run in this kernel. */
export class OldCounts extends Decoration {
  constructor(options: IDecorationOptions) {
    super(options, 'old-counts');
    const { model } = options;
    this._queue = new UpdateQueue(model.notebookPanel.content, 'later', cell => this._update(cell));
    this.followCells();
    this.follow();
  }

  protected override remove(): void {
    this._queue.dispose();
    for (const cell of this.options.model.notebookPanel.content?.widgets ?? []) {
      this._dim(cell, false);
    }
  }

  protected override apply(): void {
    const { content } = this.options.model.notebookPanel;
    this._queue.add(
      content.widgets.filter(cell => this._isOld(cell) !== (this._dimmed.get(cell) ?? false))
    );
  }

  private _isOld(cell: Cell): boolean {
    const entry = this.options.model.entryOf(idOf(cell.model));
    return entry !== null && hasOldCount(entry);
  }

  private _update(cell: Cell): void {
    this._dim(cell, this._isOld(cell));
    // A cell that is not drawn yet has no prompt.
    if (cell.isPlaceholder()) {
      void cell.ready.then(() => this.isDisposed || this._dim(cell, this._isOld(cell)));
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
      prompt.title = isOld ? this.options.trans.__('From an earlier kernel') : '';
    }
  }

  private readonly _dimmed = new WeakMap<Cell, boolean>();
  private readonly _queue: UpdateQueue;
}
