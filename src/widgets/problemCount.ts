/** How many problems does the active notebook have, and how urgent are they? */

import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { IDisposable } from '@lumino/disposable';
import type { AttentionKind, INamespaceModel, INamespaceModels } from '../tokens/models';

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

  /** The kind of the most urgent problem, null where there is none. */
  get mostUrgent(): AttentionKind | null {
    return this._mostUrgent;
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
    const kinds = problems.map(({ kind }) => kind).filter(kind => kind !== 'restart');
    const mostUrgent = kinds[0] ?? null;
    if (kinds.length !== this._count || mostUrgent !== this._mostUrgent) {
      this._count = kinds.length;
      this._mostUrgent = mostUrgent;
      this.countChanged.emit();
    }
  }

  private _count = 0;
  private _isDisposed = false;
  private _mostUrgent: AttentionKind | null = null;
  private _model: INamespaceModel | null = null;
}
