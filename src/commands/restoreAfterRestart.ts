/** When are the imports of a notebook restored automatically? */

import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { INamespaceModel } from '../tokens/models';

/** Calls `restore` when the kernel of one notebook is idle again after a restart. */
export class RestoreAfterRestart implements IDisposable {
  constructor(
    private readonly _model: INamespaceModel,
    private readonly _restore: () => void
  ) {
    _model.stateChanged.connect(this._onStateChanged, this);
    _model.setWanted('restore', 'verdicts');
    this._onStateChanged();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this._model.setWanted('restore', 'nothing');
    }
  }

  private _onStateChanged(): void {
    const { kernel } = this._model;
    // A busy kernel may be running all cells again, which restores the imports.
    if (kernel?.state !== 'idle') {
      return;
    }
    const { generation, kernel_id } = kernel;
    const before = this._lastKernel;
    this._lastKernel = { generation, kernel_id };
    if (before?.kernel_id === kernel_id && before.generation < generation) {
      this._restore();
    }
  }

  private _isDisposed = false;
  private _lastKernel: { generation: number; kernel_id: string | null } | null = null;
}
