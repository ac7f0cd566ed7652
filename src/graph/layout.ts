/** Where does each cell of the graph stand, and which way does each edge go? */

import type { ELK, ElkEdgeSection, ElkNode, ElkPoint } from 'elkjs/lib/elk-api';
import type { IShape } from './shape';

/** The size of a cell, in the units of the drawing: pixels, where it is not zoomed. */
export const CELL = { width: 200, height: 38 };

/** A place for each cell, by its id, and a path for each edge, in the order of the shape's. */
export interface ILayout {
  readonly width: number;
  readonly height: number;
  readonly cells: ReadonlyMap<string, ElkPoint>;
  /** Each as the `d` of an SVG path. */
  readonly paths: readonly string[];
}

/** From left to right, as most notebooks have few steps and many cells at each. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'SPLINES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.componentComponent': '28'
};

/** Lay the shape out, wherever `elk` does that. */
export async function layoutOf({ cells, edges }: IShape, elk: ELK): Promise<ILayout> {
  const asked: ElkNode = {
    id: 'notebook',
    layoutOptions: OPTIONS,
    children: cells.map(({ id }) => ({ id, ...CELL })),
    edges: edges.map(({ consumer, provider }, index) => ({
      id: `edge ${index}`,
      sources: [provider],
      targets: [consumer]
    }))
  };
  const graph = await elk.layout(asked);
  return {
    width: graph.width ?? 0,
    height: graph.height ?? 0,
    cells: new Map((graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    paths: (graph.edges ?? []).map(edge => (edge.sections ?? []).map(pathOf).join(' '))
  };
}

/** The bend points of a spline are the control points of its pieces, three for each. */
function pathOf({ bendPoints = [], endPoint, startPoint }: ElkEdgeSection): string {
  const points = [...bendPoints, endPoint];
  if (points.length % 3 !== 0) {
    return `M${at(startPoint)} L${points.map(at).join(' L')}`;
  }
  const pieces = Array.from({ length: points.length / 3 }, (_, piece) =>
    points.slice(3 * piece, 3 * piece + 3).map(at)
  );
  return `M${at(startPoint)} ${pieces.map(piece => `C${piece.join(' ')}`).join(' ')}`;
}

function at({ x, y }: ElkPoint): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
