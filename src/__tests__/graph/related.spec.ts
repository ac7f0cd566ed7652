import { nodeOfCell, relatedTo } from '../../graph/related';
import { sectionsOf } from '../../graph/sections';
import { shapeOf } from '../../graph/shape';
import type { IShape } from '../../graph/shape';
import { cells, edges } from './notebook';

const CELLS = cells(8, { 0: '# A', 2: '# B', 4: '# C', 6: '# D' });
const EDGES = edges('c0>c2:x', 'c1>c3:y', 'c3>c4:z', 'c4>c7:u', 'c2>c6:v');

function shape(...folded: string[]): IShape {
  return shapeOf(CELLS, EDGES, sectionsOf(CELLS, EDGES), {
    withImports: true,
    withUnconnected: true,
    found: new Set(),
    isFolded: id => folded.includes(id)
  });
}

const [A, B, C, D] = ['section c0', 'section c2', 'section c4', 'section c6'] as const;

describe('what is related to a node', () => {
  it.each<[string, string[], string | null, string[]]>([
    ['no node', [], null, []],
    ['a cell that is not drawn', [], 'gone', []],
    ['a cell', [], 'c3', ['c1>c3', 'c3>c4', 'c4>c7']],
    [
      'a cell, through cells of folded sections only',
      [A, B, D],
      'c4',
      [`${A}>${B}`, `${B}>c4`, `c4>${D}`]
    ],
    ['a folded section', [A, B, C, D], C, [`${A}>${B}`, `${B}>${C}`, `${C}>${D}`]],
    ['an unfolded section', [], A, ['c0>c2', 'c1>c3', 'c3>c4', 'c4>c7', 'c2>c6']]
  ])('%s', (_, folded, nodeId, expected) => {
    const { edges: related, nodes } = relatedTo(shape(...folded), nodeId);
    const ways = [...related].map(({ consumer, provider }) => `${provider}>${consumer}`);
    expect(ways).toEqual(expected);
    expect([...nodes].sort()).toEqual([...new Set(expected.flatMap(it => it.split('>')))].sort());
  });

  it('the node of a cell is its own, or the folded section', () => {
    const drawn = shape(A);
    expect(['c0', 'c2', 'gone', null].map(id => nodeOfCell(drawn, id))).toEqual([
      A,
      'c2',
      null,
      null
    ]);
  });
});
