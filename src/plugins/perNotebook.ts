/** How does each open notebook get an object of its own? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** Creates an object (its marks, for example) for each open notebook while `isOn`. */
export class PerNotebook implements IDisposable {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _make: (panel: NotebookPanel) => IDisposable
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
    this._made.set(panel, this._make(panel));
    panel.disposed.connect(this._onNotebookDisposed, this);
  }

  private _onNotebookDisposed(panel: NotebookPanel): void {
    this._made.get(panel)?.dispose();
    this._made.delete(panel);
  }

  private _removeAll(): void {
    for (const [panel, made] of this._made) {
      panel.disposed.disconnect(this._onNotebookDisposed, this);
      made.dispose();
    }
    this._made.clear();
  }

  private _isDisposed = false;
  private _isOn = false;
  private _made = new Map<NotebookPanel, IDisposable>();
}
