import { Verdicts } from '../../model/receivedReports';
import { cellReport, importReport, kernel, nameReport, report, summary } from '../reports';

describe('what the server said so far', () => {
  it('is merged from reports that say only what changed', () => {
    const verdicts = new Verdicts();
    const order = new Set(['a', 'b']);
    const edges = [{ provider: 'a', consumer: 'b', names: ['x'] }];
    const imports = [importReport('tf')];
    const first = report(1, [cellReport('a'), cellReport('b')], { edges, imports });
    verdicts.merge(first, order, 1);
    verdicts.merge(report(2, [cellReport('b', { status: 'stale' })]), order, 1);
    expect(verdicts.cell('a')?.status).toBe('ready');
    expect(verdicts.cell('b')?.status).toBe('stale');
    expect(verdicts.edges).toBe(edges);
    expect(verdicts.imports).toBe(imports);
    verdicts.clear();
    expect(verdicts.imports).toBeNull();
  });

  it('has the names, told change by change', () => {
    const verdicts = new Verdicts();
    const [x, y] = [nameReport('x'), nameReport('y')];
    verdicts.mergeDetails({
      kind: 'details',
      names: { changed: [x, y], removed: [], left_out: 0 },
      foreseen: []
    });
    const before = verdicts.names;
    verdicts.mergeDetails({ kind: 'details', names: null, foreseen: null });
    expect(verdicts.names).toBe(before);
    const stale = nameReport('x', { status: 'stale' });
    verdicts.mergeDetails({
      kind: 'details',
      names: { changed: [stale], removed: ['y'], left_out: 3 },
      foreseen: null
    });
    expect(verdicts.names).toEqual({ byName: new Map([['x', stale]]), leftOut: 3 });
    expect([...(before?.byName.values() ?? [])]).toEqual([x, y]);
    expect(verdicts.foreseen).toEqual([]);
    verdicts.clear();
    expect([verdicts.names, verdicts.foreseen]).toEqual([null, null]);
  });

  it('stays the same objects when the server says the same again', () => {
    const verdicts = new Verdicts();
    const order = new Set(['a']);
    verdicts.merge(report(1, [cellReport('a')]), order, 1);
    const before = [verdicts.cell('a'), verdicts.kernel, verdicts.summary];
    verdicts.merge(
      report(2, [cellReport('a')], { kernel: kernel(), summary: summary() }),
      order,
      1
    );
    [verdicts.cell('a'), verdicts.kernel, verdicts.summary].forEach((value, index) => {
      expect(value).toBe(before[index]);
    });
  });

  it('forgets a cell that is gone once the server knows that, not before', () => {
    const verdicts = new Verdicts();
    verdicts.merge(report(1, [cellReport('a'), cellReport('b')]), new Set(['a', 'b']), 1);
    verdicts.merge(report(1, [cellReport('b', { status: 'stale' })]), new Set(['a']), 2);
    expect(verdicts.cell('b')?.status).toBe('stale');
    verdicts.merge(report(2, []), new Set(['a']), 2);
    expect(verdicts.cell('b')).toBeNull();
    expect(verdicts.cell('a')).not.toBeNull();
  });

  it('keeps a cell that was cut and pasted before the server answered', () => {
    const verdicts = new Verdicts();
    verdicts.merge(report(1, [cellReport('a'), cellReport('b')]), new Set(['a', 'b']), 1);
    verdicts.merge(report(3, []), new Set(['b', 'a']), 3);
    expect(verdicts.cell('b')).not.toBeNull();
  });
});
