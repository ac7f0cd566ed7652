/** What does a cell depend on, and what depends on it? */

import type { Edge } from '../protocol';

/** The ids of all cells that a cell depends on (`upstream`), and of all that depend on it. */
export interface IRelatedCells {
  readonly upstream: ReadonlySet<string>;
  readonly downstream: ReadonlySet<string>;
}

/** The cells that are connected with a cell by any number of edges, without the cell itself. */
export function relatedCellsOf(cellId: string, edges: readonly Edge[]): IRelatedCells {
  return {
    upstream: reachableFrom(cellId, grouped(edges, 'consumer', 'provider')),
    downstream: reachableFrom(cellId, grouped(edges, 'provider', 'consumer'))
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

function reachableFrom(start: string, next: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set<string>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const other of next.get(id) ?? []) {
      if (other !== start && !found.has(other)) {
        found.add(other);
        queue.push(other);
      }
    }
  }
  return found;
}
