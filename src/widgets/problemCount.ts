/** How many problems does the active notebook have? */

import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

export interface IProblemCountOptions {
  models: INamespaceModels;
  tracker: INotebookTracker;
}

/**
 * Counts the problems of the notebook that the user works in.
 *
 * It requests no reports itself: while neither the marks nor the panel do, nothing is known and the
 * count is 0.
 */
export class ProblemCount implements IDisposable {
  constructor(private readonly _options: IProblemCountOptions) {
    _options.tracker.currentChanged.connect(this._onNotebookChanged, this);
    this._onNotebookChanged();
  }

  readonly countChanged = new Signal<this, void>(this);

  get count(): number {
    return this._count;
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

  private _onNotebookChanged(): void {
    const { models, tracker } = this._options;
    const panel = tracker.currentWidget;
    this._model?.stateChanged.disconnect(this._update, this);
    this._model = panel && !panel.isDisposed ? models.modelOf(panel) : null;
    this._model?.stateChanged.connect(this._update, this);
    this._update();
  }

  private _update(): void {
    const problems = this._model?.problems ?? [];
    // Only a restart would cause the others: they are in the list, but need no attention now.
    const count = problems.filter(({ kind }) => kind !== 'restart').length;
    if (count !== this._count) {
      this._count = count;
      this.countChanged.emit();
    }
  }

  private _count = 0;
  private _isDisposed = false;
  private _model: INamespaceModel | null = null;
}
