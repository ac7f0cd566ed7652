/** Which mark does each cell of a notebook have? */

import type { Cell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { PanelLayout } from '@lumino/widgets';
import { appearanceOf, isLoud } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import { idOf } from '../model/cells';
import { remediesOfCell } from '../remedies';
import type { ICellEntry } from '../tokens/models';
import { CellMark } from './cellMark';
import type { IMark } from './cellMark';
import { mentionsIn } from './options';
import type { IDecorationOptions } from './options';

/**
 * The marks on the cells of one notebook.
 *
 * They follow the id of a cell, because moving it or changing its type makes a new widget. Cells
 * that the notebook removed from the page are marked like all others.
 */
export class NotebookMarks implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    const { model } = _options;
    model.stateChanged.connect(this._apply, this);
    model.setWanted('marks', 'verdicts');
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
    this._options.model.setWanted('marks', 'nothing');
    for (const [cell, marked] of this._marked) {
      this._clear(cell, marked);
    }
    this._marked.clear();
  }

  private _apply(): void {
    const { model } = this._options;
    for (const [cell, marked] of this._marked) {
      if (cell.isDisposed || cell.model.type !== 'code') {
        this._clear(cell, marked);
        this._marked.delete(cell);
      }
    }
    for (const cell of model.notebookPanel.content.widgets) {
      if (cell.model.type === 'code') {
        const id = idOf(cell.model);
        this._updateMark(cell, model.entryOf(id), id === model.activeCellId);
      }
    }
  }

  private _updateMark(cell: Cell, entry: ICellEntry | null, isActive: boolean): void {
    const applied = this._applied.get(cell);
    if (!applied || applied.entry !== entry || applied.isActive !== isActive) {
      this._applied.set(cell, { entry, isActive });
      this._applyTo(cell, markOf(entry, isActive, this._options.trans));
    }
  }

  private _applyTo(cell: Cell, mark: IMark | null): void {
    const marked = this._marked.get(cell);
    if (!mark) {
      if (marked) {
        this._clear(cell, marked);
        this._marked.delete(cell);
      }
      return;
    }
    if (marked?.mark.appearance !== mark.appearance) {
      cell.toggleClass(classOf(marked?.mark.appearance ?? null), false);
      cell.toggleClass(classOf(mark.appearance), true);
    }
    const note = marked?.note ?? this._newMark(cell);
    note?.setMark(mark);
    this._marked.set(cell, { mark, note });
  }

  /** The mark of a cell; null while the cell is a placeholder without an input. */
  private _newMark(cell: Cell): CellMark | null {
    if (cell.isPlaceholder()) {
      this._addNoteWhenReady(cell);
      return null;
    }
    const { fix, openMenu } = this._options;
    const note = new CellMark(
      fix,
      anchor => {
        const entry = this._applied.get(cell)?.entry;
        if (entry) {
          openMenu(entry, anchor);
        }
      },
      mentionsIn(this._options)
    );
    const { layout } = cell;
    if (layout instanceof PanelLayout) {
      const input = layout.widgets.findIndex(part => part.hasClass('jp-Cell-inputWrapper'));
      layout.insertWidget(input + 1, note);
    }
    return note;
  }

  private _addNoteWhenReady(cell: Cell): void {
    if (!this._awaited.has(cell)) {
      this._awaited.add(cell);
      void cell.ready.then(() => {
        const marked = this._marked.get(cell);
        if (marked && !cell.isDisposed && !this._isDisposed) {
          this._applyTo(cell, marked.mark);
        }
      });
    }
  }

  private _clear(cell: Cell, { mark, note }: IMarked): void {
    if (note && !cell.isDisposed && note.node.parentElement !== cell.node) {
      // A windowed notebook removes the parts of a code cell outside the view from the page, and a
      // layout cannot remove a part that is not there.
      cell.node.append(note.node);
    }
    note?.dispose();
    if (!cell.isDisposed) {
      cell.toggleClass(classOf(mark.appearance), false);
    }
  }

  private _awaited = new WeakSet<Cell>();

  private _isDisposed = false;
  private _marked = new Map<Cell, IMarked>();
  /** The values from which each cell was marked last. */
  private _applied = new WeakMap<Cell, { entry: ICellEntry | null; isActive: boolean }>();
}

interface IMarked {
  mark: IMark;
  note: CellMark | null;
}

/** The mark of a cell; null if it needs none. */
function markOf(
  entry: ICellEntry | null,
  isActive: boolean,
  trans: TranslationBundle
): IMark | null {
  const report = entry?.report ?? null;
  const appearance = appearanceOf(report, isActive);
  // The user may be typing the rest of the statement in the active cell.
  if (!isMarked(appearance) || (appearance === 'syntax-error' && isActive)) {
    return null;
  }
  const isLow = report?.waiting === true;
  const isOffered = isLoud(appearance) && (isActive || !isLow);
  const remedies = entry && isOffered ? remediesOfCell(entry, trans) : [];
  return { appearance, message: report?.message ?? null, remedies, isLow };
}

function isMarked(appearance: Appearance): boolean {
  switch (appearance) {
    case 'at-risk':
    case 'blocked':
    case 'blocked-import':
    case 'failed':
    case 'stale':
    case 'syntax-error':
    case 'waiting':
      return true;
    case 'empty':
    case 'fresh':
    case 'not-python':
    case 'ready':
    case 'pending':
    case 'queued':
    case 'running':
      return false;
    default:
      return unknownAppearance(appearance);
  }
}

function classOf(appearance: Appearance | null): string {
  return `jp-NamespaceViz-cell-${appearance ?? 'none'}`;
}

function unknownAppearance(appearance: never): never {
  throw new Error(`Unknown appearance ${JSON.stringify(appearance)}`);
}
