import { sectionsOf } from '../../graph/sections';
import { shapeOf } from '../../graph/shape';
import type { IShape, IShown } from '../../graph/shape';
import type { CellReport } from '../../protocol';
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

const SHOWN: IShown = {
  withImports: false,
  withUnconnected: false,
  found: new Set(),
  isFolded: () => false
};

function shape(shown: Partial<IShown> = {}): IShape {
  return shapeOf(CELLS, EDGES, sectionsOf(CELLS, EDGES), { ...SHOWN, ...shown });
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

  it.each<[Partial<CellReport>, string[], [number, number]]>([
    [{ status: 'blocked' }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'blocked', blocked_by_import: true }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'at_risk' }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'failed', error: 'ValueError' }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'stale' }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'syntax_error' }, ['a', 'b', 'c', 'd'], [0, 0]],
    [{ status: 'blocked', waiting: true }, ['a', 'b'], [1, 1]],
    [{ status: 'running' }, ['a', 'b'], [1, 1]],
    [{ status: 'ready' }, ['a', 'b'], [1, 1]],
    [{ status: 'fresh' }, ['a', 'b'], [1, 1]]
  ])(
    'shows cells without edges, or with imports only, by their problems: %j',
    (report, ids, hidden) => {
      const entries = [
        cell('a', 'np! x'),
        cell('b'),
        cell('c', '', [], report),
        cell('d', '', [], report)
      ];
      const { importOnly, nodes, unconnected } = shapeOf(
        entries,
        edges('a>b:x', 'a>c:np'),
        [],
        SHOWN
      );
      expect(nodes.map(({ id }) => id)).toEqual(ids);
      expect([unconnected, importOnly]).toEqual(hidden);
    }
  );

  it('has sections with all their cells, those that are hidden included', () => {
    const cellsOf = (one: IShape): (string[] | null)[] =>
      one.nodes.map(node =>
        node.kind === 'section' ? node.section.cells.map(({ id }) => id) : null
      );
    expect(cellsOf(shape({ isFolded: () => true }))).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e', 'f']
    ]);
    expect(shape().nodes).toHaveLength(6);
  });

  it.each([
    [edges('a>b:x'), false],
    [edges('a>b:np'), false],
    [edges('gone>b:x'), true],
    [[], true]
  ])('says whether no cell uses a name of another: %j', (between, isWithoutEdges) => {
    const entries = [cell('a', 'np! x'), cell('b')];
    expect(shapeOf(entries, between, [], SHOWN).isWithoutEdges).toBe(isWithoutEdges);
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
