import { NotebookModel } from '@jupyterlab/notebook';
import { definingLineOf, entriesOf, firstLineOf, readCells } from '../../model/cells';
import type { ICellEntry } from '../../tokens/models';
import { openNotebook } from '../notebooks';
import { cellReport } from '../reports';

const NO_REMEDIES: [] = [];
const NOTHING = { cell: () => null, remediesOf: () => NO_REMEDIES };

describe('the entries of cells', () => {
  it('have the headings above them, and the count that the notebook shows', async () => {
    const panel = await openNotebook([
      { id: 'm1', type: 'markdown', source: '# Data\n\n```\n# code\n```\n\n## Loading `it` ##\n' },
      { id: 'm4', type: 'markdown', source: '### [Part](http://x.org) <a name="1"></a>_One_' },
      { id: 'm2', type: 'markdown', source: 'No heading: #1\n\n# ![](logo.png)' },
      { id: 'a', source: 'x = 1', count: 7 },
      { id: 'b', source: 'y = 2' },
      { id: 'c', source: 'z = 3' },
      { id: 'm3', type: 'markdown', source: '# The end' }
    ]);
    const seen = readCells(panel.content.model);
    const entries = entriesOf(seen, NOTHING, []);
    const told = (entry: ICellEntry): unknown[] => [entry.id, entry.shownCount];
    expect(entries.map(told)).toEqual([
      ['a', 7],
      ['b', null],
      ['c', null]
    ]);
    expect(entries.map(entry => entry.headings)).toEqual([
      [
        { level: 1, text: 'Data' },
        { level: 2, text: 'Loading it' },
        { level: 3, text: 'Part One' }
      ],
      [],
      []
    ]);
    const again = readCells(panel.content.model, seen);
    expect(again.every((cell, index) => cell === seen[index])).toBe(true);
    expect(entriesOf(again, NOTHING, entries)).toBe(entries);
    panel.content.model!.sharedModel.cells[4]?.setSource('y = 3');
    const changed = readCells(panel.content.model, again);
    expect(changed.map((cell, index) => cell === again[index])).toEqual([true, false, true]);
    expect(changed[1]?.firstLine).toBe('y = 3');
    panel.dispose();
  });

  // A pattern whose time grows faster than the text would take minutes for the long ones.
  it.each([
    ['# Data ' + ' '.repeat(100_000) + '#x', 'Data'],
    ['# Data' + ' #'.repeat(100_000), /^Data( #)+$/],
    ['# Data ' + '<'.repeat(100_000), /^Data <+$/],
    ['# Data ' + '!['.repeat(100_000), /^Data [![]+$/],
    ['# Data ' + '[x]('.repeat(100_000), /^Data [[\]x(]+$/],
    ['```\n'.repeat(100_001) + '# Data', undefined],
    [' ```\n~~~\n'.repeat(49_998) + '# Data', 'Data'],
    ['#'.repeat(100_000), undefined],
    ['# C# and [![a](b)](c) ###', 'C# and a']
  ])('have a heading as it is shown, however long it is (%#)', (source, heading) => {
    const model = new NotebookModel();
    model.sharedModel.insertCells(0, [
      { cell_type: 'markdown', source },
      { cell_type: 'code', source: 'x = 1' }
    ]);
    const [cell] = readCells(model);
    const expected: unknown = heading instanceof RegExp ? expect.stringMatching(heading) : heading;
    expect(cell?.headings[0]?.text).toEqual(expected);
    model.dispose();
  });

  it('do not call the cell empty in which the user types', async () => {
    const panel = await openNotebook([{ id: 'a', source: '' }]);
    const empty = { ...NOTHING, cell: (id: string) => cellReport(id, { status: 'empty' }) };
    const seen = readCells(panel.content.model);
    expect(entriesOf(seen, empty, [])[0]?.report?.status).toBe('empty');
    expect(entriesOf(seen, empty, [], 'a')[0]?.report).toBeNull();
    panel.dispose();
  });
});

describe('the first line of a cell', () => {
  it.each([
    ['\n\n  import os\nx', 'import os'],
    ['# Data\n\nimport os', 'import os'],
    ['# only\n# comments', '# only'],
    ['%%time\nx', '%%time'],
    ['try:\n    import cv2\nexcept ImportError: pass', 'try: import cv2'],
    ['try:\n    # soon', 'try:'],
    ['widgets.Text(\n    # first\n    value=1,\n)', 'widgets.Text(value=1,'],
    ['f(', 'f('],
    ['  \n ', '']
  ])('of %j is %j', (source, line) => {
    expect(firstLineOf(source)).toBe(line);
  });
});

describe('the line of a cell that gives a name a value', () => {
  it.each([
    ['%matplotlib inline\nimport numpy as np', 'import numpy as np'],
    ['print(1)\nx = 1', 'x = 1'],
    ['print(a=1)\nf(b == 2)\nif x:\n  y = 1', 'print(a=1)'],
    ['# Data\na, b = 1, 2', 'a, b = 1, 2'],
    ['show()\nasync def f():\n  pass', 'async def f():'],
    ['a == b\nx: int = 1', 'x: int = 1'],
    ['%matplotlib inline\n%run utils.ipynb\nyear = 2024', '%run utils.ipynb'],
    ['%time f()\n%pylab inline', '%pylab inline'],
    ['größe = 1', 'größe = 1'],
    ['show()\nrows = [\n    1,\n]', 'rows = [1,'],
    ['', '']
  ])('of %j is %j', (source, line) => {
    expect(definingLineOf(source)).toBe(line);
  });
});
