/** Which notebooks are decorated? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** One kind of decoration of all open notebooks (marks, underlines); switched on and off as one. */
export class Decorations implements IDisposable {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _decorate: (panel: NotebookPanel) => IDisposable
  ) {
    _tracker.widgetAdded.connect(this._onNotebookAdded, this);
  }

  get isOn(): boolean {
    return this._isOn;
  }
  set isOn(isOn: boolean) {
    if (isOn === this._isOn || this._isDisposed) {
      return;
    }
    this._isOn = isOn;
    if (isOn) {
      this._tracker.forEach(panel => this._add(panel));
    } else {
      this._removeAll();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._removeAll();
      Signal.clearData(this);
    }
  }

  private _onNotebookAdded(_: INotebookTracker, panel: NotebookPanel): void {
    if (this._isOn) {
      this._add(panel);
    }
  }

  private _add(panel: NotebookPanel): void {
    this._decorated.set(panel, this._decorate(panel));
    panel.disposed.connect(this._onNotebookDisposed, this);
  }

  private _onNotebookDisposed(panel: NotebookPanel): void {
    this._decorated.get(panel)?.dispose();
    this._decorated.delete(panel);
  }

  private _removeAll(): void {
    for (const [panel, decoration] of this._decorated) {
      panel.disposed.disconnect(this._onNotebookDisposed, this);
      decoration.dispose();
    }
    this._decorated.clear();
  }

  private _isDisposed = false;
  private _isOn = false;
  private _decorated = new Map<NotebookPanel, IDisposable>();
}
