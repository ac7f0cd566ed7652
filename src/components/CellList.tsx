/** How are the cells of a notebook listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICellEntry } from '../tokens';
import { CellRow } from './CellRow';
import type { ICellCallbacks } from './CellRow';
import { useNearRows } from './nearRows';

export interface ICellListProps extends ICellCallbacks {
  cells: readonly ICellEntry[];
  activeCellId: string | null;
  trans: TranslationBundle;
}

/**
 * The cells in document order.
 *
 * Each has its row with its first line, so that all can be reached, by any means; the rest of a row
 * is drawn when the row comes near the view, because thousands of them would take seconds.
 *
 * The list is one stop of the Tab key, whatever its length: the arrow keys, Home and End move
 * between the rows, Tab goes through the buttons of the row.
 */
export function CellList(props: ICellListProps): React.ReactElement {
  const { activeCellId, cells: latest, trans, ...callbacks } = props;
  // Where one run changes thousands of rows, typing must not wait until they are drawn.
  const cells = React.useDeferredValue(latest);
  const [focusedId, setFocusedId] = React.useState<string | null>(null);
  const list = React.useRef<HTMLUListElement>(null);
  const near = useNearRows(list, cells);
  const ids = [focusedId, activeCellId];
  const stop = ids.find(id => cells.some(cell => cell.id === id)) ?? cells[0]?.id;
  return (
    <ul
      ref={list}
      className="jp-NamespaceViz-list"
      role="list"
      aria-label={trans.__('Code cells')}
      onFocus={event => setFocusedId(rowOf(event.target)?.dataset.cellId ?? null)}
      onKeyDown={onKeyDown}
    >
      {cells.map((entry, index) => (
        <CellRow
          key={entry.id}
          entry={entry}
          isActive={entry.id === activeCellId}
          isNear={near.first <= index && index < near.end}
          isTabStop={entry.id === stop}
          trans={trans}
          {...callbacks}
        />
      ))}
    </ul>
  );
}

function onKeyDown(event: React.KeyboardEvent<HTMLUListElement>): void {
  const row = nextRow(event.key, event.currentTarget, rowOf(event.target));
  if (row) {
    event.preventDefault();
    row.querySelector<HTMLElement>('.jp-NamespaceViz-head')?.focus();
  }
}

function nextRow(key: string, list: HTMLUListElement, row: HTMLElement | null): Element | null {
  switch (key) {
    case 'ArrowDown':
      return row?.nextElementSibling ?? null;
    case 'ArrowUp':
      return row?.previousElementSibling ?? null;
    case 'Home':
      return list.firstElementChild;
    case 'End':
      return list.lastElementChild;
    default:
      return null;
  }
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-cell-id]') : null;
}
