/** Which cells and which edges does the graph show? */

import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';

/** What is drawn, before anybody knows where. */
export interface IShape {
  readonly cells: readonly ICellEntry[];
  readonly edges: readonly Edge[];
  /** Cells that nothing ties to another; they are counted, and left out. */
  readonly alone: number;
}

/**
 * The cells with their edges, or without those that only hand on imports.
 *
 * Nearly every cell takes something from those that import: their edges hide all others.
 */
export function shapeOf(
  cells: readonly ICellEntry[],
  edges: readonly Edge[],
  withImports: boolean
): IShape {
  const imported = new Map(cells.map(cell => [cell.id, importedBy(cell)]));
  const isShown = ({ names, provider }: Edge): boolean =>
    withImports || names.some(name => !imported.get(provider)?.has(name));
  const shown = edges.filter(isShown);
  const tied = new Set(shown.flatMap(({ consumer, provider }) => [provider, consumer]));
  const tiedCells = cells.filter(({ id }) => tied.has(id));
  return { cells: tiedCells, edges: shown, alone: cells.length - tiedCells.length };
}

/** What tells one shape from another, whatever the status of its cells. */
export function keyOf({ cells, edges }: IShape): string {
  return JSON.stringify([cells.map(({ id }) => id), edges.map(it => [it.provider, it.consumer])]);
}

function importedBy({ report }: ICellEntry): Set<string> {
  const imports = report?.definitions.filter(({ kind }) => kind.includes('import')) ?? [];
  return new Set(imports.map(({ name }) => name));
}
