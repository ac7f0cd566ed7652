import { CommandIds } from '../../tokens/commands';
import { blockedReport, cellReport, need, until } from '../reports';
import { REASON, ROW, STATUS, buttonNames, calls, draw, entry, shown } from './drawnView';

describe('a row', () => {
  const clobbered = cellReport('c', {
    status: 'at_risk',
    repairs: ['cells', 'imports'],
    execution_count: 3,
    definitions: [{ name: 'y', kind: 'assignment', certain: true }],
    needs: [
      need('x', { provider: 'a' }),
      need('tf', { status: 'clobbered', provider: 'a', message: '`tf` is an `int`.', via: 'f' }),
      need('lost', { status: 'missing', message: 'No cell defines `lost`.' })
    ],
    message: '`tf` is an `int`.'
  });
  const cells = [
    entry('a', 1),
    entry('b', 2, { report: blockedReport('b', 'a') }),
    entry('c', 3, { report: clobbered }),
    entry('d', 4, { report: blockedReport('d', 'a', true) }),
    entry('e', 5, { report: null })
  ];

  it('shows number, first line, status, count, names and remedies', async () => {
    const node = await draw(shown({ cells }));
    const rows = [...node.querySelectorAll(ROW)];
    const words = rows.map(row => row.querySelector(STATUS)?.textContent);
    expect(words).toEqual([
      'Ready',
      'Blocked by a missing import',
      'At risk',
      'Waiting',
      'Not read yet'
    ]);
    expect(buttonNames(rows[2]!)).toEqual([
      'Cell 3line of c[3]',
      'tf, overwritten: go to the cell that provides it',
      'x, live: go to the cell that provides it',
      'Restore Imports: line of c [3]',
      'Run Dependencies: line of c [3]'
    ]);
    expect(rows[2]?.querySelector(REASON)?.textContent).toBe('tf is an int.');
    expect(rows[2]?.querySelector('[aria-description]')?.getAttribute('aria-description')).toBe(
      'tf is an int.'
    );
    expect(rows[2]?.textContent).toContain('No cell defines lost.');
    expect(rows[2]?.querySelector('[aria-label="Defines"]')?.textContent).toBe('Definesy');
    expect(rows[3]?.querySelector(REASON)).toBeNull();
  });

  it('tells what the notebook counts, and that a number is old', async () => {
    const counts = [
      entry('a', 1, { shownCount: '*' }),
      entry('b', 2, { shownCount: 7 }),
      entry('c', 3, { shownCount: 3, report: clobbered }),
      entry('d', 4)
    ];
    const node = await draw(shown({ cells: counts }));
    expect(buttonNames(node).filter(name => name?.startsWith('Cell '))).toEqual([
      'Cell 1line of a[*]runs',
      'Cell 2line of b[7]is old',
      'Cell 3line of c[3]',
      'Cell 4line of d'
    ]);
  });

  it('calls back with the cell that a click is about', async () => {
    const node = await draw(shown({ cells }));
    node
      .querySelectorAll(ROW)[1]
      ?.querySelectorAll('button')
      .forEach(button => button.click());
    expect(calls).toEqual([
      ['go', 'b'],
      ['go', 'a'],
      [CommandIds.restoreCellImports, { cellId: 'b' }],
      [CommandIds.runNeededCells, { cellId: 'b' }]
    ]);
  });

  it('is loud while it is the active cell, although it only waits', async () => {
    const node = await draw(shown({ cells, activeCellId: 'd' }));
    const row = node.querySelector(`${ROW}[aria-current="true"]`);
    expect(row?.querySelector(STATUS)?.textContent).toBe('Blocked by a missing import');
    expect(row?.querySelector(REASON)).not.toBeNull();
  });

  it('is reached with the arrow keys; the list is one stop of the Tab key', async () => {
    const node = await draw(shown({ cells, activeCellId: 'b' }));
    const heads = [...node.querySelectorAll<HTMLElement>('.jp-NamespaceViz-head')];
    expect(heads.map(head => head.tabIndex)).toEqual([-1, 0, -1, -1, -1]);
    heads[1]?.focus();
    for (const [key, index] of [
      ['ArrowDown', 2],
      ['End', 4],
      ['ArrowUp', 3],
      ['Home', 0],
      ['ArrowUp', 0]
    ] as const) {
      const target = document.activeElement;
      target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      expect(document.activeElement).toBe(heads[index]);
    }
    await until(() => heads[0]?.tabIndex === 0);
  });

  it('folds away many names until asked for', async () => {
    const definitions = Array.from({ length: 20 }, (_, index) => ({
      name: `x${index}`,
      kind: 'assignment' as const,
      certain: true
    }));
    const report = cellReport('a', { definitions });
    const node = await draw(shown({ cells: [entry('a', 1, { report })] }));
    const chips = (): number => node.querySelectorAll('.jp-NamespaceViz-chip').length;
    const more = node.querySelector<HTMLElement>('[aria-expanded="false"]');
    expect([chips(), more?.textContent]).toEqual([12, '8 more']);
    more?.click();
    await until(() => chips() === 20);
    expect(node.querySelector('[aria-expanded="true"]')?.textContent).toBe('fewer');
  });

  it('is not touched when another one changes', async () => {
    const node = await draw(shown({ cells }));
    const before = [...node.querySelectorAll(ROW)].map(row => row.innerHTML);
    const records: MutationRecord[] = [];
    const observer = new MutationObserver(list => records.push(...list));
    observer.observe(node, { subtree: true, childList: true, attributes: true });
    await draw(shown({ cells: [...cells.slice(0, 4), entry('e', 5)] }));
    await until(() => node.querySelectorAll(ROW)[4]?.innerHTML !== before[4]);
    records.push(...observer.takeRecords());
    observer.disconnect();
    const touched = records.map(record =>
      record.target instanceof Element
        ? record.target.closest<HTMLElement>(ROW)?.dataset.cellId
        : null
    );
    expect(new Set(touched)).toEqual(new Set(['e']));
  });
});
