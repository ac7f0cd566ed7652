import { problemsOf, remainingProblems } from '../../model/problems';
import type { CellReport, NotebookProblem } from '../../protocol';
import { cellReport, entryOf, problem } from '../reports';

const cells = ['a', 'b', 'c'].map(id => entryOf(cellReport(id)));

/** The problems in one line each: `kind names: cells`. */
function shown(
  reportedProblems: NotebookProblem[] | null,
  rest: { activeCellId?: string; restartProblems?: NotebookProblem[] } = {}
): string[] {
  const problems = problemsOf({
    cells,
    reportedProblems,
    activeCellId: rest.activeCellId ?? null,
    restartProblems: rest.restartProblems ?? null
  });
  return problems.map(
    it => `${it.kind} ${it.names.join(' ')}: ${it.cells.map(({ id }) => id).join()}`
  );
}

describe('the problems that are shown', () => {
  it('are none before the first report', () => {
    expect(shown(null)).toEqual([]);
  });

  it('are those of the server in its order, then what a restart would bring out', () => {
    const now = [
      problem('missing', { names: ['x', 'y'], cells: ['b', 'c'] }),
      problem('stale', { cells: ['a'] })
    ];
    const restartProblems = [problem('restart', { names: ['z'], cells: ['c'] })];
    expect(shown(now, { restartProblems })).toEqual([
      'missing x y: b,c',
      'stale : a',
      'restart z: c'
    ]);
  });

  it('leave out cells that are no longer there', () => {
    const now = [
      problem('missing', { names: ['x'], cells: ['b', 'gone'] }),
      problem('stale', { cells: ['gone'] })
    ];
    expect(shown(now)).toEqual(['missing x: b']);
  });

  it('leave out the syntax errors in the cell where the user may be typing', () => {
    const now = [problem('syntax', { cells: ['a'] }), problem('missing', { cells: ['a'] })];
    expect(shown(now, { activeCellId: 'a' })).toEqual(['missing : a']);
    expect(shown(now, { activeCellId: 'b' })).toEqual(['syntax : a', 'missing : a']);
  });
});

describe('the problems that remain until new ones are reported', () => {
  it.each<[NotebookProblem['kind'], CellReport['status'], boolean]>([
    ['failed', 'blocked', false],
    ['failed', 'running', false],
    ['missing', 'ready', false],
    ['missing', 'queued', false],
    ['missing', 'blocked', true],
    ['not_installed', 'queued', true],
    ['not_installed', 'blocked', true],
    ['not_installed', 'fresh', false],
    ['clobbered', 'at_risk', true]
  ])('are those that the new status does not contradict: %s, now %s', (kind, status, remains) => {
    const problems = [problem(kind, { cells: ['a'] })];
    const found = remainingProblems(problems, [cellReport('a', { status })]);
    expect(found).toEqual(remains ? problems : []);
    expect(found === problems).toBe(remains);
  });

  it('are those of other cells', () => {
    const problems = [problem('missing', { cells: ['a', 'b'] })];
    const found = remainingProblems(problems, [cellReport('a', { status: 'fresh' })]);
    expect(found).toEqual([{ ...problems[0], cells: ['b'] }]);
  });
});
