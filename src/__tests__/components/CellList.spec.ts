import { until } from '../reports';
import { ROW, calls, draw, entry, press, rowNames, shown } from './drawnView';

/** The ids of the rendered rows. */
function rendered(node: HTMLElement): (string | undefined)[] {
  return [...node.querySelectorAll<HTMLElement>(ROW)].map(row => row.dataset.key);
}

/** The key of the row with the focus. */
function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>(ROW)?.dataset.key;
}

describe('a long list', () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(`cell-${index + 1}`, index + 1));

  it('renders the rows in the view, and tells how many there are', async () => {
    const node = await draw(shown({ cells: many }));
    await until(() => rendered(node).length > 20);
    expect(rendered(node).length).toBeLessThan(40);
    const [first] = node.querySelectorAll(ROW);
    expect(first?.getAttribute('aria-setsize')).toBe('500');
    expect(first?.getAttribute('aria-posinset')).toBe('1');
  });

  it('brings the active row into the view', async () => {
    const node = await draw(shown({ cells: many, activeCellId: 'cell-300' }));
    await until(() => rendered(node).includes('cell-300'));
    await until(() => rendered(node).includes('cell-295'));
    expect(rendered(node)).not.toContain('cell-200');
  });

  it('is walked through with the keyboard to its end and back', async () => {
    const node = await draw(shown({ cells: many }));
    await until(() => rendered(node).length > 0);
    node.querySelector<HTMLElement>(ROW)?.focus();
    press('End');
    await until(() => focused() === 'cell-500');
    expect(rendered(node)).toContain('cell-495');
    press('ArrowUp');
    await until(() => focused() === 'cell-499');
    press('Home');
    await until(() => focused() === 'cell-1');
  });
});

describe('sections', () => {
  const cells = [
    entry('a', 1),
    entry('b', 2, { headings: [{ level: 1, text: 'Data' }] }),
    entry('c', 3),
    entry('d', 4, { headings: [{ level: 1, text: 'Model' }] })
  ];

  it('follow the headings, and fold with the keyboard', async () => {
    const node = await draw(shown({ cells }));
    await until(() => rendered(node).length === 6);
    expect(rowNames(node)).toEqual([
      'line of a, Ready',
      'Data',
      'line of b, Ready',
      'line of c, Ready',
      'Model',
      'line of d, Ready'
    ]);
    const places = [...node.querySelectorAll(ROW)].map(row =>
      ['level', 'posinset', 'setsize'].map(name => row.getAttribute(`aria-${name}`)).join(' ')
    );
    expect(places).toEqual(['1 1 3', '1 2 3', '2 1 2', '2 2 2', '1 3 3', '2 1 1']);
    node.querySelector<HTMLElement>('[data-key="c"]')?.focus();
    press('ArrowLeft');
    await until(() => focused() === 'section b 0');
    press('ArrowLeft');
    await until(() => rendered(node).length === 4);
    press('ArrowRight');
    await until(() => rendered(node).length === 6);
    press('ArrowRight');
    await until(() => focused() === 'b');
  });

  it('stand below headings of a higher level, and fold with them', async () => {
    const nested = [
      entry('a', 1, {
        headings: [
          { level: 1, text: 'Data' },
          { level: 2, text: 'Read' }
        ]
      }),
      entry('b', 2, { headings: [{ level: 3, text: 'Clean' }] }),
      entry('c', 3, { headings: [{ level: 2, text: 'Split' }] }),
      entry('d', 4, { headings: [{ level: 1, text: 'Model' }] })
    ];
    const node = await draw(shown({ cells: nested }));
    await until(() => rendered(node).length === 9);
    const told = [...node.querySelectorAll(ROW)].map(
      row => `${row.getAttribute('aria-level')} ${row.getAttribute('aria-label')}`
    );
    expect(told).toEqual([
      '1 Data',
      '2 Read',
      '3 line of a, Ready',
      '3 Clean',
      '4 line of b, Ready',
      '2 Split',
      '3 line of c, Ready',
      '1 Model',
      '2 line of d, Ready'
    ]);
    node.querySelector<HTMLElement>('[data-key="section a 1"]')?.click();
    await until(() => rendered(node).length === 6);
    expect(rendered(node).slice(0, 3)).toEqual(['section a 0', 'section a 1', 'section c 0']);
    node.querySelector<HTMLElement>('[data-key="section a 0"]')?.click();
    await until(() => rendered(node).length === 3);
  });

  it('say how many cells need attention while they are folded', async () => {
    const loud = cells.map(cell =>
      cell.id === 'c' ? { ...cell, report: { ...cell.report!, status: 'stale' as const } } : cell
    );
    const node = await draw(shown({ cells: loud, activeCellId: 'b' }));
    await until(() => rendered(node).length === 6);
    node.querySelector<HTMLElement>('[data-key="section b 0"]')?.click();
    await until(() => rendered(node).length === 4);
    const row = node.querySelector('[data-key="section b 0"]');
    expect(row?.getAttribute('aria-label')).toBe('Data, 1 cell needs attention');
    expect(row?.getAttribute('aria-current')).toBe('true'); // the active cell is inside
  });
});

it('the Escape key leaves the panel', async () => {
  const node = await draw(shown({ cells: [entry('a', 1)] }));
  await until(() => rendered(node).length === 1);
  node.querySelector<HTMLElement>(ROW)?.focus();
  press('Escape');
  expect(calls).toEqual([['leave']]);
});
