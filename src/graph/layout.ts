/** Where does each cell of the graph stand, and which way does each edge go? */

import type { ELK, ElkEdgeSection, ElkNode, ElkPoint } from 'elkjs/lib/elk-api';
import type { IShape } from './shape';

/** The size of a cell, in the units of the drawing: pixels, where it is not zoomed. */
export const CELL = { width: 200, height: 38 };

/** The width and height of a drawing, or of what shows it. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

/** A place for each cell, by its id, and a path for each edge, in the order of the shape's. */
export interface ILayout extends ISize {
  readonly cells: ReadonlyMap<string, ElkPoint>;
  /** Each as the `d` of an SVG path. */
  readonly paths: readonly string[];
}

/** Small graphs are laid out downwards, too, where that is easier to read. */
const MAX_CELLS_DOWNWARDS = 60;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'SPLINES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.componentComponent': '28'
};

/** How much smaller a drawing has to be made so that all of it is seen; 1 where it is not. */
export function scaleIn(view: ISize, drawing: ISize): number {
  return Math.min(
    1,
    view.width / Math.max(1, drawing.width),
    view.height / Math.max(1, drawing.height)
  );
}

/**
 * Lay the shape out, wherever `elk` does that.
 *
 * From left to right, as most notebooks have few steps and many cells at each; downwards if more of
 * it can be read then in a view of that size.
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
