import { NotebookActions } from '@jupyterlab/notebook';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { NotebookMarks } from '../../decorations/notebookMarks';
import { CommandIds } from '../../tokens/commands';
import type { WindowingMode } from '../notebooks';
import { blockedReport, cellReport, report, until } from '../reports';
import { openDecorated } from './decorated';
import type { IDecorated } from './decorated';

const CELLS = [
  { id: 'a', source: 'import math as tf' },
  { id: 'b', source: 'tf.pi', count: 7 },
  { id: 'c', source: 'tf.e' }
];
const BLOCKED = 'jp-NamespaceViz-cell-blocked-import';
const WAITING = 'jp-NamespaceViz-cell-waiting';
const FAILED = 'jp-NamespaceViz-cell-failed';

let panel: IDecorated['panel'];
let connection: IDecorated['connection'];
let decorations: IDecorated['decorations'];
let fixed: IDecorated['fixed'];

async function start(windowingMode: WindowingMode = 'none'): Promise<void> {
  const decorated = await openDecorated(
    CELLS,
    options => new NotebookMarks(options),
    windowingMode
  );
  ({ connection, decorations, fixed, panel } = decorated);
  connection.say(
    report(1, [cellReport('a'), blockedReport('b', 'a'), blockedReport('c', 'a', true)])
  );
}

afterEach(() => {
  decorations.dispose();
  decorations.dispose();
  panel.dispose();
});

/** What the notes on the cells say. */
function notes(): (string | null)[] {
  const found = panel.content.node.querySelectorAll('[role="note"]');
  return [...found].map(note => note.getAttribute('aria-label'));
}

/** The lines of text that are shown. */
function lines(): (string | null)[] {
  const found = panel.content.node.querySelectorAll('.jp-NamespaceViz-markLine');
  return [...found].map(line => line.textContent);
}

/** The icons of the marks. */
function icons(): (string | undefined)[] {
  const found = panel.content.node.querySelectorAll('[role="note"] .jp-NamespaceViz-icon');
  return [...found].map(({ className }) => /jp-mod-(\S+)/.exec(className)?.[1]);
}

/** Per cell: its id and the class of its mark. */
function marks(): [string, string[]][] {
  return panel.content.widgets.map(cell => [
    cell.model.id,
    [...cell.node.classList].filter(name => name.startsWith('jp-NamespaceViz-'))
  ]);
}

/** What a screen reader says about each cell. */
function descriptions(): (string | null)[] {
  return panel.content.widgets.map(({ node }) => {
    const id = node.getAttribute('aria-describedby') ?? '';
    const element = document.getElementById(id);
    return element && (element.getAttribute('aria-label') ?? element.textContent);
  });
}

async function activate(index: number): Promise<void> {
  panel.content.activeCellIndex = index;
  await new Promise(resolve => setTimeout(resolve));
}

const SENTENCE = 'tf is missing: cell 1 has not run since the kernel started.';

describe('the marks', () => {
  it('say what could surprise, and only an edge tells what waits', async () => {
    await start();
    expect(marks()).toEqual([
      ['a', []],
      ['b', [BLOCKED]],
      ['c', [WAITING]]
    ]);
    expect(notes()).toEqual([`Blocked by a missing import: ${SENTENCE}`]);
    expect(lines()).toEqual([]);
    expect(descriptions()).toEqual([
      null,
      `Blocked by a missing import: ${SENTENCE}`,
      'Not run yet'
    ]);
  });

  it('stand below the input and above the output', async () => {
    await start();
    const { node } = panel.content.widgets[1]!;
    const parts = [...node.children].map(part => part.className);
    const index = parts.findIndex(name => name.includes('jp-NamespaceViz-mark'));
    expect(parts[index - 1]).toContain('jp-Cell-inputWrapper');
    expect(parts.slice(index).some(name => name.includes('jp-Cell-outputWrapper'))).toBe(true);
  });

  it('have a line of text on the active cell only, a quiet one where it waits', async () => {
    await start();
    await activate(1);
    const remedies = 'Restore ImportsRun Dependencies';
    expect(lines()).toEqual([`Blocked by a missing import · ${SENTENCE}${remedies}`]);
    expect(panel.content.node.querySelector('.jp-NamespaceViz-markLine code')?.textContent).toBe(
      'tf'
    );
    await activate(2);
    expect(lines()).toEqual([`Not run yet · ${SENTENCE}${remedies}`]);
    expect(marks()[2]).toEqual(['c', [WAITING]]);
    expect(notes()).toEqual([
      `Blocked by a missing import: ${SENTENCE}`,
      `Not run yet: ${SENTENCE}`
    ]);
    expect(icons()).toEqual(['blocked-import', 'waiting']);
    await activate(0);
    expect(lines()).toEqual([]);
    expect(notes()).toHaveLength(1);
    expect(marks()[2]).toEqual(['c', [WAITING]]);
    expect(descriptions()[2]).toBe('Not run yet');
  });

  it('have no line while the user types', async () => {
    await start();
    await activate(1);
    expect(lines()).toHaveLength(1);
    const { editor, model } = panel.content.activeCell!;
    jest.spyOn(editor!, 'hasFocus').mockReturnValue(true);
    model.sharedModel.setSource('tf.p');
    expect(lines()).toEqual([]);
    expect(marks()[1]).toEqual(['b', [BLOCKED]]);
    await activate(0);
    await activate(1);
    await until(() => connection.takeUpdates().some(({ changed }) => changed[0]?.id === 'b'));
    expect(lines()).toEqual([]); // the server has not read the text yet
    connection.say(report(99, [blockedReport('b', 'a')]));
    expect(lines()).toHaveLength(1);
  });

  it('tell the error of a failed cell, and nothing of running and queued ones', async () => {
    await start();
    connection.say(
      report(2, [
        cellReport('a', { status: 'failed', error: 'ZeroDivisionError', message: 'Why.' }),
        { ...blockedReport('b', 'a'), status: 'running', message: null },
        { ...blockedReport('c', 'a'), status: 'queued', message: null }
      ])
    );
    expect(marks()).toEqual([
      ['a', [FAILED]],
      ['b', []],
      ['c', []]
    ]);
    expect(notes()).toEqual(['Failed: ZeroDivisionError: Why.']);
  });

  it('vanish when the server says so', async () => {
    await start();
    connection.say(report(2, [cellReport('b'), cellReport('c', { status: 'fresh' })]));
    expect(notes()).toEqual([]);
    expect(descriptions()).toEqual([null, null, null]);
    expect(marks().flatMap(([, names]) => names)).toEqual([]);
  });

  it('vanish from a cell whose parts are not on the page', async () => {
    await start();
    const cell = panel.content.widgets[1]!;
    const parts = (): number => cell.node.childElementCount;
    const whole = parts();
    // What a windowed notebook does with a code cell that leaves the view.
    MessageLoop.sendMessage(cell, Widget.Msg.AfterDetach);
    expect(parts()).toBe(1);
    const error = jest.spyOn(console, 'error').mockReturnValue();
    connection.say(report(2, [cellReport('b'), cellReport('c', { status: 'fresh' })]));
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
    MessageLoop.sendMessage(cell, Widget.Msg.BeforeAttach);
    expect(parts()).toBe(whole - 1);
    expect(notes()).toEqual([]);
  });

  it('stay with a cell that moves or changes its type and back', async () => {
    await start();
    panel.content.moveCell(1, 2);
    await Promise.resolve(); // before the next frame, whatever the server will say
    expect(marks()).toEqual([
      ['a', []],
      ['c', [WAITING]],
      ['b', [BLOCKED]]
    ]);
    await until(() => notes().length === 1);
    panel.content.activeCellIndex = 2;
    NotebookActions.changeCellType(panel.content, 'markdown');
    await until(() => notes().length === 0);
    NotebookActions.changeCellType(panel.content, 'code');
    await until(() => connection.sent.length > 0);
    connection.say(report(9, [blockedReport('b', 'a')]));
    expect(marks()[2]).toEqual(['b', [BLOCKED]]);
    expect(notes()).toHaveLength(1);
  });

  it.each<WindowingMode>(['none', 'defer', 'full', 'contentVisibility'])(
    'are on all cells, on the page or not, with windowing mode %s',
    async windowingMode => {
      await start(windowingMode);
      expect(marks()).toEqual([
        ['a', []],
        ['b', [BLOCKED]],
        ['c', [WAITING]]
      ]);
      await panel.content.widgets[1]!.ready;
      const noteOf = (index: number): Element | null =>
        panel.content.widgets[index]!.node.querySelector('[role="note"]');
      await until(() => noteOf(1) !== null);
      // JupyterLab goes on with all cells in the next frame, also when the notebook is closed.
      await Promise.all(panel.content.widgets.map(cell => cell.ready));
      await new Promise(requestAnimationFrame);
    }
  );

  it('offer the remedies for their cell and a menu, and run nothing themselves', async () => {
    await start();
    await activate(1);
    const buttons = panel.content.node.querySelectorAll<HTMLElement>('[role="note"] button');
    const menu = 'Actions for the cell';
    expect([...buttons].map(it => it.textContent || it.getAttribute('aria-label'))).toEqual([
      menu,
      'Restore Imports',
      'Run Dependencies'
    ]);
    expect([...buttons].map(button => button.tabIndex)).toEqual([0, 0, 0]);
    buttons.forEach(button => button.click());
    const args = { cellId: 'b' };
    expect(fixed).toEqual([
      { command: 'menu', args: 'b' },
      { command: CommandIds.restoreCellImports, args },
      { command: CommandIds.runNeededCells, args }
    ]);
    await activate(0);
    const [icon] = panel.content.node.querySelectorAll<HTMLElement>('[role="note"] button');
    expect(icon?.tabIndex).toBe(-1);
  });

  it('are gone while the connection is lost, and when they are switched off', async () => {
    await start();
    connection.become('disconnected');
    expect(notes()).toEqual([]);
    connection.become('open');
    connection.say(report(3, [cellReport('a'), blockedReport('b', 'a')]));
    expect(notes()).toHaveLength(1);
    decorations.isOn = false;
    expect(notes()).toEqual([]);
    expect(marks().flatMap(([, names]) => names)).toEqual([]);
    expect(panel.content.node.querySelector('[id*="NamespaceViz"]')).toBeNull();
    expect(connection.state).toBe('closed');
  });
});

describe('in a long notebook', () => {
  it('those out of view are marked later, and all in the end', async () => {
    const cells = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, source: 'tf' }));
    const decorated = await openDecorated(cells, options => new NotebookMarks(options));
    ({ connection, decorations, panel } = decorated);
    // A page without a layout: every cell is higher than the view.
    panel.content.widgets.forEach(({ node }, index) => {
      const box = boxAt(index * 100, 100);
      jest.spyOn(node, 'getBoundingClientRect').mockReturnValue(box);
    });
    jest.spyOn(panel.content.node, 'getBoundingClientRect').mockReturnValue(boxAt(2050, 400));
    const marked = (): string[] => marks().flatMap(([id, names]) => (names.length > 0 ? [id] : []));
    connection.say(
      report(
        1,
        cells.map(({ id }) => blockedReport(id, 'a', true))
      )
    );
    expect(marked()).toEqual(['20', '21', '22', '23', '24']);
    await until(() => marked().length === 40);
  });
});

/** A box as the browser measures it. */
function boxAt(top: number, height: number): DOMRect {
  const rest = { x: 0, y: top, left: 0, right: 500, width: 500, toJSON: () => null };
  return { top, height, bottom: top + height, ...rest };
}
