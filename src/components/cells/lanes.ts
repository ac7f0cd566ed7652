/** Which lines next to the rows connect providers with their consumers? */

import type { Edge } from '../../protocol';
import type { IRelatedCells } from '../../model/relatedCells';

/** The most lanes side by side. */
const MAX_LANES = 4;

/** The most lanes for the lines of the active cell. */
const MAX_HIGHLIGHTED_LANES = 8;

/**
 * The part of a line in one row: it begins there, ends there, goes through, or goes through with a
 * branch to the row.
 */
export type LanePart = 'begin' | 'branch' | 'end' | 'through';

/** One line in one row; lanes count from 0, which is next to the rows. */
export interface ILane {
  readonly lane: number;
  readonly part: LanePart;
  /** Whether the row is a provider's. */
  readonly isProvider: boolean;
  /** Whether the line, and its branch, lie on a path to or from the active cell in this row. */
  readonly isHighlighted: boolean;
  readonly isBranchHighlighted: boolean;
  /** Whether the line above the row's middle, below it, and its branch only lead upwards. */
  readonly isUpwardAbove: boolean;
  readonly isUpwardBelow: boolean;
  readonly isBranchUpward: boolean;
}

/** The active cell, and the cells that are related to it. */
export interface IActive {
  readonly id: string;
  readonly related: IRelatedCells;
}

/** The line of one provider, from the first to the last row that it connects. */
interface ILine {
  provider: number;
  consumers: Set<number>;
  first: number;
  last: number;
  /** The rows on paths to or from the active cell; empty, or with the provider's row. */
  highlightedRows: Set<number>;
}

/**
 * The lines that cross each row, by the index of the row.
 *
 * Each provider has one line, with a branch to each of its consumers. The lines of the active cell
 * come first, then the shorter ones; each takes the nearest free lane.
 */
export function lanesOf(
  order: readonly string[],
  edges: readonly Edge[],
  active: IActive | null
): ILane[][] {
  const rows: ILane[][] = order.map(() => []);
  const taken: boolean[][] = [];
  const lines = linesOf(order, edges, active);
  lines.sort((one, other) => rankOf(one) - rankOf(other) || length(one) - length(other));
  for (const line of lines) {
    const lane = freeLane(taken, line);
    if (lane < (line.highlightedRows.size > 0 ? MAX_HIGHLIGHTED_LANES : MAX_LANES)) {
      draw(rows, (taken[lane] ??= []), lane, line);
    }
  }
  return rows;
}

/**
 * One line from the active cell to all that it depends on and all that depend on it.
 *
 * The branches of the cells that share an edge with it are highlighted.
 */
export function spineOf(
  order: readonly string[],
  edges: readonly Edge[],
  { id, related }: IActive
): ILane[][] {
  const active = order.indexOf(id);
  const rowsOf = (ids: ReadonlySet<string>): Set<number> =>
    new Set(order.flatMap((key, row) => (ids.has(key) && row !== active ? [row] : [])));
  const [providers, consumers] = [rowsOf(related.upstream), rowsOf(related.downstream)];
  if (active < 0 || providers.size + consumers.size === 0) {
    return order.map(() => []);
  }
  const direct = new Set([active]);
  for (const edge of edges) {
    if (edge.consumer === id || edge.provider === id) {
      direct.add(order.indexOf(edge.consumer === id ? edge.provider : edge.consumer));
    }
  }
  const all = [...providers, ...consumers, active];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  // Further up there are only consumers, and further down only providers: the line leads upwards.
  const [top, bottom] = [Math.min(active, ...providers), Math.max(active, ...consumers)];
  return order.map((_, row) => {
    if (row < first || row > last) {
      return [];
    }
    const isJoined = row === active || providers.has(row) || consumers.has(row);
    return [
      {
        lane: 0,
        part: row === first ? 'begin' : row === last ? 'end' : isJoined ? 'branch' : 'through',
        isProvider: providers.has(row) || (row === active && consumers.size > 0),
        isHighlighted: true,
        isBranchHighlighted: direct.has(row),
        isUpwardAbove: row <= active ? row <= top : row > bottom,
        isUpwardBelow: row < active ? row < top : row >= bottom,
        isBranchUpward: row > active ? !consumers.has(row) : row < active && !providers.has(row)
      }
    ];
  });
}

function linesOf(
  order: readonly string[],
  edges: readonly Edge[],
  active: IActive | null
): ILine[] {
  const indexes = new Map(order.map((id, index) => [id, index]));
  const lines = new Map<number, ILine>();
  for (const edge of edges) {
    const provider = indexes.get(edge.provider);
    const consumer = indexes.get(edge.consumer);
    if (provider === undefined || consumer === undefined) {
      continue; // the notebook has changed since the report
    }
    const line = lines.get(provider) ?? newLine(provider);
    lines.set(provider, line);
    line.consumers.add(consumer);
    line.first = Math.min(line.first, consumer);
    line.last = Math.max(line.last, consumer);
    if (active && concerns(edge, active)) {
      line.highlightedRows.add(provider).add(consumer);
    }
  }
  return [...lines.values()];
}

function newLine(provider: number): ILine {
  return {
    provider,
    consumers: new Set(),
    first: provider,
    last: provider,
    highlightedRows: new Set()
  };
}

/** Whether the edge lies on a path to or from the active cell. */
function concerns({ consumer, provider }: Edge, { id, related }: IActive): boolean {
  const isAbove = consumer === id || related.upstream.has(consumer);
  const isBelow = provider === id || related.downstream.has(provider);
  return isAbove || isBelow;
}

function rankOf({ highlightedRows }: ILine): number {
  return highlightedRows.size > 0 ? 0 : 1;
}

function length({ first, last }: ILine): number {
  return last - first;
}

function freeLane(taken: readonly boolean[][], { first, last }: ILine): number {
  const isFree = (rows: boolean[]): boolean => {
    for (let row = first; row <= last; row++) {
      if (rows[row]) {
        return false;
      }
    }
    return true;
  };
  const lane = taken.findIndex(isFree);
  return lane < 0 ? taken.length : lane;
}

function draw(rows: ILane[][], taken: boolean[], lane: number, line: ILine): void {
  const { consumers, first, last, highlightedRows, provider } = line;
  const [firstHighlighted, lastHighlighted] = [
    Math.min(...highlightedRows),
    Math.max(...highlightedRows)
  ];
  for (let row = first; row <= last; row++) {
    taken[row] = true;
    const isProvider = row === provider;
    const isJoined = isProvider || consumers.has(row);
    const part = row === first ? 'begin' : row === last ? 'end' : isJoined ? 'branch' : 'through';
    const isHighlighted = firstHighlighted <= row && row <= lastHighlighted;
    rows[row]?.push({
      lane,
      part,
      isProvider,
      isHighlighted,
      isBranchHighlighted: highlightedRows.has(row),
      isUpwardAbove: row <= provider,
      isUpwardBelow: row < provider,
      isBranchUpward: row < provider
    });
  }
}
