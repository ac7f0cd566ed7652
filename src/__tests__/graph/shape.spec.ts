import ELK from 'elkjs';
import { CELL, layoutOf } from '../../graph/layout';
import { keyOf, shapeOf } from '../../graph/shape';
import type { Definition, Edge } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { cellReport, entryOf } from '../reports';

function cell(id: string, ...definitions: [string, Definition['kind']][]): ICellEntry {
  const defined = definitions.map(([name, kind]) => ({ name, kind, certain: true }));
  return entryOf(cellReport(id, { definitions: defined }));
}

function edge(provider: string, consumer: string, ...names: string[]): Edge {
  return { provider, consumer, names };
}

const CELLS = [
  cell('a', ['np', 'import'], ['seed', 'assignment']),
  cell('b', ['x', 'assignment']),
  cell('c'),
  cell('d')
];
const EDGES = [edge('a', 'b', 'np'), edge('a', 'c', 'np', 'seed'), edge('b', 'c', 'x')];

describe('the shape of the graph', () => {
  it.each([
    [false, ['a', 'b', 'c'], ['a c', 'b c'], 1],
    [true, ['a', 'b', 'c'], ['a b', 'a c', 'b c'], 1]
  ])('with imports: %s', (withImports, ids, ways, unconnected) => {
    const shape = shapeOf(CELLS, EDGES, withImports);
    expect(shape.cells.map(({ id }) => id)).toEqual(ids);
    expect(shape.edges.map(it => `${it.provider} ${it.consumer}`)).toEqual(ways);
    expect(shape.unconnected).toBe(unconnected);
  });

  it('is the same whatever the verdicts on its cells', () => {
    const before = shapeOf(CELLS, EDGES, true);
    const others = CELLS.map(entry => ({ ...entry, number: 9 }));
    expect(keyOf(shapeOf(others, EDGES, true))).toBe(keyOf(before));
    expect(keyOf(shapeOf(CELLS, EDGES.slice(1), true))).not.toBe(keyOf(before));
  });
});

describe('the layout', () => {
  const WIDE = { width: 1000, height: 200 };

  it('goes down where that is easier to read', async () => {
    const shape = shapeOf(CELLS, EDGES, true);
    const narrow = { width: 300, height: 600 };
    const { cells } = await layoutOf(shape, new ELK(), narrow);
    const [a, b, c] = ['a', 'b', 'c'].map(id => cells.get(id)!);
    expect(a!.y + CELL.height).toBeLessThan(b!.y);
    expect(b!.y + CELL.height).toBeLessThan(c!.y);
  });

  it('has the providers on the left, no cell on another, and a path for each edge', async () => {
    const shape = shapeOf(CELLS, EDGES, true);
    const { cells, height, paths, width } = await layoutOf(shape, new ELK(), WIDE);
    const [a, b, c] = ['a', 'b', 'c'].map(id => cells.get(id)!);
    expect(a!.x + CELL.width).toBeLessThan(b!.x);
    expect(b!.x + CELL.width).toBeLessThan(c!.x);
    expect(c!.x + CELL.width).toBeLessThanOrEqual(width);
    expect(c!.y + CELL.height).toBeLessThanOrEqual(height);
    expect(paths).toHaveLength(3);
    for (const path of paths) {
      expect(path).toMatch(/^M[\d.,-]+ [CL][\d., CL-]+$/);
    }
  });

  it('is empty for no cells', async () => {
    const { cells, paths } = await layoutOf(shapeOf([], [], true), new ELK(), WIDE);
    expect([cells.size, paths]).toEqual([0, []]);
  });
});
