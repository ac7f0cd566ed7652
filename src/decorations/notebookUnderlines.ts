/** Which names are underlined in the cells of a notebook? */

import type { Cell } from '@jupyterlab/cells';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { idOf } from '../model/cells';
import type { Need } from '../protocol';
import { remediesOfNeed } from '../remedies';
import type { ICellEntry } from '../tokens/models';
import { newCardContent } from './cardContent';
import { openCard } from './hoverCards';
import { mentionsIn } from './options';
import type { IDecorationOptions } from './options';
import {
  hasUnderlineExtension,
  setNeeds,
  underlinedIn,
  underlineExtension
} from './underlineExtension';

/**
 * The underlines in the cells of one notebook, except in waiting cells.
 *
 * An editor is updated only when the verdict on its cell has changed.
 */
export class NotebookUnderlines implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    const { model } = _options;
    model.stateChanged.connect(this._apply, this);
    model.setWanted('underlines', 'verdicts');
    this._apply();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.clearData(this);
    this._options.model.setWanted('underlines', 'nothing');
    for (const cell of this._options.model.notebookPanel.content?.widgets ?? []) {
      this._setNeeds(cell, NO_NEEDS);
    }
  }

  private _apply(): void {
    const { model } = this._options;
    for (const cell of model.notebookPanel.content.widgets) {
      this._setNeeds(cell, needsOf(model.entryOf(idOf(cell.model)), model.activeCellId));
    }
  }

  private _setNeeds(cell: Cell, needs: readonly Need[]): void {
    const before = this._needs.get(cell);
    if (cell.isDisposed || (before ?? NO_NEEDS) === needs) {
      return;
    }
    this._needs.set(cell, needs);
    if (cell.editor) {
      this._underline(cell);
    } else if (!before) {
      // A cell out of view gets its editor later.
      void cell.ready.then(() => this._isDisposed || this._underline(cell));
    }
  }

  private _underline(cell: Cell): void {
    const { editor } = cell;
    if (editor instanceof CodeMirrorEditor) {
      if (!hasUnderlineExtension(editor.editor)) {
        editor.injectExtension(underlineExtension(need => this._cardOf(idOf(cell.model), need)));
      }
      editor.editor.dispatch({ effects: setNeeds.of(this._needs.get(cell) ?? NO_NEEDS) });
    }
  }

  private _cardOf(cellId: string, need: Need): HTMLElement {
    const { fix, model, trans } = this._options;
    const entry = model.entryOf(cellId);
    const provider = model.entryOf(need.provider);
    const remedies = entry ? remediesOfNeed(need, entry, provider, trans) : [];
    return newCardContent(need, remedies, fix, mentionsIn(this._options));
  }

  private _isDisposed = false;
  private _needs = new WeakMap<Cell, readonly Need[]>();
}

/** Open the card on the underlined name next to the cursor; false if no name is underlined. */
export function openNameCard(cell: Cell | null): boolean {
  const editor = cell?.editor;
  return editor instanceof CodeMirrorEditor && openCard(editor.editor, underlinedIn);
}

const NO_NEEDS: readonly Need[] = [];

/** The needs to underline; the same object while the verdict is the same. */
function needsOf(entry: ICellEntry | null, activeCellId: string | null): readonly Need[] {
  const report = entry?.report;
  const isShown = report && !(report.waiting && entry.id !== activeCellId);
  return isShown && report.needs.length > 0 ? report.needs : NO_NEEDS;
}
