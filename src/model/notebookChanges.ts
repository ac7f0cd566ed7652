/** When may a notebook have changed? */

import type { Cell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { idOf } from './cells';
import type { CellsInFlight } from './cellsInFlight';
import type { Typing } from './typing';

/** Milliseconds without another change after which changed content is reported. */
const PAUSE = 120;

/** Milliseconds after which it is reported although it is still changing. */
const LIMIT = 600;

/**
 * Calls `onChange` when the notebook may have changed.
 *
 * That is soon after cells are added, removed, moved or run, after the kernel has answered or dropped
 * them, and after the kernel is changed. What the user types is reported when the keyboard rests,
 * because half a name means nothing; other changes of the content (outputs, other people's text)
 * after a pause. It only says *when*: the receiver compares to find out what changed.
 */
export class NotebookChanges implements IDisposable {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _typing: Typing,
    cellsInFlight: CellsInFlight,
    private readonly _onChange: () => void
  ) {
    const { content, context, sessionContext } = _panel;
    content.modelChanged.connect(this._onModelChanged, this);
    content.activeCellChanged.connect(this._notifyNow, this);
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    sessionContext.sessionChanged.connect(this._notifyNow, this);
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onRun, this);
    cellsInFlight.ended.connect(this._notifyNow, this);
    this._onModelChanged();
    void context.ready.then(() => this._notifyNow());
    this._onKernelChanged();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      Signal.clearData(this);
    }
  }

  private _onModelChanged(): void {
    if (this._connectedModel) {
      this._connectedModel.cells.changed.disconnect(this._onList, this);
      this._connectedModel.contentChanged.disconnect(this._onContentChanged, this);
    }
    const model = (this._connectedModel = this._panel.content.model);
    model?.cells.changed.connect(this._onList, this);
    model?.contentChanged.connect(this._onContentChanged, this);
    this._notifyNow();
  }

  private _onList(): void {
    this._typing.noteNewList();
    this._notifyNow();
  }

  private _onScheduled(_: unknown, { cell, notebook }: { cell: Cell; notebook: Notebook }): void {
    // The text must reach the server before the kernel reports the run.
    if (idOf(cell.model) === this._typing.cellId) {
      this._typing.end();
    }
    this._onRun(_, { notebook });
  }

  private _onRun(_: unknown, { notebook }: { notebook: Notebook }): void {
    if (notebook === this._panel.content) {
      this._notifyNow();
    }
  }

  private _onKernelChanged(): void {
    this._notifyNow();
    // The session is ready only some time after this signal.
    void this._panel.sessionContext.ready.then(() => this._notifyNow());
  }

  private _onContentChanged(): void {
    const now = Date.now();
    this._changingSince ??= now;
    this._notifyIn(Math.max(1, Math.min(PAUSE, this._changingSince + LIMIT - now)));
  }

  private _notifyNow(): void {
    this._notifyIn(0);
  }

  private _notifyIn(delay: number): void {
    if (this._isDisposed || this._isImminent) {
      return;
    }
    const isImminent = (this._isImminent = delay === 0);
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      this._changingSince = null;
      this._isImminent = false;
      // What is being typed is reported when the keyboard rests.
      if (!this._panel.isDisposed && (isImminent || this._typing.cellId === null)) {
        this._onChange();
      }
    }, delay);
  }

  private _changingSince: number | null = null;
  private _connectedModel: Notebook['model'] = null;
  private _isDisposed = false;
  private _isImminent = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
