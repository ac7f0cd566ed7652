/** What do all decorations of a notebook have in common? */

import type { CellList } from '@jupyterlab/notebook';
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

  /**
   * Draw on the new widgets of cells that move, are split or restored before they are seen, not
   * after the next change of the model. Call it before `follow`.
   */
  protected followCells(): void {
    const { content } = this.options.model.notebookPanel;
    content.modelChanged.connect(this._onNotebookModel, this);
    this._onNotebookModel();
  }

  private _onNotebookModel(): void {
    this._list?.changed.disconnect(this._onList, this);
    this._list = this.options.model.notebookPanel.content.model?.cells ?? null;
    this._list?.changed.connect(this._onList, this);
  }

  /** A move is a removal and an insertion, and a notebook that is read a thousand insertions. */
  private _onList(): void {
    if (!this._isListNew) {
      this._isListNew = true;
      queueMicrotask(() => {
        this._isListNew = false;
        if (!this._isDisposed) {
          this.apply();
        }
      });
    }
  }

  /** Draw what the model says now. */
  protected abstract apply(): void;

  /** Remove all that was drawn. */
  protected abstract remove(): void;

  private _isDisposed = false;
  private _isListNew = false;
  private _list: CellList | null = null;
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
