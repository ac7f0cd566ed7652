/** How are the cells of a notebook listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { lanesOf } from '../model/lanes';
import type { ILane } from '../model/lanes';
import { reachOf } from '../model/reach';
import type { IReach } from '../model/reach';
import type { Edge } from '../protocol';
import type { ICellEntry, INameTable } from '../tokens';
import { CellRow } from './CellRow';
import type { ICellCallbacks, Relation } from './CellRow';
import { widthOf } from './Gutter';
import { useNameCard } from './NameCard';
import { useNearRows } from './nearRows';

export interface ICellListProps extends ICellCallbacks {
  cells: readonly ICellEntry[];
  /** Null until the server told them. */
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  names: INameTable | null;
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
  const { activeCellId, cells: latest, edges, names, trans, ...callbacks } = props;
  // Where one run changes thousands of rows, typing must not wait until they are drawn.
  const cells = React.useDeferredValue(latest);
  const [focusedId, setFocusedId] = React.useState<string | null>(null);
  const list = React.useRef<HTMLUListElement>(null);
  const near = useNearRows(list, cells);
  const lanes = useLanes(cells, edges, activeCellId);
  const [cardHandlers, card] = useNameCard({ cells, names, trans });
  const ids = [focusedId, activeCellId];
  const stop = ids.find(id => cells.some(cell => cell.id === id)) ?? cells[0]?.id;
  return (
    <>
      <ul
        ref={list}
        className="jp-NamespaceViz-list"
        role="list"
        aria-label={trans.__('Code cells')}
        style={{ '--jp-namespace-viz-lanes': `${widthOf(lanes.rows)}px` } as React.CSSProperties}
        {...cardHandlers}
        onFocus={event => {
          setFocusedId(rowOf(event.target)?.dataset.cellId ?? null);
          cardHandlers.onFocus(event);
        }}
        onKeyDown={event => {
          onKeyDown(event);
          cardHandlers.onKeyDown(event);
        }}
      >
        {cells.map((entry, index) => (
          <CellRow
            key={entry.id}
            entry={entry}
            isActive={entry.id === activeCellId}
            lanes={lanes.rows[index] ?? NO_LANES}
            relation={relationOf(entry.id, lanes.reach)}
            isNear={near.first <= index && index < near.end}
            isTabStop={entry.id === stop}
            trans={trans}
            {...callbacks}
          />
        ))}
      </ul>
      {card}
    </>
  );
}

const NO_LANES: readonly ILane[] = [];

interface ILanes {
  rows: ILane[][];
  reach: IReach | null;
}

/** The lines beside the rows, drawn anew only where they change. */
function useLanes(
  cells: readonly ICellEntry[],
  edges: readonly Edge[] | null,
  activeCellId: string | null
): ILanes {
  const before = React.useRef<ILane[][]>([]);
  return React.useMemo(() => {
    const reach = activeCellId === null ? null : reachOf(activeCellId, edges ?? []);
    const active = activeCellId !== null && reach ? { id: activeCellId, reach } : null;
    const order = cells.map(cell => cell.id);
    before.current = lanesOf(order, edges ?? [], active, before.current);
    return { rows: before.current, reach };
  }, [cells, edges, activeCellId]);
}

function relationOf(id: string, reach: IReach | null): Relation | null {
  if (reach?.upstream.has(id)) {
    return 'upstream';
  }
  return reach?.downstream.has(id) ? 'downstream' : null;
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
