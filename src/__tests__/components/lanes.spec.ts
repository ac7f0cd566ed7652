import { lanesOf } from '../../components/cells/lanes';
import { relatedCellsOf } from '../../model/relatedCells';
import type { Edge } from '../../protocol';

/** `a>b c` is an edge from a to each of b and c. */
function edgesOf(...texts: string[]): Edge[] {
  return texts.flatMap(text => {
    const [provider = '', consumers = ''] = text.split('>');
    return consumers.split(' ').map(consumer => ({ provider, consumer, names: ['x'] }));
  });
}

/** The lanes as a picture, a line a row: `P` the provider, `*` lit, `**` with its branch, `.` none. */
function picture(order: string, edges: Edge[], activeId: string | null = null): string[] {
  const active =
    activeId === null ? null : { id: activeId, related: relatedCellsOf(activeId, edges) };
  return lanesOf([...order], edges, active).map(row => {
    const marks: string[] = [];
    for (const { isBranchHighlighted, isHighlighted, isProvider, lane, part } of row) {
      const mark = { begin: '┌', branch: '├', end: '└', through: '│' }[part];
      marks[lane] =
        `${mark}${isProvider ? 'P' : ''}${isHighlighted ? '*' : ''}${isBranchHighlighted ? '*' : ''}`;
    }
    return Array.from(marks, mark => mark ?? '.').join(' ');
  });
}

describe('what a cell is joined with', () => {
  it('goes over any number of edges, and round a circle once', () => {
    const edges = edgesOf('a>b', 'b>c d', 'd>b e', 'x>c');
    const { downstream, upstream } = relatedCellsOf('b', edges);
    expect([...upstream].sort()).toEqual(['a', 'd']);
    expect([...downstream].sort()).toEqual(['c', 'd', 'e']);
  });
});

describe('the lines next to the rows', () => {
  it('join each provider with all its consumers', () => {
    expect(picture('abcd', edgesOf('a>b d'))).toEqual(['┌P', '├', '│', '└']);
  });

  it('stand side by side where they overlap, the shorter ones nearer', () => {
    expect(picture('abcde', edgesOf('a>e', 'b>c', 'd>e'))).toEqual([
      '. ┌P',
      '┌P │',
      '└ │',
      '┌P │',
      '└ └'
    ]);
  });

  it('go up where a later cell provides', () => {
    const [lanes] = lanesOf(['a', 'b'], edgesOf('b>a'), null);
    expect(lanes).toEqual([
      {
        lane: 0,
        part: 'begin',
        isProvider: false,
        isHighlighted: false,
        isBranchHighlighted: false,
        isUpward: true
      }
    ]);
    expect(picture('ab', edgesOf('b>a'))).toEqual(['┌', '└P']);
  });

  it('are lit on all ways to and from the active cell, and those are nearest', () => {
    const edges = edgesOf('a>b', 'b>d', 'c>d', 'd>e', 'f>g');
    expect(picture('abcdefg', edges, 'b')).toEqual([
      '┌P**',
      '└** ┌P**',
      '. │* ┌P',
      '┌P** └** └',
      '└**',
      '┌P',
      '└'
    ]);
  });

  it('are lit only as far as that way goes', () => {
    expect(picture('abcd', edgesOf('a>b c d'), 'c')).toEqual(['┌P**', '├*', '├**', '└']);
  });

  it('are left out where they are too many, but for the lit ones', () => {
    const edges = edgesOf('a>n', 'b>m', 'c>l', 'd>k', 'e>j', 'f>i');
    const widths = (active: string | null): number =>
      Math.max(...picture('abcdefghijklmn', edges, active).map(row => row.split(' ').length));
    expect(widths(null)).toBe(4);
    expect(widths('a')).toBe(4);
    expect(picture('abcdefghijklmn', edges, 'a')[0]).toBe('┌P**');
  });

  it('stay the same objects where nothing changed', () => {
    const edges = edgesOf('a>b', 'c>d');
    const before = lanesOf(['a', 'b', 'c', 'd'], edges, null);
    const active = { id: 'c', related: relatedCellsOf('c', edges) };
    const now = lanesOf(['a', 'b', 'c', 'd'], edges, active, before);
    expect(now.map((row, index) => row === before[index])).toEqual([true, true, false, false]);
  });

  it('leave out cells that are gone', () => {
    expect(picture('a', edgesOf('a>b', 'b>a'))).toEqual(['']);
  });
});
