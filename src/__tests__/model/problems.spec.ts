import { problemsOf } from '../../model/problems';
import type { CellReport, Finding, Need } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { blockedReport, cellReport, entryOf, need } from '../reports';

function entries(...reports: CellReport[]): ICellEntry[] {
  return reports.map((report, index) => entryOf(report, { number: index + 1 }));
}

/** The problems in one line each: `kind names: cells`. */
function told(
  reports: CellReport[],
  rest: { activeCellId?: string; forecast?: Finding[] } = {}
): string[] {
  const problems = problemsOf({
    cells: entries(...reports),
    activeCellId: rest.activeCellId ?? null,
    forecast: rest.forecast ?? null
  });
  return problems.map(
    ({ cells, kind, names }) =>
      `${kind} ${names.join(' ') || '-'}: ${cells.map(cell => cell.id).join(' ')}`
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

describe('what needs attention', () => {
  it('is one problem for each name, with all cells that it blocks', () => {
    const reports = [blockedReport('b', 'a'), cellReport('c'), blockedReport('d', 'a')];
    expect(told(reports)).toEqual(['missing-import tf: b d']);
  });

  it('is one problem for all names that one cell would bring back', () => {
    const lost = (id: string, name: string, provider: string | null): CellReport =>
      cellReport(id, {
        status: 'blocked',
        needs: [need(name, { status: 'missing', reason: 'never_run', provider })]
      });
    const reports = [lost('b', 'x', 'a'), lost('c', 'y', 'a'), lost('d', 'x', 'a')];
    expect(told(reports)).toEqual(['missing x y: b c d']);
    expect(told([...reports, lost('e', 'z', 'q'), lost('f', 'w', null)])).toEqual([
      'missing x y: b c d',
      'missing z: e',
      'missing w: f'
    ]);
  });

  it('is one problem for all imports that are missing, but not for those to be inserted', () => {
    const lost = (id: string, name: string, rest: Partial<Need>): CellReport =>
      cellReport(id, {
        status: 'blocked',
        needs: [need(name, { status: 'missing', by_import: true, provider: 'p', ...rest })]
      });
    const reports = [
      lost('b', 'np', { reason: 'never_run' }),
      lost('c', 'pd', { reason: 'lost_at_restart', provider: 'q' }),
      lost('d', 're', { reason: 'later_cell', import_code: 'import re' }),
      lost('e', 'os', { reason: 'later_cell', import_code: 'import os' })
    ];
    expect(told(reports)).toEqual([
      'missing-import np pd: b c',
      'missing-import re: d',
      'missing-import os: e'
    ]);
  });

  it('is no name that a running or queued cell will bind', () => {
    const awaiting = cellReport('b', {
      needs: [need('x', { status: 'missing', reason: 'in_flight', provider: 'a' })]
    });
    expect(told([awaiting])).toEqual([]);
  });

  it('is not each import of a module that is not installed', () => {
    const importing = cellReport('a', {
      status: 'blocked',
      needs: [need('cv2', { status: 'not_installed', by_import: true, reason: 'not_installed' })]
    });
    const using = cellReport('b', {
      status: 'blocked',
      needs: [
        need('cv2', {
          status: 'missing',
          by_import: true,
          reason: 'not_installed',
          provider: 'a',
          is_consequence: true
        })
      ]
    });
    expect(told([importing, using])).toEqual(['not-installed cv2: a']);
  });

  it('are not the cells that wait, but for the one that would run next', () => {
    const reports = [blockedReport('b', 'a', true), blockedReport('c', 'a', true)];
    expect(told(reports)).toEqual([]);
    expect(told(reports, { activeCellId: 'c' })).toEqual(['missing-import tf: c']);
  });

  it('is not what is missing only because a cell of the list could not run', () => {
    const using = (id: string, isConsequence: boolean): CellReport =>
      cellReport(id, {
        status: 'blocked',
        needs: [need('x', { status: 'missing', provider: 'b', is_consequence: isConsequence })]
      });
    const [root, waiting] = [blockedReport('b', 'a'), blockedReport('b', 'a', true)];
    expect(told([root, using('c', true)])).toEqual(['missing-import tf: b']);
    expect(told([root, using('c', false)])).toHaveLength(2);
    expect(told([waiting, using('c', true)])).toEqual(['missing x: c']);
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
    expect(told(reports)).toEqual([
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

  it('is neither text that the user is typing nor a name that only a call would read', () => {
    const reports = [
      cellReport('a', { status: 'syntax_error', message: 'odd' }),
      cellReport('b', { needs: [need('x', { status: 'missing', phase: 'deferred' })] })
    ];
    expect(told(reports, { activeCellId: 'a' })).toEqual([]);
  });

  it('is also what a restart would bring out, in cells that are not in trouble now', () => {
    const reports = [cellReport('a'), blockedReport('b', 'c')];
    const forecast = [finding('a', 'x'), finding('b', 'tf'), finding('gone', 'y')];
    expect(told(reports, { forecast })).toEqual(['missing-import tf: b', 'restart x: a']);
  });
});
