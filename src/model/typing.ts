/** Is the user typing, and when does the keyboard rest? */

import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { idOf } from './cells';

/** Milliseconds without a key press after which the keyboard rests. */
const REST = 1000;

/**
 * Follows the user's typing in the active cell of one notebook.
 *
 * Typing ends when the keyboard rests, when the cursor moves away from the name, or when the focus
 * leaves the editor. While the cursor stands at the end of a name that begins like a longer known
 * one, the user is probably not done with it: then resting is not enough.
 */
export class Typing implements IDisposable {
  constructor(
    private readonly _notebook: Notebook,
    private readonly _isStartOfKnownName: (word: string) => boolean
  ) {
    _notebook.activeCellChanged.connect(this._onActiveCell, this);
    _notebook.node.addEventListener('focusout', this._onFocusOut);
    this._onActiveCell();
  }

  /** Emitted when typing begins and when it ends. */
  readonly changed = new Signal<this, void>(this);

  /** The cell that is being typed in; null at rest. */
  get cellId(): string | null {
    return this._cellId;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      this._notebook.node.removeEventListener('focusout', this._onFocusOut);
      Signal.clearData(this);
    }
  }

  /** Regard the text as finished, for example because the cell is run. */
  end(): void {
    clearTimeout(this._timer);
    if (this._cellId !== null) {
      this._cellId = null;
      this.changed.emit();
    }
  }

  /** The list of cells changes: a text that changes with it, as in a split cell, is not typed. */
  noteNewList(): void {
    this._isListNew = true;
    queueMicrotask(() => (this._isListNew = false));
    if (this._isTextNew) {
      this.end();
    }
  }

  private _onActiveCell(): void {
    const cell = this._notebook.activeCell;
    if (cell !== this._cell) {
      this._cell?.model?.sharedModel.changed.disconnect(this._onText, this);
      this._cell?.model?.selections.changed.disconnect(this._onCursor, this);
      this._cell = cell;
      cell?.model.sharedModel.changed.connect(this._onText, this);
      cell?.model.selections.changed.connect(this._onCursor, this);
      this.end();
    }
  }

  private _onText(_: unknown, { sourceChange }: { sourceChange?: unknown }): void {
    const cell = this._cell;
    if (!sourceChange || !cell?.editor?.hasFocus()) {
      return;
    }
    if (this._isListNew) {
      this.end();
      return;
    }
    this._isTextNew = true;
    queueMicrotask(() => (this._isTextNew = false));
    this._isCursorMoved = true; // by the text
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._onRest(), REST);
    const id = idOf(cell.model);
    if (id !== this._cellId) {
      this._cellId = id;
      this.changed.emit();
    }
  }

  private _onCursor(): void {
    const editor = this._cell?.editor;
    if (this._cellId === null || !editor) {
      return;
    }
    const { from } = wordAt(editor);
    if (this._isCursorMoved) {
      this._isCursorMoved = false;
      this._wordStart = from;
    } else if (from !== this._wordStart) {
      this.end();
    }
  }

  private _onRest(): void {
    const editor = this._cell?.editor;
    const { isName, text } = editor ? wordAt(editor) : NO_WORD;
    if (!isName || !this._isStartOfKnownName(text)) {
      this.end();
    }
  }

  private _onFocusOut = (): void => {
    if (this._cellId !== null && !this._cell?.editor?.hasFocus()) {
      this.end();
    }
  };

  private _cell: Cell | null = null;
  private _cellId: string | null = null;
  private _isCursorMoved = false;
  private _isDisposed = false;
  /** Whether the list of cells, or the text, has changed just now. */
  private _isListNew = false;
  private _isTextNew = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _wordStart = 0;
}

interface IWord {
  /** The offset of its first character. */
  from: number;
  text: string;
  /** Whether it is a name of its own and the cursor stands at its end. */
  isName: boolean;
}

const NO_WORD: IWord = { from: 0, text: '', isName: false };

/** The word that the cursor touches; it is empty where there is none. */
function wordAt(editor: NonNullable<Cell['editor']>): IWord {
  const source = editor.model.sharedModel.getSource();
  const offset = editor.getOffsetAt(editor.getCursorPosition());
  const before = /[\p{L}\p{N}_]*$/u.exec(source.slice(0, offset))?.[0] ?? '';
  const after = /^[\p{L}\p{N}_]*/u.exec(source.slice(offset))?.[0] ?? '';
  const from = offset - before.length;
  const isName = after === '' && /^[\p{L}_]/u.test(before) && source[from - 1] !== '.';
  return { from, text: before + after, isName };
}
