import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions, NotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { PerNotebook } from '../../plugins/perNotebook';
import { NotebookMarks } from '../../decorations/notebookMarks';
import { NamespaceModels } from '../../model/models';
import { CommandIds } from '../../tokens/commands';
import { openNotebook, TestConnection } from '../notebooks';
import type { WindowingMode } from '../notebooks';
import { blockedReport, cellReport, report, until } from '../reports';

const CELLS = [
  { id: 'a', source: 'import math as tf' },
  { id: 'b', source: 'tf.pi', count: 7 },
  { id: 'c', source: 'tf.e' }
];
const BLOCKED = 'jp-NamespaceViz-cell-blocked-import';
const WAITING = 'jp-NamespaceViz-cell-waiting';

let panel: NotebookPanel;
let connection: TestConnection;
let decorations: PerNotebook;
let fixed: { command: string; args: unknown }[];

async function start(windowingMode: WindowingMode = 'none'): Promise<void> {
  panel = await openNotebook(CELLS, windowingMode);
  connection = new TestConnection();
  const tracker = new NotebookTracker({ namespace: 'test' });
  fixed = [];
  const models = new NamespaceModels(() => connection);
  const trans = nullTranslator.load('test');
  decorations = new PerNotebook(
    tracker,
    notebook =>
      new NotebookMarks({
        model: models.modelOf(notebook),
        fix: ({ args, command }) => fixed.push({ command, args }),
        openMenu: ({ id }) => fixed.push({ command: 'menu', args: id }),
        trans
      })
  );
  decorations.isOn = true;
  await tracker.add(panel);
  await until(() => connection.sent.length > 0);
  connection.say(
    report(1, [cellReport('a'), blockedReport('b', 'a'), blockedReport('c', 'a', true)])
  );
}

afterEach(() => {
  decorations.dispose();
  decorations.dispose();
  panel.dispose();
});

function notes(): (string | null)[] {
  const found = panel.content.node.querySelectorAll('[role="note"]');
  return [...found].map(note => note.getAttribute('aria-label'));
}

/** Per cell: its id and the class of its mark. */
function marks(): [string, string[]][] {
  return panel.content.widgets.map(cell => [
    cell.model.id,
    [...cell.node.classList].filter(name => name.startsWith('jp-NamespaceViz-'))
  ]);
}

const SENTENCE = 'tf is missing: cell 1 has not run since the kernel started.';

describe('the marks', () => {
  it('say loudly what could surprise, quietly what only waits, and nothing else', async () => {
    await start();
    expect(marks()).toEqual([
      ['a', []],
      ['b', [BLOCKED]],
      ['c', [WAITING]]
    ]);
    expect(notes()).toEqual([
      `Blocked by a missing import: ${SENTENCE}`,
      `Not run yet: ${SENTENCE}`
    ]);
    const [loud, quiet] = panel.content.node.querySelectorAll<HTMLElement>('[role="note"]');
    expect(loud?.textContent).toContain(`Blocked by a missing import · ${SENTENCE}`);
    expect(loud?.querySelector('code')?.textContent).toBe('tf');
    expect(quiet?.textContent).toBe('Not run yet');
    expect(quiet?.title).toContain(SENTENCE);
  });

  it('stand below the input and above the output', async () => {
    await start();
    const { node } = panel.content.widgets[1]!;
    const parts = [...node.children].map(part => part.className);
    const index = parts.findIndex(name => name.includes('jp-NamespaceViz-mark'));
    expect(parts[index - 1]).toContain('jp-Cell-inputWrapper');
    expect(parts.slice(index).some(name => name.includes('jp-Cell-outputWrapper'))).toBe(true);
  });

  it('are loud on the active cell', async () => {
    await start();
    panel.content.activeCellIndex = 2;
    await until(() => notes()[1] === `Blocked by a missing import: ${SENTENCE}`);
    panel.content.activeCellIndex = 0;
    await until(() => notes()[1] === `Not run yet: ${SENTENCE}`);
  });

  it('vanish when the server says so', async () => {
    await start();
    connection.say(report(2, [cellReport('b'), cellReport('c', { status: 'fresh' })]));
    expect(notes()).toEqual([]);
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
    await until(() => notes().length === 2);
    expect(marks()).toEqual([
      ['a', []],
      ['c', [WAITING]],
      ['b', [BLOCKED]]
    ]);
    panel.content.activeCellIndex = 2;
    NotebookActions.changeCellType(panel.content, 'markdown');
    await until(() => notes().length === 1);
    NotebookActions.changeCellType(panel.content, 'code');
    await until(() => connection.sent.length > 0);
    connection.say(report(9, [blockedReport('b', 'a')]));
    expect(marks()[2]).toEqual(['b', [BLOCKED]]);
    expect(notes()).toHaveLength(2);
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
    }
  );

  it('offer the remedies for their cell and a menu, and run nothing themselves', async () => {
    await start();
    const buttons = panel.content.node.querySelectorAll<HTMLElement>('[role="note"] button');
    const menu = 'What can be done about the cell';
    expect([...buttons].map(it => it.textContent || it.getAttribute('aria-label'))).toEqual([
      menu,
      'Restore Imports',
      'Run Dependencies',
      menu
    ]);
    expect([...buttons].map(button => button.tabIndex)).toEqual([0, 0, 0, -1]);
    buttons.forEach(button => button.click());
    const args = { cellId: 'b' };
    expect(fixed).toEqual([
      { command: 'menu', args: 'b' },
      { command: CommandIds.restoreCellImports, args },
      { command: CommandIds.runNeededCells, args },
      { command: 'menu', args: 'c' }
    ]);
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
    expect(connection.state).toBe('closed');
  });
});
