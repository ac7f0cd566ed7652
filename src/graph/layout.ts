/** Where is each cell of the graph, and which path does each edge take? */

import type { ELK, ElkEdgeSection, ElkNode, ElkPoint } from 'elkjs/lib/elk-api';
import type { IShape } from './shape';

/** The size of a cell in units of the drawing: pixels at a zoom of 1. */
export const CELL = { width: 200, height: 38 };

/** The size of a drawing, or of its view. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

/** A point for each cell by its id, and a path for each edge in the order of the shape's edges. */
export interface ILayout extends ISize {
  readonly cells: ReadonlyMap<string, ElkPoint>;
  /** Each as the `d` of an SVG path. */
  readonly paths: readonly string[];
}

/** Larger graphs are never laid out downwards. */
const MAX_CELLS_DOWNWARDS = 60;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'SPLINES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.componentComponent': '28'
};

/** The scale at which the whole drawing fits into the view; at most 1. */
export function scaleIn(view: ISize, drawing: ISize): number {
  return Math.min(
    1,
    view.width / Math.max(1, drawing.width),
    view.height / Math.max(1, drawing.height)
  );
}

/**
 * Compute the layout of a shape with `elk`, which may run in a worker.
 *
 * The layout goes from left to right, because most notebooks have few steps with many cells each. It
 * goes downwards if that gives a larger scale in a view of that size.
 */
export async function layoutOf(shape: IShape, elk: ELK, view: ISize): Promise<ILayout> {
  const right = await layoutIn(shape, elk, 'RIGHT');
  if (scaleIn(view, right) === 1 || shape.cells.length > MAX_CELLS_DOWNWARDS) {
    return right;
  }
  const down = await layoutIn(shape, elk, 'DOWN');
  return scaleIn(view, down) > scaleIn(view, right) ? down : right;
}

async function layoutIn(
  { cells, edges }: IShape,
  elk: ELK,
  direction: 'DOWN' | 'RIGHT'
): Promise<ILayout> {
  const asked: ElkNode = {
    id: 'notebook',
    layoutOptions: { ...OPTIONS, 'elk.direction': direction },
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

/** The bend points of a spline are its control points, three for each piece. */
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
