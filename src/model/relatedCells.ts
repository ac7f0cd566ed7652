/** What does a cell depend on, and what depends on it? */

import type { Edge } from '../protocol';

/** The ids of all cells that a cell depends on (`upstream`), and of all that depend on it. */
export interface IRelatedCells {
  readonly upstream: ReadonlySet<string>;
  readonly downstream: ReadonlySet<string>;
}

/** The cells that are connected with a cell by any number of edges, without the cell itself. */
export function relatedCellsOf(cellId: string, edges: readonly Edge[]): IRelatedCells {
  return relatedCellsOfAll([cellId], edges);
}

/** The cells that are connected with at least one of the cells, without these cells. */
export function relatedCellsOfAll(
  cellIds: readonly string[],
  edges: readonly Edge[]
): IRelatedCells {
  return {
    upstream: reachableFrom(cellIds, grouped(edges, 'consumer', 'provider')),
    downstream: reachableFrom(cellIds, grouped(edges, 'provider', 'consumer'))
  };
}

type End = 'consumer' | 'provider';

function grouped(edges: readonly Edge[], from: End, to: End): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const others = found.get(edge[from]);
    if (others) {
      others.push(edge[to]);
    } else {
      found.set(edge[from], [edge[to]]);
    }
  }
  return found;
}

function reachableFrom(
  starts: readonly string[],
  next: ReadonlyMap<string, string[]>
): Set<string> {
  const found = new Set(starts);
  const queue = [...starts];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const other of next.get(id) ?? []) {
      if (!found.has(other)) {
        found.add(other);
        queue.push(other);
      }
    }
  }
  starts.forEach(start => found.delete(start));
  return found;
}
