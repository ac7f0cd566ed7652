/** Which mark does each cell of a notebook have? */

import type { Cell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import { PanelLayout } from '@lumino/widgets';
import { appearanceOf, isLoud, wordOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import { mentionedCellsOf } from '../appearance/wording';
import { idOf } from '../model/cells';
import { remediesOfCell } from '../remedies';
import type { ICellEntry } from '../tokens/models';
import { CellMark } from './cellMark';
import type { IMarkContent } from './cellMark';
import { UpdateQueue } from './updateQueue';
import { Decoration, mentionsIn } from './decoration';
import type { IDecorationOptions } from './decoration';

/**
 * The marks on the cells of one notebook.
 *
 * Each marked cell has an edge. A loud one also has an icon; only the active cell has a line of
 * text, while the keyboard rests. Marks follow the id of a cell, because moving it or changing its
 * type makes a new widget. Cells that the notebook removed from the page are marked like all others.
 */
export class NotebookMarks extends Decoration {
  constructor(options: IDecorationOptions) {
    super(options, 'marks');
    const { model, trans } = options;
    const { content } = model.notebookPanel;
    this._waitingText.hidden = true;
    this._waitingText.id = `jp-NamespaceViz-waiting-${UUID.uuid4()}`;
    this._waitingText.textContent = wordOf('waiting', trans);
    content.node.append(this._waitingText);
    this._queue = new UpdateQueue(content, 'soon', cell => this._updateMark(cell));
    this.followCells();
    this.follow();
  }

  protected override remove(): void {
    this._queue.dispose();
    this._marked.forEach((marked, cell) => this._clear(cell, marked));
    this._marked.clear();
    this._waitingText.remove();
  }

  protected override apply(): void {
    for (const [cell, marked] of this._marked) {
      if (cell.isDisposed || cell.model.type !== 'code') {
        this._clear(cell, marked);
        this._marked.delete(cell);
      } else {
        marked.widget?.setRunning(this.options.model.runningRemedy);
      }
    }
    const { widgets } = this.options.model.notebookPanel.content;
    this._queue.add(widgets.filter(cell => this._isChanged(cell)));
  }

  private _isChanged(cell: Cell): boolean {
    if (cell.model.type !== 'code') {
      return false;
    }
    const before = this._applied.get(cell);
    const { entry, isActive, isTyped } = this._placeOf(cell);
    return (
      before?.entry !== entry ||
      before.isActive !== isActive ||
      before.isTyped !== isTyped ||
      this._mentionedIn(entry).some((other, at) => other !== before.mentioned[at])
    );
  }

  private _situationOf(cell: Cell): ISituation {
    const place = this._placeOf(cell);
    return { ...place, mentioned: this._mentionedIn(place.entry) };
  }

  private _placeOf(cell: Cell): Omit<ISituation, 'mentioned'> {
    const { model } = this.options;
    const id = idOf(cell.model);
    return {
      entry: model.entryOf(id),
      isActive: id === model.activeCellId,
      isTyped: id === model.typedCellId
    };
  }

  private _mentionedIn(entry: ICellEntry | null): ISituation['mentioned'] {
    const message = entry?.report?.message ?? '';
    return mentionedCellsOf(message).map(id => this.options.model.entryOf(id));
  }

  private _updateMark(cell: Cell): void {
    const situation = this._situationOf(cell);
    this._applied.set(cell, situation);
    this._applyTo(cell, contentOf(situation, this.options.trans));
  }

  private _applyTo(cell: Cell, content: IMarkContent | null): void {
    const marked = this._marked.get(cell);
    if (!content) {
      if (marked) {
        this._clear(cell, marked);
        this._marked.delete(cell);
      }
      return;
    }
    if (marked?.widget && !needsWidget(content)) {
      this._removeWidget(cell, marked.widget);
      marked.widget = null;
    }
    if (marked?.content.appearance !== content.appearance) {
      cell.toggleClass(classOf(marked?.content.appearance ?? null), false);
      cell.toggleClass(classOf(content.appearance), true);
    }
    const widget = needsWidget(content) ? (marked?.widget ?? this._newWidget(cell)) : null;
    widget?.setContent(content);
    widget?.setRunning(this.options.model.runningRemedy);
    const description = needsWidget(content) ? widget?.id : this._waitingText.id;
    cell.node.setAttribute('aria-describedby', description ?? '');
    this._marked.set(cell, { content, widget });
  }

  /** Make the widget and insert it below the input; null while the cell is a placeholder without one. */
  private _newWidget(cell: Cell): CellMark | null {
    if (cell.isPlaceholder()) {
      this._applyWhenReady(cell);
      return null;
    }
    const { fix, openMenu, owner } = this.options;
    const widget = new CellMark({
      fix,
      openMenu: anchor => {
        const entry = this._applied.get(cell)?.entry;
        if (entry) {
          openMenu(entry, anchor);
        }
      },
      mentions: mentionsIn(this.options),
      owner
    });
    const { layout } = cell;
    if (layout instanceof PanelLayout) {
      const input = layout.widgets.findIndex(part => part.hasClass('jp-Cell-inputWrapper'));
      layout.insertWidget(input + 1, widget);
    }
    return widget;
  }

  private _applyWhenReady(cell: Cell): void {
    if (!this._awaited.has(cell)) {
      this._awaited.add(cell);
      void cell.ready.then(() => {
        const marked = this._marked.get(cell);
        if (marked && !cell.isDisposed && !this.isDisposed) {
          this._applyTo(cell, marked.content);
        }
      });
    }
  }

  private _removeWidget(cell: Cell, widget: CellMark): void {
    if (!cell.isDisposed && widget.node.parentElement !== cell.node) {
      // A windowed notebook removes the parts of a code cell outside the view from the page, and a
      // layout cannot remove a part that is not there.
      cell.node.append(widget.node);
    }
    widget.dispose();
  }

  private _clear(cell: Cell, { content, widget }: IMarked): void {
    if (widget) {
      this._removeWidget(cell, widget);
    }
    if (!cell.isDisposed) {
      cell.toggleClass(classOf(content.appearance), false);
      cell.node.removeAttribute('aria-describedby');
    }
  }

  private _awaited = new WeakSet<Cell>();

  private _marked = new Map<Cell, IMarked>();
  /** The values from which each cell was marked last. */
  private _applied = new WeakMap<Cell, ISituation>();
  private readonly _queue: UpdateQueue;
  /** Describes all waiting cells to screen readers. */
  private readonly _waitingText = document.createElement('span');
}

/** What the mark of a cell follows from. */
interface ISituation {
  readonly entry: ICellEntry | null;
  readonly isActive: boolean;
  /** Whether the user is typing in it. */
  readonly isTyped: boolean;
  /** The cells that its sentence mentions, each with its count. */
  readonly mentioned: readonly (ICellEntry | null)[];
}

interface IMarked {
  content: IMarkContent;
  widget: CellMark | null;
}

/** What the mark of a cell shows; null if it needs none. */
function contentOf(
  { entry, isActive, isTyped }: ISituation,
  trans: TranslationBundle
): IMarkContent | null {
  const report = entry?.report ?? null;
  const isAtRest = isActive && !isTyped;
  const appearance = appearanceOf(report);
  // The user may be about to type the rest of the statement in the active cell.
  if (!entry || !isMarked(appearance) || (appearance === 'syntax-error' && isActive)) {
    return null;
  }
  const { error = null, message = null } = report ?? {};
  const remedies = isAtRest ? remediesOfCell(entry, trans) : [];
  return { appearance, error, message, remedies, hasLine: isAtRest };
}

/** Whether the mark is more than an edge, which is a class of the cell. */
function needsWidget({ appearance, hasLine }: IMarkContent): boolean {
  return hasLine || isLoud(appearance) || appearance === 'syntax-error';
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
    case 'unknown':
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
