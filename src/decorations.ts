/** Which marks do the cells of the notebooks carry? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { NotebookMarks } from './decorations/notebook';
import type { INamespaceModels } from './tokens';

export interface IDecorationOptions {
  commands: CommandRegistry;
  models: INamespaceModels;
  tracker: INotebookTracker;
  trans: TranslationBundle;
}

/** The marks on the cells of all open notebooks; switched on and off as one. */
export class Decorations implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    _options.tracker.widgetAdded.connect(this._onNotebookAdded, this);
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
      this._options.tracker.forEach(panel => this._mark(panel));
    } else {
      this._unmarkAll();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._unmarkAll();
      Signal.clearData(this);
    }
  }

  private _onNotebookAdded(_: INotebookTracker, panel: NotebookPanel): void {
    if (this._isOn) {
      this._mark(panel);
    }
  }

  private _mark(panel: NotebookPanel): void {
    const { commands, models, trans } = this._options;
    const marks = new NotebookMarks({ commands, model: models.modelOf(panel), trans });
    this._marks.set(panel, marks);
    panel.disposed.connect(this._onNotebookDisposed, this);
  }

  private _onNotebookDisposed(panel: NotebookPanel): void {
    this._marks.get(panel)?.dispose();
    this._marks.delete(panel);
  }

  private _unmarkAll(): void {
    for (const [panel, marks] of this._marks) {
      panel.disposed.disconnect(this._onNotebookDisposed, this);
      marks.dispose();
    }
    this._marks.clear();
  }

  private _isDisposed = false;
  private _isOn = false;
  private _marks = new Map<NotebookPanel, NotebookMarks>();
}
