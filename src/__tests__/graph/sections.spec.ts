import { sectionsOf } from '../../graph/sections';
import type { Edge } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { cells, edges } from './notebook';

/** Each section as `title: number of cells`. */
function told(entries: readonly ICellEntry[], between: readonly Edge[] = []): string[] {
  return sectionsOf(entries, between).map(({ cells: own, run, title }) => {
    return `${title ?? '-'}${run === null ? '' : ` (${run})`}: ${own.length}`;
  });
}

/** `## Step n` above every cell. */
const MANY = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [at, `## Step ${at}`]));

/** `## Topic` above every other cell from the 18th to the 59th. */
const TOPICS = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [18 + 2 * at, '## Topic']));

describe('the sections of a notebook', () => {
  it.each<[string, number, Record<number, string>, string[]]>([
    ['is short, without headings', 30, {}, []],
    ['is short, with a title', 8, { 0: '# Title' }, []],
    ['has headings', 5, { 0: '# Data', 3: '# Model' }, ['Data: 3', 'Model: 2']],
    ['begins without a heading', 5, { 2: '# Data' }, ['-: 2', 'Data: 3']],
    [
      'has headings of several levels',
      6,
      { 0: '# Data|## Load', 2: '## Clean', 4: '# Model' },
      ['Data › Load: 2', 'Clean: 2', 'Model: 2']
    ],
    [
      'has too many headings of the lower level',
      40,
      { ...MANY, 0: '# A|## Step 0', 10: '# B', 20: '# C', 30: '# D' },
      ['A: 10', 'B: 10', 'C: 10', 'D: 10']
    ],
    [
      'has only a title above many headings',
      29,
      { ...MANY, 0: '# Title|## Step 0' },
      ['Title › Step 0: 1', ...Array.from({ length: 28 }, (_, at) => `Step ${at + 1}: 1`)]
    ],
    [
      'has a long section with headings of the next level',
      60,
      { 0: '# A', 5: '# B', 10: '# C', 15: '# D', ...TOPICS },
      ['A: 5', 'B: 5', 'C: 5', 'D: 3', ...Array.from({ length: 21 }, () => 'Topic: 2')]
    ]
  ])('that %s', (_, count, headings, expected) => {
    expect(told(cells(count, headings))).toEqual(expected);
  });

  it('are runs of usual length where a long one has no headings', () => {
    expect(told(cells(32))).toEqual(['- (1): 8', '- (2): 8', '- (3): 8', '- (4): 8']);
    const headings = { 0: '# Data', 33: '# Model' };
    expect(told(cells(35, headings)).slice(-2)).toEqual(['Data (4): 9', 'Model: 2']);
  });

  it('are divided where the fewest edges go from run to run', () => {
    const chain = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_, at) => `c${from + at}>c${from + at + 1}:x`);
    const between = edges(...chain(0, 9), ...chain(10, 16), ...chain(17, 27), ...chain(28, 35));
    expect(told(cells(36), between)).toEqual(['- (1): 10', '- (2): 7', '- (3): 11', '- (4): 8']);
  });

  it('hold every cell once, and have ids of their own', () => {
    const entries = cells(100, { 3: '# A', 50: '## B', 60: '### C' });
    const sections = sectionsOf(entries, edges('c90>c2:x', 'gone>c1:y', 'c1>c99:z'));
    expect(sections.flatMap(section => section.cells)).toEqual(entries);
    expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  });
});
