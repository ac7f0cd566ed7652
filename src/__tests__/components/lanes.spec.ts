import { lanesOf, spineOf } from '../../components/cells/lanes';
import { relatedCellsOf } from '../../model/relatedCells';
import type { ILane } from '../../components/cells/lanes';
import type { Edge } from '../../protocol';

/** `a>b c` is an edge from a to each of b and c. */
function edgesOf(...texts: string[]): Edge[] {
  return texts.flatMap(text => {
    const [provider = '', consumers = ''] = text.split('>');
    return consumers.split(' ').map(consumer => ({ provider, consumer, names: ['x'] }));
  });
}

/** The lanes as a picture, a line a row: `P` a provider, `*` lit, `**` with its branch, `.` none. */
function picture(order: string, edges: Edge[], activeId: string | null = null): string[] {
  const active =
    activeId === null ? null : { id: activeId, related: relatedCellsOf(activeId, edges) };
  return drawn(lanesOf([...order], edges, active));
}

/** The line of the active cell as a picture. */
function spine(order: string, edges: Edge[], id: string): string[] {
  return drawn(spineOf([...order], edges, { id, related: relatedCellsOf(id, edges) }));
}

function drawn(rows: ILane[][]): string[] {
  return rows.map(row => {
    const marks: string[] = [];
    for (const { isBranchHighlighted, isHighlighted, isProvider, lane, part } of row) {
      const mark = { begin: '┌', branch: '├', end: '└', through: '│' }[part];
      marks[lane] =
        `${mark}${isProvider ? 'P' : ''}${isHighlighted ? '*' : ''}${isBranchHighlighted ? '*' : ''}`;
    }
    return Array.from(marks, mark => mark ?? '.').join(' ');
  });
}

/** Which parts of the first lane lead upwards: `a` above the middle of the row, `b` below, `-` the branch. */
function upward(rows: ILane[][]): string[] {
  return rows.map(([lane]) => {
    const { isBranchUpward, isUpwardAbove, isUpwardBelow, part } = lane ?? {};
    return [
      part !== 'begin' && isUpwardAbove ? 'a' : '',
      part !== 'through' && isBranchUpward ? '-' : '',
      part !== 'end' && isUpwardBelow ? 'b' : ''
    ].join('');
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

  it('go up only where a later cell provides', () => {
    expect(picture('ab', edgesOf('b>a'))).toEqual(['┌', '└P']);
    expect(upward(lanesOf(['a', 'b'], edgesOf('b>a'), null))).toEqual(['-b', 'a']);
    // From c up to a, and down to d.
    expect(upward(lanesOf([...'abcd'], edgesOf('c>a d'), null))).toEqual(['-b', 'ab', 'a', '']);
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

  it('leave out cells that are gone', () => {
    expect(picture('a', edgesOf('a>b', 'b>a'))).toEqual(['']);
  });
});

describe('the line of the active cell', () => {
  it('joins it with all that it depends on and all that depend on it, those next to it lit', () => {
    const edges = edgesOf('a>b', 'b>d', 'c>d', 'd>e', 'e>f', 'g>h');
    expect(spine('abcdefgh', edges, 'd')).toEqual([
      '┌P*',
      '├P**',
      '├P**',
      '├P**',
      '├**',
      '└*',
      '',
      ''
    ]);
  });

  it('leads upwards only beyond what a run in order would give', () => {
    const linesOf = (...edges: string[]): string[] => {
      const all = edgesOf(...edges);
      return upward(spineOf([...'abcd'], all, { id: 'b', related: relatedCellsOf('b', all) }));
    };
    expect(linesOf('a>b', 'b>c', 'd>b')).toEqual(['', '', 'b', 'a-']);
    expect(linesOf('b>a')).toEqual(['-b', 'a', '', '']);
  });

  it('is not there without other cells, nor without the active one', () => {
    expect(spine('abc', edgesOf('a>b'), 'c')).toEqual(['', '', '']);
    expect(spine('ab', edgesOf('a>b', 'b>c'), 'c')).toEqual(['', '']);
  });
});
