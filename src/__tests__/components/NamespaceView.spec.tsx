import { nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { NamespaceView } from '../../components/panel/NamespaceView';
import type { Shown } from '../../components/panel/NamespaceView';
import { PlanSteps } from '../../components/dialogs/PlanSteps';
import { appearanceOf, isLoud, wordOf } from '../../appearance/appearance';
import type { Kernel } from '../../protocol';
import { CommandIds } from '../../tokens/commands';
import type { IRemedy, ViewName } from '../../tokens/commands';
import type { ConnectionState } from '../../tokens/connection';
import type { ICellEntry } from '../../tokens/models';
import { blockedReport, cellReport, entryOf, kernel, need, summary, until } from '../reports';

const trans = nullTranslator.load('test');

/** The parts of the panel by what a screen reader is told of them. */
const KERNEL = '[role="group"][aria-label="Kernel"]';
const STATUS = '[role="group"][aria-label="Status"]';
const ROW = '[role="list"][aria-label="Code cells"] [role="listitem"]';
const REASON = '[role="note"][aria-label="Reason"]';

/** What the view called back with, in order. */
let calls: [string, unknown?][];
let view: ViewWidget | null;

class ViewWidget extends ReactWidget {
  shown: Shown | null = null;
  name: ViewName = 'cells';

  protected override render(): React.ReactElement {
    return (
      <NamespaceView
        namespace={this.shown}
        view={this.name}
        chooseView={this._choose}
        trans={trans}
        refresh={this._refresh}
        goToCell={this._goToCell}
        fix={this._fix}
      />
    );
  }

  private _choose = (name: ViewName): number => calls.push(['choose', name]);
  private _refresh = (): number => calls.push(['refresh']);
  private _goToCell = (id: string): number => calls.push(['go', id]);
  private _fix = ({ args, command }: IRemedy): number => calls.push([command, args]);
}

function entry(id: string, number: number, rest: Partial<ICellEntry> = {}): ICellEntry {
  return entryOf(cellReport(id), { number, firstLine: `line of ${id}`, ...rest });
}

function shown(rest: Partial<Shown> = {}): Shown {
  return {
    activeCellId: null,
    cells: [],
    connectionState: 'open',
    edges: null,
    imports: null,
    isKernelPending: false,
    kernel: kernel(),
    names: null,
    problems: [],
    refusal: null,
    summary: summary(),
    ...rest
  };
}

/** Draw the view, or draw it again, and give its element. */
async function draw(state: Shown | null): Promise<HTMLElement> {
  const isNew = view === null;
  view ??= new ViewWidget();
  view.shown = state;
  if (isNew) {
    Widget.attach(view, document.body);
  } else {
    MessageLoop.sendMessage(view, Widget.Msg.UpdateRequest);
  }
  await view.renderPromise;
  return view.node;
}

/** The names by which the buttons are known to a screen reader. */
function buttonNames(node: Element): (string | null)[] {
  return [...node.querySelectorAll('button')].map(
    button => button.getAttribute('aria-label') ?? button.textContent
  );
}

beforeEach(() => {
  calls = [];
  view = null;
});

afterEach(() => {
  view?.dispose();
});

describe('the panel says', () => {
  it('that no notebook is open', async () => {
    const node = await draw(null);
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe('No notebook is open');
  });

  it.each<[ConnectionState, string, string[]]>([
    ['closed', 'Connecting to the server…', []],
    ['connecting', 'Connecting to the server…', []],
    ['disconnected', 'Disconnected from the server', ['Try again']],
    ['absent', 'The server extension is missing', ['Try again']],
    ['forbidden', 'Not allowed by the server', ['Try again']],
    ['incompatible', 'The server extension has another version', ['Try again']]
  ])('that the connection is %s', async (connectionState, title, buttons) => {
    const node = await draw(shown({ connectionState, cells: [entry('a', 1)] }));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
    expect(buttonNames(node)).toEqual(buttons);
    node.querySelector('button')?.click();
    expect(calls).toEqual(buttons.map(() => ['refresh']));
    expect(node.querySelector('ul')).toBeNull();
  });

  it('how to install what is missing', async () => {
    const node = await draw(shown({ connectionState: 'absent' }));
    expect(node.querySelector('pre')?.textContent).toBe('pip install jupyter_namespace_viz');
  });

  it.each<[string, Partial<Shown>]>([
    ['Reading the notebook…', { kernel: null, summary: null }],
    ['Waiting for the kernel…', { kernel: null, summary: null, isKernelPending: true }],
    ['The kernel does not speak Python', { kernel: kernel({ state: 'not_python' }) }],
    ['The server cannot take this notebook', { refusal: 'It has too many cells.' }],
    ['This notebook has no code cells yet', {}]
  ])('%s', async (title, rest) => {
    const node = await draw(shown(rest));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
  });

  it.each<[Kernel['state'], string]>([
    ['none', 'No kernel: choose one to see which names it holds.'],
    ['connecting', 'Asking the kernel what it holds…'],
    ['starting', 'The kernel is starting…'],
    ['idle', 'The kernel is idle.'],
    ['busy', 'The kernel is busy.'],
    ['dead', 'The kernel died, and its names with it. Restart it to go on.'],
    ['silent', 'The kernel does not answer.'],
    ['unreachable', 'The server cannot reach the kernel.']
  ])('that the kernel is %s, above the cells', async (state, sentence) => {
    const node = await draw(shown({ kernel: kernel({ state }), cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(sentence);
    expect(node.querySelectorAll(ROW)).toHaveLength(1);
  });

  it('how old the facts on a busy kernel are, and what the server says of it', async () => {
    const as_of = new Date(Date.now() - 12_300).toISOString();
    const message = 'Busy with `train()`.';
    const busy = kernel({ state: 'busy', as_of, message });
    const node = await draw(shown({ kernel: busy, cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(
      'Busy with train(). What is shown is 12 seconds old.'
    );
  });

  it('aloud that the kernel cannot be asked, but not that it was busy for a moment', async () => {
    const aloud = (): string | null | undefined =>
      view?.node.querySelector(`${KERNEL} [role="status"]`)?.textContent;
    const as_of = new Date(Date.now() - 12_300).toISOString();
    const said = [];
    for (const state of ['idle', 'busy', 'silent', 'idle'] as const) {
      await draw(shown({ kernel: kernel({ state, as_of }), cells: [entry('a', 1)] }));
      said.push(aloud());
    }
    // Not how old the facts are either: that is another text each second.
    expect(said).toEqual(['', '', 'The kernel does not answer.', '']);
  });

  it('that nothing is wrong', async () => {
    const node = await draw(shown({ cells: [entry('a', 1)], summary: summary({ message: '' }) }));
    const line = node.querySelector('[role="status"][aria-label="Summary"]');
    expect(line?.textContent).toBe('Everything this notebook needs is live.');
  });
});

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

  it('tells position, first line, status, count, names and repairs', async () => {
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
      'Restore imports: cell 3',
      'Run what it needs: cell 3'
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

describe('a long list', () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(`cell-${index + 1}`, index + 1));

  /** The positions of the rows that are drawn in full. */
  function drawn(node: HTMLElement): number[] {
    return [...node.querySelectorAll(ROW)].flatMap((row, index) =>
      row.querySelector('.jp-NamespaceViz-status') ? [index + 1] : []
    );
  }

  /** The numbers from `first` to `last`. */
  function numbers(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  // jsdom lays nothing out: nothing comes into view unless it is said to.
  const watched = new Map<Element, IntersectionObserverCallback>();
  beforeEach(() => {
    window.IntersectionObserver = class {
      constructor(private readonly _callback: IntersectionObserverCallback) {}
      observe(block: Element): void {
        watched.set(block, this._callback);
      }
      disconnect(): void {
        watched.forEach((callback, block) => callback === this._callback && watched.delete(block));
      }
    } as unknown as typeof IntersectionObserver;
  });

  afterEach(() => watched.clear());

  function comeNear(block: Element): void {
    const seen = [{ isIntersecting: true }] as IntersectionObserverEntry[];
    watched.get(block)?.(seen, null as unknown as IntersectionObserver);
  }

  it('has a button for each cell, and draws the rest of a row near the view', async () => {
    const node = await draw(shown({ cells: many }));
    expect(buttonNames(node.querySelector('[role="list"]')!)).toEqual(
      many.map(({ id, number }) => `Cell ${number}line of ${id}`)
    );
    await until(() => watched.size === 49);
    expect(drawn(node)).toEqual(numbers(1, 10));
  });

  it('draws what comes near the view, and keeps what was drawn', async () => {
    const node = await draw(shown({ cells: many }));
    await until(() => watched.size === 49);
    comeNear(node.querySelector('[data-cell-id="cell-105"]')!.parentElement!);
    const now = [...numbers(1, 10), ...numbers(101, 110)];
    await until(() => drawn(node).length === now.length);
    expect(drawn(node)).toEqual(now);
    await until(() => watched.size === 48); // it is watched no longer
  });

  it('draws the active row and the one with the focus wherever they are', async () => {
    const node = await draw(shown({ cells: many, activeCellId: 'cell-300' }));
    expect(drawn(node)).toEqual([...numbers(1, 10), 300]);
    const head = node.querySelector<HTMLElement>('.jp-NamespaceViz-head');
    head?.focus();
    head?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect(document.activeElement?.closest<HTMLElement>(ROW)?.dataset.cellId).toBe('cell-500');
    await until(() => drawn(node).includes(500));
    expect(drawn(node)).toEqual([...numbers(1, 10), 300, 500]);
  });
});

describe('every status', () => {
  it('has a look and a word of its own', () => {
    const reports = [
      blockedReport('a', 'b'),
      blockedReport('a', 'b', true),
      cellReport('a', { status: 'blocked' }),
      cellReport('a', { status: 'at_risk' }),
      cellReport('a', { status: 'stale' }),
      cellReport('a', { status: 'ready' }),
      cellReport('a', { status: 'fresh' }),
      cellReport('a', { status: 'empty' }),
      cellReport('a', { status: 'not_python' }),
      cellReport('a', { status: 'syntax_error' })
    ];
    const appearances = reports.map(report => appearanceOf(report, false));
    expect(appearances.map(appearance => [wordOf(appearance, trans), isLoud(appearance)])).toEqual([
      ['Blocked by a missing import', true],
      ['Waiting', false],
      ['Blocked by a missing name', true],
      ['At risk', true],
      ['Stale', true],
      ['Ready', false],
      ['Fresh', false],
      ['Empty', false],
      ['Not Python', false],
      ['Syntax error', false]
    ]);
  });
});

describe('a plan', () => {
  it('lists what runs, in order, and what it does not bring back', async () => {
    const planned = {
      kind: 'planned' as const,
      generation: 1,
      request_id: 'r',
      steps: [
        {
          cell_id: 'a',
          code: 'import os',
          names: ['os'],
          why: 'Cell 2 needs `os`.',
          effects: []
        },
        {
          cell_id: 'b',
          code: null,
          names: ['x', 'y'],
          why: 'Cell 3 needs `x`.',
          effects: ['Writes files: `x.to_csv`']
        }
      ],
      unresolved: [
        { name: 'z', reason: 'No cell defines `z`.' },
        { name: 'w', reason: 'No cell defines it.' }
      ]
    };
    const slow = entry('b', 2, { report: cellReport('b', { seconds: 75.2 }) });
    const widget = ReactWidget.create(
      <PlanSteps planned={planned} cells={[entry('a', 1), slow]} trans={trans} />
    );
    Widget.attach(widget, document.body);
    await widget.renderPromise;
    const steps = [...widget.node.querySelectorAll('ol > li')].map(step => step.textContent);
    expect(steps).toEqual([
      'From cell 1osimport osCell 2 needs os.',
      'Cell 2xyline of bCell 3 needs x. It took 1 min 15 s last time.Writes files: x.to_csv'
    ]);
    const lost = [...widget.node.querySelectorAll('section li')].map(item => item.textContent);
    expect(lost).toEqual(['No cell defines z.', 'w: No cell defines it.']);
    widget.dispose();
  });
});
