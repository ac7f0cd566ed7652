import { problemsOf } from '../model/problems';
import type { CellReport, Finding, NameReport } from '../protocol';
import type { ICellEntry } from '../tokens';
import { blockedReport, cellReport, nameReport, need } from './reports';

function entries(...reports: CellReport[]): ICellEntry[] {
  return reports.map((report, index) => ({
    id: report.id,
    position: index + 1,
    firstLine: '',
    report
  }));
}

/** The problems in one line each: `kind name: cells`. */
function told(
  reports: CellReport[],
  names: NameReport[] = [],
  rest: { activeCellId?: string; foreseen?: Finding[] } = {}
): string[] {
  const problems = problemsOf({
    cells: entries(...reports),
    activeCellId: rest.activeCellId ?? null,
    names: { byName: new Map(names.map(name => [name.name, name])), leftOut: 0 },
    foreseen: rest.foreseen ?? null
  });
  return problems.map(
    ({ cells, kind, name }) => `${kind} ${name ?? '-'}: ${cells.map(cell => cell.id).join(' ')}`
  );
}

function finding(cell_id: string, name: string): Finding {
  return {
    cell_id,
    name,
    status: 'missing',
    reason: 'later_cell',
    certain: true,
    provider: null,
    message: 'why',
    line: 1
  };
}

const tf = nameReport('tf', { kind: 'import' });

describe('what needs attention', () => {
  it('is one problem for each name, with all cells that it blocks', () => {
    const reports = [blockedReport('b', 'a'), cellReport('c'), blockedReport('d', 'a')];
    expect(told(reports, [tf])).toEqual(['missing-import tf: b d']);
    expect(told(reports)).toEqual(['missing tf: b d']);
  });

  it('are not the cells that wait, but for the one that would run next', () => {
    const reports = [blockedReport('b', 'a', true), blockedReport('c', 'a', true)];
    expect(told(reports, [tf])).toEqual([]);
    expect(told(reports, [tf], { activeCellId: 'c' })).toEqual(['missing-import tf: c']);
  });

  it('comes with the most urgent first', () => {
    const reports = [
      cellReport('a', { status: 'stale', needs: [need('x', { status: 'stale' })] }),
      cellReport('b', { status: 'at_risk', needs: [need('g', { status: 'ghost' })] }),
      cellReport('c', { status: 'at_risk', needs: [need('np', { status: 'clobbered' })] }),
      cellReport('d', { status: 'blocked', needs: [need('y', { status: 'missing' })] }),
      cellReport('e', { status: 'blocked', needs: [need('cv2', { status: 'not_installed' })] }),
      cellReport('f', { status: 'syntax_error', message: 'odd' }),
      cellReport('g', { status: 'at_risk', message: 'too deep' }),
      blockedReport('h', 'z')
    ];
    expect(told(reports, [tf])).toEqual([
      'missing-import tf: h',
      'not-installed cv2: e',
      'missing y: d',
      'clobbered np: c',
      'syntax -: f',
      'ghost g: b',
      'at-risk -: g',
      'stale -: a'
    ]);
  });

  it('is no text that somebody is typing, and nothing that only a call would read', () => {
    const reports = [
      cellReport('a', { status: 'syntax_error', message: 'odd' }),
      cellReport('b', { needs: [need('x', { status: 'missing', phase: 'deferred' })] })
    ];
    expect(told(reports, [], { activeCellId: 'a' })).toEqual([]);
  });

  it('is also what a restart would bring out, in cells that are not in trouble now', () => {
    const reports = [cellReport('a'), blockedReport('b', 'c')];
    const foreseen = [finding('a', 'x'), finding('b', 'tf'), finding('gone', 'y')];
    expect(told(reports, [tf], { foreseen })).toEqual(['missing-import tf: b', 'restart x: a']);
  });
});
