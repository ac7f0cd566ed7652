/** Which names are underlined in the cells of a notebook? */

import type { Cell } from '@jupyterlab/cells';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { idOf } from '../model/cells';
import type { Need } from '../protocol';
import type { ICellEntry } from '../tokens/models';
import { NameCard } from './cardContent';
import { UpdateQueue } from './updateQueue';
import { openCard } from './hoverCards';
import { Decoration } from './decoration';
import type { IDecorationOptions } from './decoration';
import {
  hasUnderlineExtension,
  setUnderlined,
  underlinedIn,
  underlineExtension
} from './underlineExtension';

/**
 * The underlines in the cells of one notebook.
 *
 * An editor is updated only when the verdict on its cell has changed, or its text after typing,
 * which takes away the underlines that it touches.
 */
export class NotebookUnderlines extends Decoration {
  constructor(options: IDecorationOptions) {
    super(options, 'underlines');
    const { model } = options;
    this._queue = new UpdateQueue(model.notebookPanel.content, 'idle', cell => this._update(cell));
    this.follow();
  }

  protected override remove(): void {
    this._queue.dispose();
    for (const cell of this.options.model.notebookPanel.content?.widgets ?? []) {
      if (this._shown.has(cell)) {
        this._show(cell, NOTHING);
      }
    }
  }

  protected override apply(): void {
    const { notebookPanel, typedCellId } = this.options.model;
    const typed = this._typedCellId;
    this._typedCellId = typedCellId;
    const isFinished = (cell: Cell): boolean =>
      typed !== null && typed !== typedCellId && idOf(cell.model) === typed;
    this._queue.add(
      notebookPanel.content.widgets.filter(cell => isFinished(cell) || this._isChanged(cell))
    );
  }

  private _isChanged(cell: Cell): boolean {
    return (this._shown.get(cell) ?? NOTHING) !== this._underlinedIn(cell);
  }

  private _underlinedIn(cell: Cell): readonly Need[] {
    return underlinedOf(this.options.model.entryOf(idOf(cell.model)));
  }

  private _update(cell: Cell): void {
    this._show(cell, this._underlinedIn(cell));
  }

  private _show(cell: Cell, underlined: readonly Need[]): void {
    const isNew = !this._shown.has(cell);
    this._shown.set(cell, underlined);
    if (cell.isDisposed) {
      return;
    }
    if (cell.editor) {
      this._underline(cell);
    } else if (isNew) {
      // A cell out of view gets its editor later.
      void cell.ready.then(() => this.isDisposed || this._underline(cell));
    }
  }

  private _underline(cell: Cell): void {
    const { editor } = cell;
    if (editor instanceof CodeMirrorEditor) {
      if (!hasUnderlineExtension(editor.editor)) {
        editor.injectExtension(
          underlineExtension(need => new NameCard(need, idOf(cell.model), this.options))
        );
      }
      editor.editor.dispatch({ effects: setUnderlined.of(this._shown.get(cell) ?? NOTHING) });
    }
  }

  private readonly _queue: UpdateQueue;
  private readonly _shown = new WeakMap<Cell, readonly Need[]>();
  private _typedCellId: string | null = null;
}

/** Open the card on the underlined name next to the cursor; false if no name is underlined. */
export function openNameCard(cell: Cell | null): boolean {
  const editor = cell?.editor;
  return editor instanceof CodeMirrorEditor && openCard(editor.editor, underlinedIn);
}

const NOTHING: readonly Need[] = [];

/** What to underline in a cell. A cell that runs or is queued may still get what it lacks. */
function underlinedOf(entry: ICellEntry | null): readonly Need[] {
  const report = entry?.report;
  const isShown = report && !['queued', 'running'].includes(report.status);
  return isShown && report.needs.length > 0 ? report.needs : NOTHING;
}
