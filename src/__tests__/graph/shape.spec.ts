import { sectionsOf } from '../../graph/sections';
import { shapeOf } from '../../graph/shape';
import type { IShape, IShown } from '../../graph/shape';
import { cell, edges } from './notebook';

const HEADING = { data: [{ level: 1, text: 'Data' }], model: [{ level: 1, text: 'Model' }] };

const CELLS = [
  cell('a', 'np! seed', HEADING.data),
  cell('b', 'x y'),
  cell('c', 'z', HEADING.model),
  cell('d'),
  cell('e'),
  cell('f')
];
const EDGES = edges('a>b:np', 'a>c:np,seed', 'b>c:x', 'b>d:x,y', 'c>d:z', 'a>e:np', 'gone>f:q');

function shape(shown: Partial<IShown> = {}): IShape {
  return shapeOf(CELLS, EDGES, sectionsOf(CELLS, EDGES), {
    withImports: false,
    withUnconnected: false,
    found: new Set(),
    isFolded: () => false,
    ...shown
  });
}

function told({ edges: drawn, importOnly, nodes, unconnected }: IShape): unknown[] {
  const ways = drawn.map(
    it => `${it.provider} > ${it.consumer}: ${it.names.join()} ${it.parts.length}`
  );
  return [nodes.map(({ id }) => id), ways, [unconnected, importOnly]];
}

const [DATA, MODEL] = ['section a', 'section c'];

describe('the shape of the graph', () => {
  it.each<[string, Partial<IShown>, string[], string[], [number, number]]>([
    [
      'has the cells that hand on more than imports, below their sections',
      {},
      [DATA, 'a', 'b', MODEL, 'c', 'd'],
      ['a > c: np,seed 1', 'b > c: x 1', 'b > d: x,y 1', 'c > d: z 1'],
      [1, 1]
    ],
    [
      'has the others on request',
      { withImports: true, withUnconnected: true },
      [DATA, 'a', 'b', MODEL, 'c', 'd', 'e', 'f'],
      [
        'a > b: np 1',
        'a > c: np,seed 1',
        'b > c: x 1',
        'b > d: x,y 1',
        'c > d: z 1',
        'a > e: np 1'
      ],
      [0, 0]
    ],
    [
      'has what is found',
      { found: new Set(['f']) },
      [DATA, 'a', 'b', MODEL, 'c', 'd', 'f'],
      ['a > c: np,seed 1', 'b > c: x 1', 'b > d: x,y 1', 'c > d: z 1'],
      [0, 1]
    ],
    [
      'has one edge between folded sections',
      { isFolded: () => true },
      [DATA, MODEL],
      [`${DATA} > ${MODEL}: np,seed,x,y 3`],
      [1, 1]
    ],
    [
      'has edges from a folded section to cells',
      { isFolded: id => id === DATA },
      [DATA, MODEL, 'c', 'd'],
      [`${DATA} > c: np,seed,x 2`, `${DATA} > d: x,y 1`, 'c > d: z 1'],
      [1, 1]
    ]
  ])('%s', (_, shown, ids, ways, hidden) => {
    expect(told(shape(shown))).toEqual([ids, ways, hidden]);
  });

  it('says what nodes take and give; a section does that from and to others', () => {
    const names = shape().nodes.map(
      ({ gives, id, takes }) => `${id}: ${takes.join()} > ${gives.join()}`
    );
    expect(names).toEqual([
      `${DATA}:  > np,seed,x,y`,
      'a:  > np,seed',
      'b:  > x,y',
      `${MODEL}: np,seed,x,y > `,
      'c: np,seed,x > z',
      'd: x,y,z > '
    ]);
  });
});
