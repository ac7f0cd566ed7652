import { layoutOf } from '../../graph/layout';
import type { IBox, ILayout } from '../../graph/layout';
import { sectionsOf } from '../../graph/sections';
import { shapeOf } from '../../graph/shape';
import { cells, edges } from './notebook';

const EDGES = edges('c0>c1:x', 'c0>c5:x', 'c1>c2:y', 'c4>c3:z');

function layout(
  viewWidth: number,
  folded: string[] = [],
  between = EDGES,
  isRightToLeft = false
): ILayout {
  const entries = cells(6, { 0: '# A', 3: '# B' });
  const shown = {
    withImports: true,
    withUnconnected: true,
    found: new Set<string>(),
    isFolded: (id: string) => folded.includes(id)
  };
  const shape = shapeOf(entries, between, sectionsOf(entries, between), shown);
  return layoutOf(shape, viewWidth, isRightToLeft);
}

/** The x of an edge's lane. */
function laneOf({ paths }: ILayout, index: number): number {
  return Number(/Q([\d.]+)/.exec(paths[index]!.d)?.[1]);
}

describe('the layout', () => {
  it.each([400, 800, 1920])('fits into a view of %d pixels, in document order', viewWidth => {
    const { boxes, frames, height, width } = layout(viewWidth);
    expect(width).toBeLessThanOrEqual(viewWidth);
    const all = [...boxes.values()];
    all.slice(1).forEach((box, index) => {
      expect(box.y).toBeGreaterThanOrEqual(all[index]!.y + all[index]!.height);
    });
    for (const { x, y, width: own, height: high } of [...all, ...frames]) {
      expect(x).toBeGreaterThan(0);
      expect(x + own).toBeLessThanOrEqual(width);
      expect(y + high).toBeLessThanOrEqual(height);
    }
    expect(frames).toHaveLength(2);
  });

  it('has two lines a node only in a narrow view', () => {
    expect([400, 1280].map(width => layout(width).isNarrow)).toEqual([true, false]);
  });

  it('has one lane for each provider, the shorter ones nearer to the nodes', () => {
    const drawn = layout(1000);
    expect(laneOf(drawn, 0)).toBe(laneOf(drawn, 1));
    expect(laneOf(drawn, 0)).toBeLessThan(laneOf(drawn, 2));
    expect(laneOf(drawn, 2)).toBe(laneOf(drawn, 3));
    expect(drawn.paths.map(({ isUpward }) => isUpward)).toEqual([false, false, false, true]);
    for (const { d } of drawn.paths) {
      expect(d).toMatch(/^M[\d.]+,[\d.]+ H[\d.]+ Q[\d., ]+ V[\d.]+ Q[\d., ]+ H[\d.]+$/);
    }
  });

  it('leaves no room for lanes where no edges are, and none for cells of folded sections', () => {
    const folded = layout(1000, ['section c0', 'section c3'], []);
    expect([...folded.boxes.keys()]).toEqual(['section c0', 'section c3']);
    expect(folded.frames).toEqual([]);
    expect(folded.boxes.get('section c0')?.x).toBeLessThan(20);
  });

  it('is mirrored where texts are read from right to left', () => {
    const [ltr, rtl] = [layout(1000), layout(1000, [], EDGES, true)];
    const mirrored = ({ width, x, ...rest }: IBox): IBox => ({
      ...rest,
      width,
      x: ltr.width - x - width
    });
    expect([...rtl.boxes.values()]).toEqual([...ltr.boxes.values()].map(mirrored));
    expect(rtl.frames).toEqual(ltr.frames.map(mirrored));
    expect(rtl.width).toBe(ltr.width);
    for (const [index, { count, d, edge }] of rtl.paths.entries()) {
      const [provider, consumer] = [edge.provider, edge.consumer].map(id => rtl.boxes.get(id)!);
      expect(laneOf(rtl, index)).toBeCloseTo(ltr.width - laneOf(ltr, index));
      expect(Number(/^M([\d.]+)/.exec(d)?.[1])).toBeCloseTo(provider!.x + provider!.width);
      expect(Number(/H([\d.]+)$/.exec(d)?.[1])).toBeCloseTo(consumer!.x + consumer!.width);
      expect(count.x).toBe(ltr.width - ltr.paths[index]!.count.x);
    }
  });

  it('keeps many lanes apart in little room', () => {
    const entries = cells(200);
    const between = edges(...Array.from({ length: 100 }, (_, at) => `c${at}>c${199 - at}:x`));
    const shown = {
      withImports: true,
      withUnconnected: true,
      found: new Set<string>(),
      isFolded: () => false
    };
    const drawn = layoutOf(shapeOf(entries, between, [], shown), 1280);
    const lanes = drawn.paths.map((_, index) => laneOf(drawn, index));
    expect(new Set(lanes).size).toBe(100);
    expect(drawn.width).toBeLessThanOrEqual(1280);
  });
});
