/** Where in a long notebook are the cells that need attention? */

import { appearanceOf, isLoud, wordOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import { idOf } from '../model/cells';
import { CommandIds } from '../tokens/commands';
import { Decoration } from './decoration';
import type { IDecorationOptions } from './decoration';

/** Shorter notebooks need no minimap. */
const MIN_CELLS = 20;

/** Consecutive cells of one appearance; `first` and `end` are indexes into all cells. */
export interface ISegment {
  readonly appearance: Appearance;
  readonly cellId: string;
  readonly first: number;
  readonly end: number;
}

/**
 * A strip next to the notebook's scroll bar with a mark where cells need attention.
 *
 * All cells have the same height in it, because the height of a cell is unknown until it is drawn.
 */
export class NotebookMinimap extends Decoration {
  constructor(options: IDecorationOptions) {
    super(options, 'minimap');
    const { model, trans } = options;
    this._strip.className = 'jp-NamespaceViz-minimap';
    this._strip.setAttribute('role', 'group');
    this._strip.setAttribute('aria-label', trans.__('Cells that need attention'));
    model.notebookPanel.content.node.append(this._strip);
    this.follow();
  }

  protected override remove(): void {
    this._strip.remove();
  }

  protected override apply(): void {
    const { model } = this.options;
    const appearances = model.notebookPanel.content.widgets.map(cell => {
      const id = idOf(cell.model);
      const report = model.entryOf(id)?.report ?? null;
      return { cellId: id, appearance: appearanceOf(report) };
    });
    const segments = appearances.length < MIN_CELLS ? [] : segmentsOf(appearances);
    const shown = JSON.stringify([segments, appearances.length]);
    if (shown !== this._shown) {
      this._shown = shown;
      this._strip.replaceChildren(...segments.map(it => this._markOf(it, appearances.length)));
    }
  }

  private _markOf({ cellId, end, first, appearance }: ISegment, total: number): HTMLElement {
    const { fix, model, trans } = this.options;
    const number = model.entryOf(cellId)?.number ?? '?';
    const mark = document.createElement('button');
    mark.type = 'button';
    mark.tabIndex = -1; // keyboards use the list in the panel
    mark.className = `jp-NamespaceViz-minimapMark jp-mod-${appearance}`;
    const label = trans.__('Go to cell %1', number);
    mark.title = `${label}: ${wordOf(appearance, trans)}`;
    mark.setAttribute('aria-label', mark.title);
    mark.style.top = `${(100 * first) / total}%`;
    mark.style.height = `${(100 * (end - first)) / total}%`;
    mark.addEventListener('click', () =>
      fix({ command: CommandIds.goToCell, args: { cellId }, label, ariaLabel: label })
    );
    return mark;
  }

  private _shown = '';
  private readonly _strip = document.createElement('div');
}

/** The cells that need attention; consecutive ones of one appearance form a segment. */
export function segmentsOf(
  cells: readonly { cellId: string; appearance: Appearance }[]
): ISegment[] {
  const found: ISegment[] = [];
  for (const [index, { cellId, appearance }] of cells.entries()) {
    const last = found[found.length - 1];
    if (last?.appearance === appearance && last.end === index) {
      found[found.length - 1] = { ...last, end: index + 1 };
    } else if (isLoud(appearance)) {
      found.push({ appearance, cellId, first: index, end: index + 1 });
    }
  }
  return found;
}
