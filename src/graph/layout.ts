/** Where is each node of the graph, and which path does each edge take? */

import type { IMergedEdge, IShape, Node } from './shape';

/** A rectangle in units of the drawing: pixels at a zoom of 1. */
export interface IBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge as the `d` of an SVG path, and where the number of its parts stands. */
export interface IPath {
  readonly edge: IMergedEdge;
  readonly d: string;
  readonly count: { readonly x: number; readonly y: number };
  /** Whether the provider is below the consumer. */
  readonly isUpward: boolean;
  /** The part of the drawing's height that it crosses. */
  readonly span: ISpan;
}

/** A part of the height of a drawing. */
export interface ISpan {
  readonly top: number;
  readonly bottom: number;
}

/** Whether two parts of the height have something in common. */
export function overlap(one: ISpan, other: ISpan): boolean {
  return one.top <= other.bottom && other.top <= one.bottom;
}

export interface ILayout {
  readonly width: number;
  readonly height: number;
  /** Whether the lanes are on the right, and the texts begin there. */
  readonly isRightToLeft: boolean;
  /** Whether a node has two lines of text. */
  readonly isNarrow: boolean;
  /** By the id of the node. */
  readonly boxes: ReadonlyMap<string, IBox>;
  /** The frames around unfolded sections with their cells. */
  readonly frames: readonly IBox[];
  readonly paths: readonly IPath[];
}

const MARGIN = 16;
const GAP = 6;
const INDENT = 14;
const HEIGHT = { section: 34, cell: 28, narrow: 46 };
const WIDTH = { min: 260, narrow: 520, max: 1100 };

/** The distance of lanes: the widest, which leaves room for numbers, and the narrowest. */
const LANE = { max: 20, min: 5, all: 280 };
const CORNER = 5;

/** From the nodes to the nearest lane: room for a number and an arrow. */
const TO_LANE = 24;

/**
 * The layout of a shape in a view of this width.
 *
 * Nodes stand in document order, one below the other, so that their texts never cover each other.
 * The lines of each provider share a lane where texts begin, on the left unless `isRightToLeft`, the
 * shorter ones nearer to the nodes.
 */
export function layoutOf(
  { edges, nodes }: IShape,
  viewWidth: number,
  isRightToLeft = false
): ILayout {
  const lanes = lanesOf(nodes, edges);
  const laneCount = 1 + Math.max(-1, ...lanes.values());
  const pitch = Math.max(LANE.min, Math.min(LANE.max, LANE.all / Math.max(1, laneCount)));
  const left = MARGIN + laneCount * pitch + (laneCount > 0 ? TO_LANE - pitch : 0);
  const available = viewWidth - left - MARGIN;
  const width = Math.max(WIDTH.min, Math.min(WIDTH.max, available));
  const isNarrow = width < WIDTH.narrow;
  const { boxes, frames, height } = boxesOf(nodes, left, width, isNarrow);
  const whole = left + width + MARGIN;
  const place = (x: number): number => (isRightToLeft ? whole - x : x);
  const placed = (box: IBox): IBox =>
    isRightToLeft ? { ...box, x: place(box.x + box.width) } : box;
  const paths = edges.map(edge => {
    const lane = left - TO_LANE - (lanes.get(edge.provider) ?? 0) * pitch;
    return pathOf(edge, boxes.get(edge.provider)!, boxes.get(edge.consumer)!, lane, place);
  });
  return {
    width: whole,
    height,
    isRightToLeft,
    isNarrow,
    boxes: new Map([...boxes].map(([id, box]) => [id, placed(box)])),
    frames: frames.map(placed),
    paths
  };
}

function boxesOf(
  nodes: readonly Node[],
  left: number,
  width: number,
  isNarrow: boolean
): { boxes: Map<string, IBox>; frames: IBox[]; height: number } {
  const boxes = new Map<string, IBox>();
  const frames: IBox[] = [];
  let y = MARGIN;
  let top: number | null = null;
  const closeFrame = (): void => {
    if (top !== null) {
      frames.push({ x: left, y: top, width, height: y - top });
      y += GAP;
      top = null;
    }
  };
  for (const node of nodes) {
    if (node.kind === 'section') {
      closeFrame();
      top = node.isFolded ? null : y;
    }
    const indent = node.kind === 'cell' && node.sectionId !== null ? INDENT : 0;
    const height = isNarrow ? HEIGHT.narrow : HEIGHT[node.kind];
    boxes.set(node.id, { x: left + indent, y, width: width - 1.5 * indent, height });
    y += height + GAP;
  }
  closeFrame();
  return { boxes, frames, height: y - GAP + MARGIN };
}

/** The lane of each provider, from 0 next to the nodes. */
function lanesOf(
  nodes: readonly Node[],
  edges: readonly IMergedEdge[]
): ReadonlyMap<string, number> {
  const rows = new Map(nodes.map(({ id }, index) => [id, index]));
  const spans = new Map<string, { first: number; last: number }>();
  for (const { consumer, provider } of edges) {
    const [from, to] = [rows.get(provider)!, rows.get(consumer)!];
    const { first, last } = spans.get(provider) ?? { first: from, last: from };
    spans.set(provider, { first: Math.min(first, to), last: Math.max(last, to) });
  }
  const taken: { first: number; last: number }[][] = [];
  const lanes = new Map<string, number>();
  const shortestFirst = [...spans].sort(
    ([, one], [, other]) => one.last - one.first - (other.last - other.first)
  );
  for (const [id, span] of shortestFirst) {
    const isFree = (others: (typeof taken)[number]): boolean =>
      others.every(other => other.last < span.first || span.last < other.first);
    const free = taken.findIndex(isFree);
    const lane = free < 0 ? taken.length : free;
    (taken[lane] ??= []).push(span);
    lanes.set(id, lane);
  }
  return lanes;
}

/** Out of the lower half of the provider, along the lane, into the upper half of the consumer. */
function pathOf(
  edge: IMergedEdge,
  provider: IBox,
  consumer: IBox,
  lane: number,
  place: (x: number) => number
): IPath {
  const at = (x: number, y: number): string => `${place(x).toFixed(1)},${y.toFixed(1)}`;
  const from = provider.y + (provider.height * 2) / 3;
  const to = consumer.y + consumer.height / 3;
  const turn = to < from ? -CORNER : CORNER;
  const d = [
    `M${at(provider.x, from)}`,
    `H${place(lane + CORNER).toFixed(1)}`,
    `Q${at(lane, from)} ${at(lane, from + turn)}`,
    `V${(to - turn).toFixed(1)}`,
    `Q${at(lane, to)} ${at(lane + CORNER, to)}`,
    `H${place(consumer.x).toFixed(1)}`
  ].join(' ');
  const span = { top: Math.min(from, to), bottom: Math.max(from, to) };
  return { edge, d, count: { x: place(lane + 4), y: to - 4 }, isUpward: to < from, span };
}
