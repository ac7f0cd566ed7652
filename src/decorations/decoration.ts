/** What do all decorations of a notebook have in common? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { ICellMentions } from '../appearance/cellNames';
import { CommandIds } from '../tokens/commands';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, INamespaceModel } from '../tokens/models';

/** The options of a decoration of one notebook. */
export interface IDecorationOptions {
  model: INamespaceModel;
  fix: (remedy: IRemedy) => void;
  /** Opens the menu of a cell below an element. */
  openMenu: (entry: ICellEntry, anchor: HTMLElement) => void;
  /** The name of the extension, where nothing else on the page has it. */
  owner: string | null;
  /** Runs all cells above the active one. */
  runAllAbove: () => void;
  trans: TranslationBundle;
}

/** What is drawn in one notebook, and follows its model until it is disposed. */
export abstract class Decoration implements IDisposable {
  /** `_watcher` is the id under which it wants the verdicts; each kind of decoration has its own. */
  constructor(
    protected readonly options: IDecorationOptions,
    private readonly _watcher: string
  ) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this.options.model.setWanted(this._watcher, 'nothing');
      this.remove();
    }
  }

  /** Draw from now on what the model says: the last step of a constructor. */
  protected follow(): void {
    const { model } = this.options;
    model.stateChanged.connect(this.apply, this);
    model.setWanted(this._watcher, 'verdicts');
    this.apply();
  }

  /** Draw what the model says now. */
  protected abstract apply(): void;

  /** Remove all that was drawn. */
  protected abstract remove(): void;

  private _isDisposed = false;
}

/** Mentions of the notebook's cells as they are when a sentence is drawn. */
export function mentionsIn({ fix, model, trans }: IDecorationOptions): ICellMentions {
  return {
    get cellCount() {
      return model.cells.length;
    },
    trans,
    entryOf: cellId => model.entryOf(cellId),
    goToCell: cellId =>
      fix({ command: CommandIds.goToCell, args: { cellId }, label: '', ariaLabel: '' })
  };
}
