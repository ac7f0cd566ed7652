/** How are the cells of a notebook listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { lanesOf } from '../cells/lanes';
import type { ILane } from '../cells/lanes';
import { relatedCellsOf } from '../../model/relatedCells';
import type { IRelatedCells } from '../../model/relatedCells';
import type { Edge } from '../../protocol';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { CellBlock } from '../cells/CellBlock';
import type { ICellCallbacks } from '../cells/CellRow';
import { lanesIn } from '../cells/Gutter';
import { useNameCard } from '../names/NameCard';
import { blocksOf } from '../cells/rows';
import type { Block, Relation } from '../cells/rows';

export interface ICellListProps extends ICellCallbacks {
  cells: readonly ICellEntry[];
  /** Null until the server has sent them. */
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  names: INameTable | null;
  trans: TranslationBundle;
}

/**
 * The cells in document order.
 *
 * Each cell has a row with its first line, so that all can be found and reached. The rest of a row is
 * rendered when the row comes near the view, because thousands of them would take seconds.
 *
 * The list is a single tab stop. The arrow keys, Home and End move between the rows, and Tab goes
 * through the buttons of the current row.
 */
export function CellList(props: ICellListProps): React.ReactElement {
  const { activeCellId, cells: latest, edges, names, trans, ...callbacks } = props;
  // One run may change thousands of rows: typing must not wait until they are rendered.
  const cells = React.useDeferredValue(latest);
  const [focusedId, setFocusedId] = React.useState<string | null>(null);
  const order = useOrder(cells);
  const lanes = useLanes(order, edges, activeCellId);
  const [cardHandlers, card] = useNameCard({ cells, names, trans });
  const stop = [focusedId, activeCellId].find(id => id && order.includes(id)) ?? order[0];
  const blocks = useBlocks(cells, lanes, activeCellId, stop);
  return (
    <>
      <div className="jp-NamespaceViz-scroll">
        <div
          className="jp-NamespaceViz-list"
          role="list"
          aria-label={trans.__('Code cells')}
          style={{ '--jp-namespace-viz-lane-count': lanes.count } as React.CSSProperties}
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
          {blocks.map((rows, index) => (
            <CellBlock key={index} rows={rows} isFirst={index === 0} trans={trans} {...callbacks} />
          ))}
        </div>
      </div>
      {card}
    </>
  );
}

/** The rows in blocks; blocks that did not change stay the same arrays. */
function useBlocks(
  cells: readonly ICellEntry[],
  lanes: ILanes,
  activeCellId: string | null,
  stop: string | undefined
): readonly Block[] {
  const before = React.useRef<readonly Block[]>([]);
  return React.useMemo(() => {
    const rows = cells.map((entry, index) => ({
      entry,
      isActive: entry.id === activeCellId,
      isTabStop: entry.id === stop,
      lanes: lanes.rows[index] ?? NO_LANES,
      relation: relationOf(entry.id, lanes.related)
    }));
    before.current = blocksOf(rows, before.current);
    return before.current;
  }, [cells, lanes, activeCellId, stop]);
}

const NO_LANES: readonly ILane[] = [];

/** The ids of the cells; the same array while cells and order are the same. */
function useOrder(cells: readonly ICellEntry[]): readonly string[] {
  const before = React.useRef<readonly string[]>([]);
  return React.useMemo(() => {
    const { current } = before;
    if (cells.length !== current.length || cells.some(({ id }, index) => id !== current[index])) {
      before.current = cells.map(({ id }) => id);
    }
    return before.current;
  }, [cells]);
}

interface ILanes {
  rows: ILane[][];
  related: IRelatedCells | null;
  /** The number of lanes side by side. */
  count: number;
}

/** The lines next to the rows; rows whose lines did not change keep their arrays. */
function useLanes(
  order: readonly string[],
  edges: readonly Edge[] | null,
  activeCellId: string | null
): ILanes {
  const before = React.useRef<ILane[][]>([]);
  return React.useMemo(() => {
    const related = activeCellId === null ? null : relatedCellsOf(activeCellId, edges ?? []);
    const active = activeCellId !== null && related ? { id: activeCellId, related } : null;
    before.current = lanesOf(order, edges ?? [], active, before.current);
    return { rows: before.current, related, count: lanesIn(before.current) };
  }, [order, edges, activeCellId]);
}

function relationOf(id: string, related: IRelatedCells | null): Relation | null {
  if (related?.upstream.has(id)) {
    return 'upstream';
  }
  return related?.downstream.has(id) ? 'downstream' : null;
}

function onKeyDown(event: React.KeyboardEvent<HTMLElement>): void {
  const list = event.currentTarget;
  const heads = [...list.querySelectorAll<HTMLElement>('.jp-NamespaceViz-head')];
  const index = heads.findIndex(head => rowOf(head) === rowOf(event.target));
  const next = heads[indexAfter(event.key, index, heads.length)];
  if (index >= 0 && next) {
    event.preventDefault();
    next.focus();
  }
}

/** The index to which a key moves from the row `index`; -1 for another key. */
function indexAfter(key: string, index: number, total: number): number {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return -1;
  }
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-cell-id]') : null;
}
