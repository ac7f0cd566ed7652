import { CommandIds } from '../../tokens/commands';
import { blockedReport, cellReport, need, until } from '../reports';
import {
  REASON,
  ROW,
  STATUS,
  buttonNames,
  calls,
  draw,
  entry,
  press,
  rowNames,
  shown
} from './drawnView';

describe('a row', () => {
  const clobbered = cellReport('c', {
    status: 'at_risk',
    repairs: ['cells', 'imports'],
    execution_count: 3,
    definitions: [
      { name: 'i', kind: 'loop', certain: false },
      { name: 'y', kind: 'assignment', certain: true },
      { name: 'z', kind: 'assignment', certain: true }
    ],
    needs: [
      need('x', { provider: 'a' }),
      need('tf', { status: 'clobbered', provider: 'a', message: '`tf` is an `int`.', via: 'f' }),
      need('lost', { status: 'missing', message: 'No cell defines `lost`.' })
    ],
    message: '`tf` is an `int`.'
  });
  const failed = cellReport('f', { status: 'failed', error: 'ZeroDivisionError' });
  const cells = [
    entry('a', 1),
    entry('b', 2, { report: blockedReport('b', 'a') }),
    entry('c', 3, { report: clobbered }),
    entry('d', 4, { report: blockedReport('d', 'a', true) }),
    entry('e', 5, { report: null }),
    entry('f', 6, { report: failed })
  ];

  async function drawRows(state: Parameters<typeof draw>[0]): Promise<HTMLElement> {
    const node = await draw(state);
    await until(() => node.querySelectorAll(ROW).length === state?.cells.length);
    return node;
  }

  function row(node: HTMLElement, id: string): HTMLElement {
    return node.querySelector<HTMLElement>(`${ROW}[data-key="${id}"]`)!;
  }

  it('is one line: what the cell defines or its first line, its status and its count', async () => {
    const node = await drawRows(shown({ cells }));
    expect(rowNames(node)).toEqual([
      'line of a, Ready',
      'line of b, Blocked by a missing import',
      'y, z, At risk, [3]',
      'line of d, Not run yet',
      'line of e, Not read yet',
      'line of f, Failed: ZeroDivisionError'
    ]);
    expect(row(node, 'c').textContent).toBe('y, zAt risk[3]');
    expect(row(node, 'c').getAttribute('aria-description')).toBe('tf is an int.');
    expect(row(node, 'd').getAttribute('aria-description')).toBeNull();
    expect(buttonNames(node.querySelector('[role="treegrid"]')!)).toEqual([]);
  });

  it('unfolds to the sentence, the names and the remedies', async () => {
    const node = await drawRows(shown({ cells }));
    row(node, 'c').focus();
    press('ArrowRight');
    await until(() => row(node, 'c').getAttribute('aria-expanded') === 'true');
    expect(buttonNames(row(node, 'c'))).toEqual([
      'tf via f, overwritten: go to the cell that defines it',
      'x, available: go to the cell that defines it',
      'Restore Imports: line of c [3]',
      'Run Dependencies: line of c [3]'
    ]);
    expect(row(node, 'c').querySelector(REASON)?.textContent).toBe('tf is an int.');
    const description = row(node, 'c').querySelector('button[aria-description]');
    expect(description?.getAttribute('aria-description')).toBe('tf is an int.');
    const notes = [...row(node, 'c').querySelectorAll('[role="note"][data-name]')];
    expect(notes.map(it => [it.getAttribute('aria-label'), it.getAttribute('tabindex')])).toEqual([
      ['lost, missing', '0'],
      ['i, loop, only in some cases', '0'],
      ['y', '0'],
      ['z', '0']
    ]);
    expect(notes[0]?.getAttribute('aria-description')).toBe('No cell defines lost.');
    expect(row(node, 'c').querySelector('[aria-label="Defines"]')?.textContent).toBe('Definesiyz');
    const walked = (key: string, steps: number): (string | undefined)[] =>
      Array.from({ length: steps }, () => {
        press(key);
        return document.activeElement instanceof HTMLElement
          ? document.activeElement.dataset.name
          : undefined;
      });
    expect(walked('ArrowRight', 4)).toEqual(['tf', 'lost', 'x', 'i']);
    expect(walked('ArrowLeft', 3)).toEqual(['x', 'lost', 'tf']);
    press('ArrowLeft');
    expect(document.activeElement).toBe(row(node, 'c'));
    press(' ');
    await until(() => row(node, 'c').getAttribute('aria-expanded') === 'false');
  });

  it('tells what the notebook counts, and that a number is old', async () => {
    const counts = [
      entry('a', 1, { shownCount: '*' }),
      entry('b', 2, { shownCount: 7 }),
      entry('c', 3, { shownCount: 3, report: clobbered }),
      entry('d', 4)
    ];
    const node = await drawRows(shown({ cells: counts }));
    expect(rowNames(node)).toEqual([
      'line of a, Ready',
      'line of b, Ready, [7] from an earlier kernel',
      'y, z, At risk, [3]',
      'line of d, Ready'
    ]);
    const texts = [...node.querySelectorAll('.jp-NamespaceViz-count')].map(it => it.outerHTML);
    expect(texts.map(text => text.replace(/<[^>]*>/g, ''))).toEqual(['[*]', '[7]', '[3]']);
    expect(row(node, 'b').querySelector('s')?.textContent).toBe('[7]');
  });

  it('goes to the cell by a click anywhere, and by the Enter key', async () => {
    const node = await drawRows(shown({ cells, activeCellId: 'b' }));
    row(node, 'a').click();
    row(node, 'b').querySelector<HTMLElement>(REASON)?.click();
    row(node, 'a').focus();
    press('Enter');
    row(node, 'b')
      .querySelectorAll('button')
      .forEach(button => button.click());
    expect(calls).toEqual([
      ['go', 'a'],
      ['go', 'b'],
      ['go', 'a'],
      ['go', 'a'],
      [CommandIds.restoreCellImports, { cellId: 'b' }],
      [CommandIds.runNeededCells, { cellId: 'b' }]
    ]);
    row(node, 'a').querySelector<HTMLElement>('.jp-NamespaceViz-chevron')?.click();
    await until(() => row(node, 'a').getAttribute('aria-expanded') === 'true');
    expect(calls).toHaveLength(6);
  });

  it('is unfolded while it is the active cell, until the user folds it; a waiting one stays quiet', async () => {
    const node = await drawRows(shown({ cells, activeCellId: 'd' }));
    const active = row(node, 'd');
    expect(active.getAttribute('aria-current')).toBe('true');
    expect(active.querySelector(STATUS)?.textContent).toBe('Not run yet');
    expect(active.className).toContain('jp-mod-waiting');
    expect(active.className).not.toContain('jp-mod-loud');
    expect(active.querySelector(REASON)?.textContent).toContain('tf is missing');
    expect(active.getAttribute('aria-description')).toContain('tf is missing');
    expect(active.querySelector('[aria-label="Needs"] .jp-mod-waiting')).not.toBeNull();
    active.focus();
    press('ArrowLeft');
    await until(() => active.querySelector(REASON) === null);
    await draw(shown({ cells, activeCellId: 'a' }));
    await draw(shown({ cells, activeCellId: 'd' }));
    await until(() => row(node, 'd').querySelector(REASON) !== null);
  });

  it('is reached with the arrow keys; the list is one stop of the Tab key', async () => {
    const node = await drawRows(shown({ cells, activeCellId: 'b' }));
    const stops = (): (string | undefined)[] =>
      [...node.querySelectorAll<HTMLElement>(`${ROW}[tabindex="0"]`)].map(it => it.dataset.key);
    expect(stops()).toEqual(['b']);
    row(node, 'b').focus();
    for (const [key, id] of [
      ['ArrowDown', 'c'],
      ['End', 'f'],
      ['ArrowUp', 'e'],
      ['Home', 'a'],
      ['ArrowUp', 'a']
    ] as const) {
      press(key);
      await until(() => document.activeElement === row(node, id));
    }
    expect(stops()).toEqual(['a']);
  });

  it('folds away many names until asked for', async () => {
    const definitions = Array.from({ length: 20 }, (_, index) => ({
      name: `x${index}`,
      kind: 'assignment' as const,
      certain: true
    }));
    const report = cellReport('a', { definitions });
    const node = await drawRows(shown({ cells: [entry('a', 1, { report })], activeCellId: 'a' }));
    const chips = (): number => node.querySelectorAll('.jp-NamespaceViz-chip').length;
    const more = node.querySelector<HTMLElement>('button[aria-expanded="false"]:not([title])');
    expect([chips(), more?.textContent]).toEqual([12, 'Show 8 more']);
    more?.click();
    await until(() => chips() === 20);
    expect(more?.textContent).toBe('Show fewer');
  });

  it('is not touched when another one changes', async () => {
    const node = await drawRows(shown({ cells }));
    const records: MutationRecord[] = [];
    const observer = new MutationObserver(list => records.push(...list));
    observer.observe(node, { subtree: true, childList: true, attributes: true });
    await draw(shown({ cells: [...cells.slice(0, 4), entry('e', 5), ...cells.slice(5)] }));
    await until(() => row(node, 'e').getAttribute('aria-label') === 'line of e, Ready');
    records.push(...observer.takeRecords());
    observer.disconnect();
    const touched = records.map(record =>
      record.target instanceof Element ? record.target.closest<HTMLElement>(ROW)?.dataset.key : null
    );
    expect(new Set(touched)).toEqual(new Set(['e']));
  });
});
