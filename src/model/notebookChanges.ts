/** When may a notebook have changed? */

import { NotebookActions } from '@jupyterlab/notebook';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** Milliseconds without a key press after which typed text is reported. */
const TYPING_PAUSE = 120;

/** Milliseconds after which it is reported although the user is still typing. */
const TYPING_LIMIT = 600;

/**
 * Calls `onChange` when the notebook may have changed.
 *
 * That is soon after cells are added, removed, moved or run, and after the kernel is changed. After
 * typing it waits for a pause. It only says *when*: the receiver compares to find out what changed.
 */
export class NotebookChanges implements IDisposable {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _onChange: () => void
  ) {
    const { content, context, sessionContext } = _panel;
    content.modelChanged.connect(this._onModelChanged, this);
    content.activeCellChanged.connect(this._notifyNow, this);
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    sessionContext.sessionChanged.connect(this._notifyNow, this);
    // The text must reach the server before the kernel reports the run.
    NotebookActions.executionScheduled.connect(this._onRun, this);
    NotebookActions.executed.connect(this._onRun, this);
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
      this._connectedModel.cells.changed.disconnect(this._notifyNow, this);
      this._connectedModel.contentChanged.disconnect(this._onContentChanged, this);
    }
    const model = (this._connectedModel = this._panel.content.model);
    model?.cells.changed.connect(this._notifyNow, this);
    model?.contentChanged.connect(this._onContentChanged, this);
    this._notifyNow();
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
    this._typingSince ??= now;
    this._notifyIn(Math.max(0, Math.min(TYPING_PAUSE, this._typingSince + TYPING_LIMIT - now)));
  }

  private _notifyNow(): void {
    this._notifyIn(0);
  }

  private _notifyIn(delay: number): void {
    if (this._isDisposed || this._isImminent) {
      return;
    }
    this._isImminent = delay === 0;
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      this._typingSince = null;
      this._isImminent = false;
      if (!this._panel.isDisposed) {
        this._onChange();
      }
    }, delay);
  }

  private _connectedModel: Notebook['model'] = null;
  private _isDisposed = false;
  private _isImminent = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _typingSince: number | null = null;
}
