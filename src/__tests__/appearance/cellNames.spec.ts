import { nullTranslator } from '@jupyterlab/translation';
import {
  cellLabelOf,
  cellTitleOf,
  countOf,
  hasOldCount,
  mentionsOf
} from '../../appearance/cellNames';
import type { CellReport } from '../../protocol';
import type { ShownCount } from '../../tokens/models';
import { cellReport, entryOf } from '../reports';

const trans = nullTranslator.load('test');

describe('the label of a cell in a list', () => {
  it.each<[string, string[], string]>([
    ['the names that it defines', ['x', 'y'], 'x, y'],
    ['without those that take what is not wanted', ['_', 'x', '__'], 'x'],
    ['its line where there are no others', ['_'], '_ = f()']
  ])('is %s', (_, names, label) => {
    const definitions = names.map(name => ({ name, kind: 'assignment' as const, certain: true }));
    const entry = entryOf(cellReport('a', { definitions }), { definingLine: '_ = f()' });
    expect(cellLabelOf(entry)).toBe(label);
  });
});

const RAN = { execution_count: 6 };

describe('the count of a cell', () => {
  it.each<[string, ShownCount, Partial<CellReport> | null, string, boolean]>([
    ['has not run', null, {}, '', false],
    ['ran in this kernel', 6, RAN, '[6]', false],
    ['ran in an earlier kernel', 6, {}, '', true],
    ['is not read yet', 6, null, '', false],
    ['runs', '*', { ...RAN, status: 'running' }, '[*]', false],
    ['is queued', '*', { ...RAN, status: 'queued' }, '[*]', false],
    ['is sent to the kernel', '*', RAN, '[*]', false],
    ['runs, and the notebook has not drawn that', 6, { ...RAN, status: 'running' }, '[*]', false],
    ['ended, and the server has not reported that', 7, { ...RAN, status: 'running' }, '[*]', false],
    ['ended its first run, without a report', 7, { status: 'running' }, '[*]', false],
    ['was split off a cell that ran', null, RAN, '', false]
  ])('is as the notebook shows it: a cell that %s', (_, shownCount, report, count, isOld) => {
    const entry = entryOf(cellReport('a', report ?? {}), { shownCount });
    const known = report === null ? { ...entry, report: null } : entry;
    expect([countOf(known), hasOldCount(known)]).toEqual([count, isOld]);
  });

  it.each<[ShownCount, string]>([
    [null, 'x = 1\ncell 1 of 1\nits code ran as [6]'],
    [6, 'x = 1\ncell 1 of 1'],
    ['*', 'x = 1\ncell 1 of 1']
  ])('is in the title where the notebook shows another: %s', (shownCount, title) => {
    const entry = entryOf(cellReport('a', RAN), { shownCount, firstLine: 'x = 1' });
    expect(cellTitleOf(entry, mentionsOf([entry], trans))).toBe(title);
  });
});
