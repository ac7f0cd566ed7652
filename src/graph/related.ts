/** Which nodes and edges lie on a path to or from a node? */

import type { IMergedEdge, IShape } from './shape';
import { relatedCellsOfAll } from '../model/relatedCells';

export interface IRelated {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<IMergedEdge>;
}

const NOTHING: IRelated = { nodes: new Set(), edges: new Set() };

/** The node that stands for a cell: its own, or the folded section that it is in. */
export function nodeOfCell({ nodes }: IShape, cellId: string | null): string | null {
  const found = nodes.find(node =>
    node.kind === 'cell'
      ? node.id === cellId
      : node.isFolded && node.section.cells.some(({ id }) => id === cellId)
  );
  return found?.id ?? null;
}

/** What is related to a cell, or to a cell of a section, by any number of edges between cells. */
export function relatedTo({ cellEdges, edges, nodes }: IShape, nodeId: string | null): IRelated {
  const node = nodes.find(({ id }) => id === nodeId);
  if (!node) {
    return NOTHING;
  }
  const own = node.kind === 'section' ? node.section.cells.map(({ id }) => id) : [node.id];
  const { downstream, upstream } = relatedCellsOfAll(own, cellEdges);
  const paths = [upstream, downstream].map(path => new Set([...path, ...own]));
  const isRelated = ({ parts }: IMergedEdge): boolean =>
    parts.some(part => paths.some(path => path.has(part.provider) && path.has(part.consumer)));
  const related = edges.filter(isRelated);
  return {
    nodes: new Set(related.flatMap(({ consumer, provider }) => [provider, consumer])),
    edges: new Set(related)
  };
}
