/** Which cells and which edges does the graph show? */

import type { Edge } from '../protocol';
import type { ICellEntry } from '../tokens/models';

/** The cells and edges to draw, without a layout. */
export interface IShape {
  readonly cells: readonly ICellEntry[];
  readonly edges: readonly Edge[];
  /** The number of cells without edges, which are not drawn. */
  readonly unconnected: number;
}

/**
 * The cells with their edges, or only with those that pass on more than imports.
 *
 * Nearly every cell uses an import, and those edges would hide all others.
 */
export function shapeOf(
  cells: readonly ICellEntry[],
  edges: readonly Edge[],
  withImports: boolean
): IShape {
  const imported = new Map(cells.map(cell => [cell.id, importedNamesOf(cell)]));
  const isShown = ({ names, provider }: Edge): boolean =>
    withImports || names.some(name => !imported.get(provider)?.has(name));
  const shown = edges.filter(isShown);
  const connected = new Set(shown.flatMap(({ consumer, provider }) => [provider, consumer]));
  const connectedCells = cells.filter(({ id }) => connected.has(id));
  return { cells: connectedCells, edges: shown, unconnected: cells.length - connectedCells.length };
}

/** A key that is equal for shapes with the same cells and edges, whatever their status. */
export function keyOf({ cells, edges }: IShape): string {
  return JSON.stringify([cells.map(({ id }) => id), edges.map(it => [it.provider, it.consumer])]);
}

function importedNamesOf({ report }: ICellEntry): Set<string> {
  const imports = report?.definitions.filter(({ kind }) => kind.includes('import')) ?? [];
  return new Set(imports.map(({ name }) => name));
}
