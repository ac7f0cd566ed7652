/** How does each open notebook get an object of its own? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/** Creates an object (its marks, for example) for each open notebook while `isOn` and `isFor` it. */
export class PerNotebook implements IDisposable {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _make: (panel: NotebookPanel) => IDisposable,
    private readonly _isFor: (panel: NotebookPanel) => boolean = () => true
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
    this.update();
  }

  /** Follow a change of `isFor`. */
  update(): void {
    this._tracker.forEach(panel => this._updateOf(panel));
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._isOn = false;
      this.update();
      Signal.clearData(this);
    }
  }

  private _onNotebookAdded(_: INotebookTracker, panel: NotebookPanel): void {
    this._updateOf(panel);
  }

  private _updateOf(panel: NotebookPanel): void {
    const isMade = this._made.has(panel);
    if (isMade === (this._isOn && this._isFor(panel))) {
      return;
    }
    if (isMade) {
      panel.disposed.disconnect(this._onNotebookDisposed, this);
      this._onNotebookDisposed(panel);
    } else {
      this._made.set(panel, this._make(panel));
      panel.disposed.connect(this._onNotebookDisposed, this);
    }
  }

  private _onNotebookDisposed(panel: NotebookPanel): void {
    this._made.get(panel)?.dispose();
    this._made.delete(panel);
  }

  private _isDisposed = false;
  private _isOn = false;
  private _made = new Map<NotebookPanel, IDisposable>();
}
