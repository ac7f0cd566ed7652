import { nullTranslator } from '@jupyterlab/translation';
import { cellNameOf, cellTitleOf, mentionsOf } from '../../appearance/cellNames';
import { piecesOf, plainTextOf } from '../../appearance/wording';
import type { CellReport } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { cellReport, entryOf } from '../reports';

function entry(id: string, line: string, report: Partial<CellReport> = {}): ICellEntry {
  return entryOf(cellReport(id, report), { number: 4, firstLine: line });
}

const cells = [
  entry('a-1', 'import os'),
  entry('b', 'raise_it = 1 / 0', { status: 'failed', execution_count: 3 }),
  entry('c', '')
];
const mentions = mentionsOf(cells, nullTranslator.load('test'));

describe('a sentence', () => {
  it('has pieces of text, code and cells', () => {
    expect(piecesOf('`x[[0]]` is not there: cell [[a-1]] has not run.')).toEqual([
      { kind: 'code', text: 'x[[0]]' },
      { kind: 'text', text: ' is not there: cell ' },
      { kind: 'cell', text: 'a-1' },
      { kind: 'text', text: ' has not run.' }
    ]);
  });

  it.each([
    ['`x`: cell [[a-1]] deleted it.', 'x: cell `import os` deleted it.'],
    ['Cell [[b]] failed.', 'Cell `raise_it = 1 / 0` [3] failed.'],
    ['Cell [[c]] is empty.', 'Cell `4` is empty.'],
    ['Cell [[z]] is gone.', 'Cell … is gone.']
  ])('%j in plain text is %j', (sentence, text) => {
    expect(plainTextOf(sentence, mentions)).toBe(text);
  });
});

describe('a cell', () => {
  it('is called by its code and its count in this kernel', () => {
    expect(cells.map(cellNameOf)).toEqual(['`import os`', '`raise_it = 1 / 0` [3]', '`4`']);
  });

  it('says in its title where it is, and whether it failed', () => {
    expect(cells.map(cell => cellTitleOf(cell, mentions))).toEqual([
      'import os\ncell 4 of 3',
      'raise_it = 1 / 0\ncell 4 of 3, failed',
      'cell 4 of 3'
    ]);
  });
});
