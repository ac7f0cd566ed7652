/** Which lines beside the rows join providers with their consumers? */

import type { Edge } from '../../protocol';
import type { IRelatedCells } from '../../model/relatedCells';

/** More lines side by side would be noise. */
const MAX_LANES = 4;

/** Those that concern the active cell may take so many. */
const MAX_HIGHLIGHTED_LANES = 8;

/**
 * What of a line crosses one row: it begins at the row's middle, ends there, goes through, or goes
 * through and has a branch to the row.
 */
export type LanePart = 'begin' | 'branch' | 'end' | 'through';

/** One line where it crosses one row; lanes are counted from 0, away from the rows. */
export interface ILane {
  readonly lane: number;
  readonly part: LanePart;
  /** Whether the row is the provider's. */
  readonly isProvider: boolean;
  /** Whether the line lies on a way to or from the active cell here, and whether its branch does. */
  readonly isHighlighted: boolean;
  readonly isBranchHighlighted: boolean;
  /** Whether the provider stands below a consumer. */
  readonly isUpward: boolean;
}

/** The active cell, and what it is joined with. */
export interface IActive {
  readonly id: string;
  readonly related: IRelatedCells;
}

/** The line of one provider: from the first to the last row that it joins. */
interface ILine {
  provider: number;
  consumers: Set<number>;
  first: number;
  last: number;
  /** The rows that it joins on ways to or from the active cell; none, or the provider's too. */
  highlightedRows: Set<number>;
  isUpward: boolean;
}

/**
 * The lines that cross each row, by the row's place.
 *
 * Each provider has one line, with a branch to each of its consumers. The lines that concern the
 * active cell come first, then the shorter ones; each takes the nearest lane that is free. A row
 * that is crossed as it was `before` gets the same array.
 */
export function lanesOf(
  order: readonly string[],
  edges: readonly Edge[],
  active: IActive | null,
  before: readonly ILane[][] = []
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
  return rows.map((row, index) => {
    const old = before[index];
    return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
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
      continue; // the notebook has changed since
    }
    const line = lines.get(provider) ?? newLine(provider);
    lines.set(provider, line);
    line.consumers.add(consumer);
    line.first = Math.min(line.first, consumer);
    line.last = Math.max(line.last, consumer);
    if (active && concerns(edge, active)) {
      line.highlightedRows.add(provider).add(consumer);
    }
    line.isUpward ||= consumer < provider;
  }
  return [...lines.values()];
}

function newLine(provider: number): ILine {
  return {
    provider,
    consumers: new Set(),
    first: provider,
    last: provider,
    highlightedRows: new Set(),
    isUpward: false
  };
}

/** Whether the edge lies on a way to or from the active cell. */
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
  const { consumers, first, isUpward, last, highlightedRows, provider } = line;
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
      isUpward
    });
  }
}
