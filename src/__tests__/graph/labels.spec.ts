import { nullTranslator } from '@jupyterlab/translation';
import { countOf } from '../../appearance/cellNames';
import { appearanceOfNode, labelOf } from '../../graph/labels';
import type { ICellNode, ISectionNode } from '../../graph/shape';
import type { CellReport } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { cellReport, entryOf } from '../reports';
import { cell } from './notebook';

const trans = nullTranslator.load('jupyter_namespace_viz');

function cellNode(entry: ICellEntry, ...gives: string[]): ICellNode {
  return { kind: 'cell', id: entry.id, cell: entry, sectionId: null, takes: [], gives };
}

function sectionNode(
  cells: ICellEntry[],
  title: string | null = null,
  run: number | null = null,
  ...gives: string[]
): ISectionNode {
  const section = { id: 'section a', title, run, cells };
  return { kind: 'section', id: section.id, section, isFolded: true, takes: [], gives };
}

describe('the label', () => {
  it.each([
    ['of a cell: what it defines', cellNode(cell('a', 'x y')), 'x, y'],
    ['what other cells take comes first', cellNode(cell('a', 'x y z'), 'z'), 'z, x, y'],
    ['imports come last', cellNode(cell('a', 'np! x'), 'np'), 'x, np'],
    ['a loop variable says nothing', cellNode(cell('a', 'i~')), 'line of a'],
    ['unless another cell takes it', cellNode(cell('a', 'i~'), 'i'), 'i'],
    ['the first line where it defines nothing', cellNode(cell('a')), 'line of a'],
    ['the first line before the report', cellNode({ ...cell('a'), report: null }), 'line of a'],
    ['of a section: its heading', sectionNode([cell('a')], 'Data'), 'Data'],
    ['no heading', sectionNode([cell('a')]), 'Before the first heading'],
    ['of a run: what it gives', sectionNode([cell('a', 'u x y z')], null, 1, 'x', 'y'), 'x, y, u'],
    ['its first line', sectionNode([cell('a'), cell('b')], null, 2), 'line of a'],
    ['below a heading', sectionNode([cell('a', 'x')], 'Data', 2), 'x · Data (2)']
  ])('%s', (_, node, label) => {
    expect(labelOf(node, trans)).toBe(label);
  });

  it.each<[Partial<CellReport>, string]>([
    [{ execution_count: 7 }, '[7]'],
    [{}, '']
  ])('has the count of the run in this kernel: %j', (report, count) => {
    expect(countOf(cell('a', '', [], report))).toBe(count);
  });
});

describe('the status of a section', () => {
  const of = (report: Partial<CellReport>): ICellEntry => entryOf(cellReport('a', report));

  it.each<[string, ICellEntry[]]>([
    ['running', [of({ status: 'failed' }), of({ status: 'running' }), of({ status: 'queued' })]],
    ['failed', [of({ status: 'fresh' }), of({ status: 'blocked' }), of({ status: 'failed' })]],
    ['blocked-import', [of({ status: 'blocked', blocked_by_import: true }), of({})]],
    ['waiting', [of({ status: 'blocked', waiting: true }), of({ status: 'ready' })]],
    ['stale', [of({ status: 'blocked', waiting: true }), of({ status: 'stale' })]],
    ['stale', [of({ status: 'stale' }), of({ status: 'fresh' })]],
    ['pending', [{ ...of({}), report: null }, of({ status: 'fresh' })]],
    ['ready', [of({ status: 'fresh' }), of({})]],
    ['fresh', [of({ status: 'fresh' }), of({ status: 'not_python' })]]
  ])('is %s', (appearance, cells) => {
    expect(appearanceOfNode(sectionNode(cells))).toBe(appearance);
  });
});
