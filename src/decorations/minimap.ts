/** Where in a long notebook are the cells that need attention? */

import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { isLoud, lookOf, wordOf } from '../appearance/appearance';
import type { Look } from '../appearance/appearance';
import { idOf } from '../model/cells';
import { CommandIds } from '../tokens/commands';
import type { IDecorationOptions } from './options';

/** Shorter notebooks are seen at a glance. */
const LONG = 20;

/** Cells of one look in a row; `first` and `end` are places among all cells of the notebook. */
export interface IStretch {
  readonly look: Look;
  readonly cellId: string;
  readonly first: number;
  readonly end: number;
}

/**
 * A strip beside the notebook's scroll bar with a mark where cells could surprise the user.
 *
 * All cells are as high on it as each other: how high those are that were not drawn nobody knows.
 */
export class NotebookMinimap implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    const { model, trans } = _options;
    this._strip.className = 'jp-NamespaceViz-minimap';
    this._strip.setAttribute('role', 'group');
    this._strip.setAttribute('aria-label', trans.__('Where cells need attention'));
    model.notebookPanel.content.node.append(this._strip);
    model.stateChanged.connect(this._apply, this);
    model.setWanted('minimap', true);
    this._apply();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this._options.model.setWanted('minimap', false);
      this._strip.remove();
    }
  }

  private _apply(): void {
    const { model } = this._options;
    const looks = model.notebookPanel.content.widgets.map(cell => {
      const id = idOf(cell.model);
      const report = model.entryOf(id)?.report ?? null;
      const isActive = id === model.activeCellId;
      const isAhead = report?.ahead === true && !isActive;
      return { cellId: id, look: isAhead ? 'waiting' : lookOf(report, isActive) } as const;
    });
    const stretches = looks.length < LONG ? [] : stretchesOf(looks);
    const shown = JSON.stringify([stretches, looks.length]);
    if (shown !== this._shown) {
      this._shown = shown;
      this._strip.replaceChildren(...stretches.map(it => this._markOf(it, looks.length)));
    }
  }

  private _markOf({ cellId, end, first, look }: IStretch, total: number): HTMLElement {
    const { mend, model, trans } = this._options;
    const position = model.entryOf(cellId)?.position ?? '?';
    const mark = document.createElement('button');
    mark.type = 'button';
    mark.tabIndex = -1; // the panel's list is the way there for keyboards
    mark.className = `jp-NamespaceViz-minimapMark jp-mod-${look}`;
    const label = trans.__('Go to cell %1', position);
    mark.title = `${label}: ${wordOf(look, trans)}`;
    mark.setAttribute('aria-label', mark.title);
    mark.style.top = `${(100 * first) / total}%`;
    mark.style.height = `${(100 * (end - first)) / total}%`;
    mark.addEventListener('click', () =>
      mend({ command: CommandIds.goToCell, args: { cellId }, label, spoken: label })
    );
    return mark;
  }

  private _isDisposed = false;
  private _shown = '';
  private readonly _strip = document.createElement('div');
}

/** The loud cells, those of one look that follow each other as one stretch. */
export function stretchesOf(cells: readonly { cellId: string; look: Look }[]): IStretch[] {
  const found: IStretch[] = [];
  for (const [place, { cellId, look }] of cells.entries()) {
    const last = found[found.length - 1];
    if (last?.look === look && last.end === place) {
      found[found.length - 1] = { ...last, end: place + 1 };
    } else if (isLoud(look)) {
      found.push({ look, cellId, first: place, end: place + 1 });
    }
  }
  return found;
}
