/** Which cells are updated at once, which soon, and which when the page is idle? */

import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';

/** So many cells are updated at once, whether in view or not. */
const AT_ONCE = 30;

/** Milliseconds that a slice of the others may take. */
const SLICE = 8;

/**
 * When cells are updated: those in view at once, and the others soon or later; or all of them when
 * the page is idle. What is due later or when the page is idle waits for all that is due soon.
 */
export type Urgency = 'idle' | 'later' | 'soon';

/** The queues of all notebooks whose cells are due soon. */
const dueSoon = new Set<UpdateQueue>();

/**
 * Updates the cells of a notebook that changed: those in view at once, the rest in slices.
 *
 * After a restart of a notebook with a thousand cells, what the user sees is right in the next
 * frame, and the page stays responsive. What costs much does not delay what is due soon: then the
 * cells in view wait until the page is idle, too, and are updated first.
 */
export class UpdateQueue implements IDisposable {
  constructor(
    private readonly _notebook: Notebook,
    private readonly _urgency: Urgency,
    private readonly _update: (cell: Cell) => void
  ) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._waiting.clear();
    dueSoon.delete(this);
  }

  /** Update these cells, in addition to those that are still waiting. */
  add(cells: readonly Cell[]): void {
    cells.forEach(cell => this._waiting.add(cell));
    if (this._waiting.size <= AT_ONCE) {
      this._waiting.forEach(cell => this._updateOne(cell));
    } else if (this._urgency !== 'idle') {
      this._updateInView();
    } else {
      this._isViewDue = true;
    }
    this._schedule();
  }

  private _updateInView(): void {
    this._isViewDue = false;
    for (const cell of cellsInView(this._notebook)) {
      this._updateOne(cell);
    }
  }

  private _updateOne(cell: Cell): void {
    if (this._waiting.delete(cell) && !cell.isDisposed) {
      this._update(cell);
    }
  }

  private _schedule(): void {
    if (this._waiting.size === 0) {
      dueSoon.delete(this);
    } else if (!this._isScheduled) {
      this._isScheduled = true;
      if (this._urgency === 'soon') {
        dueSoon.add(this);
        setTimeout(() => this._updateSlice());
      } else {
        whenIdle(() => this._updateSlice());
      }
    }
  }

  private _updateSlice(): void {
    this._isScheduled = false;
    if (this._urgency === 'soon' || dueSoon.size === 0) {
      const end = performance.now() + SLICE;
      if (this._isViewDue) {
        this._updateInView();
      }
      for (const cell of this._waiting) {
        this._updateOne(cell);
        if (performance.now() >= end) {
          break;
        }
      }
    }
    this._schedule();
  }

  private _isDisposed = false;
  private _isScheduled = false;
  /** Whether the cells in view are updated first when the page is idle. */
  private _isViewDue = false;
  private readonly _waiting = new Set<Cell>();
}

/** Call back soon, when the page has nothing more urgent to do. */
function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback(callback, { timeout: 100 });
  } else {
    setTimeout(callback); // WebKit
  }
}

/** The cells that the user sees; few positions are read, because the cells are in order. */
function cellsInView(notebook: Notebook): Cell[] {
  const { bottom, top } = notebook.node.getBoundingClientRect();
  const cells = notebook.widgets.filter(({ node }) => node.isConnected);
  let [first, end] = [0, cells.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    const isAbove = (cells[middle]?.node.getBoundingClientRect().bottom ?? 0) < top;
    [first, end] = isAbove ? [middle + 1, end] : [first, middle];
  }
  const rest = cells.slice(first);
  const below = rest.findIndex(({ node }) => node.getBoundingClientRect().top > bottom);
  return below < 0 ? rest : rest.slice(0, below);
}
