import { ReceivedReports } from '../../model/receivedReports';
import type { NotebookProblem } from '../../protocol';
import {
  cellReport,
  importReport,
  kernel,
  nameReport,
  problem,
  problemsMessage,
  remedy,
  report,
  summary
} from '../reports';

describe('what the server said so far', () => {
  it('is merged from reports that say only what changed', () => {
    const reports = new ReceivedReports();
    const order = new Set(['a', 'b']);
    const edges = [{ provider: 'a', consumer: 'b', names: ['x'] }];
    const imports = [importReport('tf')];
    const problems = [problem('stale', { cells: ['b'] })];
    const restart = [problem('restart')];
    const first = report(1, [cellReport('a'), cellReport('b')], { edges, imports });
    reports.merge(first, order, 1);
    reports.mergeProblems(problemsMessage({ now: problems }));
    reports.merge(report(2, [cellReport('b', { status: 'stale' })]), order, 1);
    reports.mergeProblems(problemsMessage({ after_restart: restart }));
    expect(reports.cell('a')?.status).toBe('ready');
    expect(reports.cell('b')?.status).toBe('stale');
    expect(reports.edges).toBe(edges);
    expect(reports.imports).toBe(imports);
    expect(reports.problems).toBe(problems);
    expect(reports.restartProblems).toBe(restart);
    reports.clear();
    expect([reports.imports, reports.problems, reports.restartProblems]).toEqual([
      null,
      null,
      null
    ]);
  });

  it('has old names from a restart until those of the new process come', () => {
    const reports = new ReceivedReports();
    const ofGeneration = (generation: number): void =>
      reports.merge(report(1, [], { kernel: kernel({ generation }) }), new Set(), 1);
    const names = { changed: [nameReport('x')], removed: [], left_out: 0 };
    ofGeneration(1);
    reports.mergeDetails({ kind: 'details', names, foreseen: null });
    ofGeneration(1);
    expect(reports.names?.isOld).toBe(false);
    ofGeneration(2);
    expect(reports.names?.isOld).toBe(true);
    reports.mergeDetails({ kind: 'details', names: { ...names, changed: [] }, foreseen: null });
    expect(reports.names?.isOld).toBe(false);
  });

  it('has the names, told change by change', () => {
    const reports = new ReceivedReports();
    const [x, y] = [nameReport('x'), nameReport('y')];
    reports.mergeDetails({
      kind: 'details',
      names: { changed: [x, y], removed: [], left_out: 0 },
      foreseen: []
    });
    const before = reports.names;
    reports.mergeDetails({ kind: 'details', names: null, foreseen: null });
    expect(reports.names).toBe(before);
    const stale = nameReport('x', { status: 'stale' });
    reports.mergeDetails({
      kind: 'details',
      names: { changed: [stale], removed: ['y'], left_out: 3 },
      foreseen: null
    });
    expect(reports.names).toEqual({ byName: new Map([['x', stale]]), leftOut: 3, isOld: false });
    expect([...(before?.byName.values() ?? [])]).toEqual([x, y]);
    expect(reports.forecast).toEqual([]);
    reports.clear();
    expect([reports.names, reports.forecast]).toEqual([null, null]);
  });

  it('stays the same objects when the server says the same again', () => {
    const reports = new ReceivedReports();
    const order = new Set(['a']);
    reports.merge(report(1, [cellReport('a')]), order, 1);
    const before = [reports.cell('a'), reports.kernel, reports.summary];
    reports.merge(report(2, [cellReport('a')], { kernel: kernel(), summary: summary() }), order, 1);
    [reports.cell('a'), reports.kernel, reports.summary].forEach((value, index) => {
      expect(value).toBe(before[index]);
    });
  });

  it('shows no problem of a cell that waits for others since a restart, until problems follow', () => {
    const reports = new ReceivedReports();
    const blocked = { status: 'blocked' as const };
    reports.merge(report(1, [cellReport('a', blocked)]), new Set(['a']), 1);
    reports.mergeProblems(problemsMessage({ now: [problem('missing', { cells: ['a'] })] }));
    reports.merge(report(1, [cellReport('a', { ...blocked, waiting: true })]), new Set(['a']), 1);
    expect(reports.problems).toEqual([]);
  });

  it('shows no problem of a cell whose status has changed, until problems follow', () => {
    const reports = new ReceivedReports();
    const order = new Set(['a', 'b']);
    const cells = [cellReport('a', { status: 'failed' }), cellReport('b', { status: 'blocked' })];
    reports.merge(report(1, cells), order, 1);
    const both = problem('missing', { cells: ['a', 'b'], remedies: [remedy('run_needed')] });
    const problems = [problem('failed', { cells: ['a'] }), both];
    reports.mergeProblems(problemsMessage({ now: problems }));
    reports.merge(report(2, [cellReport('b', { status: 'blocked', message: 'x' })]), order, 1);
    expect(reports.problems).toBe(problems);
    reports.merge(report(3, [cellReport('a')]), order, 1);
    expect(reports.problems).toEqual([{ ...both, cells: ['b'] }]);
    expect(reports.remediesOf('a')).toEqual([]);
    reports.mergeProblems(problemsMessage({}));
    expect(reports.problems).toBe(problems);
  });

  it('has the remedies of the problems of each cell', () => {
    const reports = new ReceivedReports();
    const [restore, run] = [remedy('restore_cell'), remedy('run_needed')];
    const say = (...problems: NotebookProblem[]): void =>
      reports.mergeProblems(problemsMessage({ now: problems }));
    say(
      problem('ghost', { cells: ['a', 'b'], remedies: [restore] }),
      problem('missing', { cells: ['b'], remedies: [run] })
    );
    const before = reports.remediesOf('b');
    expect([reports.remediesOf('a'), before]).toEqual([[restore], [restore, run]]);
    say(problem('ghost', { cells: ['b'], remedies: [{ ...restore }, run] }), problem('syntax'));
    expect(reports.remediesOf('a')).toEqual([]);
    expect(reports.remediesOf('b')).toBe(before);
  });

  it('forgets a cell that is gone once the server knows that, not before', () => {
    const reports = new ReceivedReports();
    reports.merge(report(1, [cellReport('a'), cellReport('b')]), new Set(['a', 'b']), 1);
    reports.merge(report(1, [cellReport('b', { status: 'stale' })]), new Set(['a']), 2);
    expect(reports.cell('b')?.status).toBe('stale');
    reports.merge(report(2, []), new Set(['a']), 2);
    expect(reports.cell('b')).toBeNull();
    expect(reports.cell('a')).not.toBeNull();
  });

  it('keeps a cell that was cut and pasted before the server answered', () => {
    const reports = new ReceivedReports();
    reports.merge(report(1, [cellReport('a'), cellReport('b')]), new Set(['a', 'b']), 1);
    reports.merge(report(3, []), new Set(['b', 'a']), 3);
    expect(reports.cell('b')).not.toBeNull();
  });
});
