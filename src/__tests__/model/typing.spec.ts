import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import { openNotebook, TestConnection } from '../notebooks';
import { blockedReport, cellReport, kernel, report, until } from '../reports';

/** A moment longer than the keyboard must rest. */
const REST = 1001;

let panel: NotebookPanel;
let connection: TestConnection;
let model: NotebookNamespaceModel;

beforeEach(async () => {
  panel = await openNotebook([
    { id: 'a', source: 'import math as tf\nframe = 1' },
    { id: 'b', source: '' }
  ]);
  connection = new TestConnection();
  model = new NotebookNamespaceModel(panel, connection, 'en');
  model.setWanted('panel', 'verdicts');
  await until(() => connection.sent.length > 0);
  const definitions = ['tf', 'frame'].map(
    name => ({ name, kind: 'assignment', certain: true }) as const
  );
  connection.say(report(1, [cellReport('a', { definitions }), cellReport('b')]));
  panel.content.activeCellIndex = 1;
  const { editor } = panel.content.activeCell!;
  jest.spyOn(editor!, 'hasFocus').mockImplementation(() => hasFocus);
  hasFocus = true;
  await new Promise(resolve => setTimeout(resolve)); // the change of the active cell is reported
  jest.useFakeTimers();
  connection.takeUpdates();
});

afterEach(() => {
  jest.useRealTimers();
  panel.dispose();
});

let hasFocus = true;

/** The editor of the active cell. */
function view(): CodeMirrorEditor['editor'] {
  const { editor } = panel.content.activeCell!;
  if (!(editor instanceof CodeMirrorEditor)) {
    throw new Error('The active cell has no editor');
  }
  return editor.editor;
}

/** Type a text at the cursor, letter by letter, faster than the keyboard rests. */
function type(text: string): void {
  for (const letter of text) {
    const { head } = view().state.selection.main;
    view().dispatch({ changes: { from: head, insert: letter }, selection: { anchor: head + 1 } });
    moveSelection(head + 1);
    jest.advanceTimersByTime(300);
  }
}

/** What the editor reports while it has the focus, which no editor has in these tests. */
function moveSelection(offset: number): void {
  const { editor, model } = panel.content.activeCell!;
  view().dispatch({ selection: { anchor: offset } });
  const position = editor!.getPositionAt(offset)!;
  model.selections.set(editor!.uuid, [{ start: position, end: position, uuid: editor!.uuid }]);
}

/** The texts that the server has received since the last call. */
function sent(): string[] {
  return connection.takeUpdates().flatMap(({ changed }) => changed.map(cell => cell.source));
}

describe('a text that is being typed', () => {
  it('is reported once, when the keyboard has rested for a second', () => {
    type('print(tf.pi)');
    expect(sent()).toEqual([]);
    expect(model.typedCellId).toBe('b');
    jest.advanceTimersByTime(REST);
    expect(sent()).toEqual(['print(tf.pi)']);
  });

  it('counts as being typed until the server has reported on it', () => {
    type('tf.pi');
    jest.advanceTimersByTime(REST);
    expect(model.typedCellId).toBe('b');
    connection.say(report(1, [cellReport('a')])); // of a run before
    expect(model.typedCellId).toBe('b');
    const seen: (string | null)[] = [];
    model.stateChanged.connect(() =>
      seen.push(model.typedCellId, model.entryOf('b')?.report?.status ?? null)
    );
    connection.say(report(99, [blockedReport('b', 'a')]));
    expect(seen).toEqual([null, 'blocked']);
  });

  it('is at rest as soon as the cursor leaves the name, and not before', () => {
    type('x = tf');
    moveSelection(5);
    expect(sent()).toEqual([]);
    moveSelection(0);
    expect(sent()).toEqual(['x = tf']);
  });

  it('is at rest when the focus leaves the editor, and when another cell becomes active', () => {
    type('x');
    hasFocus = false;
    panel.content.node.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    expect(sent()).toEqual(['x']);
    hasFocus = true;
    type('y');
    panel.content.activeCellIndex = 0;
    expect(sent()).toEqual(['xy']);
  });

  it('is not finished while the cursor stands at the end of the beginning of a known name', () => {
    type('1 + fra');
    jest.advanceTimersByTime(60_000);
    expect(sent()).toEqual([]);
    expect(model.typedCellId).toBe('b');
    type('me');
    jest.advanceTimersByTime(REST);
    expect(sent()).toEqual(['1 + frame']);
  });

  it.each([
    ['an attribute', 'tf.fra'],
    ['a name that is known itself', 'tf'],
    ['a number', '1'],
    ['a name like no other', 'unlike']
  ])('is finished at rest when the cursor stands at the end of %s', (_, source) => {
    type(source);
    jest.advanceTimersByTime(REST);
    expect(sent()).toEqual([source]);
  });

  it('is reported before a plan is made', () => {
    type('fra');
    void model.requestPlan(['b'], 'cells').catch(() => undefined);
    expect(connection.sent.map(message => message.kind)).toEqual(['update', 'plan']);
    expect(sent()).toEqual(['fra']);
  });
});

describe('while the user types, the panel still learns at once', () => {
  it('what a run changes, without the half-typed text', () => {
    type('fra');
    connection.say(
      report(1, [cellReport('a', { status: 'fresh' })], { kernel: kernel({ state: 'busy' }) })
    );
    expect(model.entryOf('a')?.report?.status).toBe('fresh');
    expect(model.kernel?.state).toBe('busy');
    expect(model.typedCellId).toBe('b');
  });

  it('which cells there are', () => {
    type('fra');
    panel.content.model!.sharedModel.insertCell(0, { cell_type: 'code', source: 'new = 1' });
    jest.advanceTimersByTime(0);
    const [update] = connection.takeUpdates();
    expect(update?.order).toHaveLength(3);
    expect(update?.changed.map(cell => cell.source)).toEqual(['new = 1']);
    expect(model.typedCellId).toBe('b');
  });
});

describe('a text that changes together with the list of cells is no typing', () => {
  it.each([
    ['at rest', ''],
    ['while it is being typed', 'x']
  ])('a cell that is split %s, and whose split is undone', (_, typed) => {
    type('one = two');
    jest.advanceTimersByTime(REST);
    moveSelection(6);
    type(typed);
    connection.takeUpdates();
    NotebookActions.splitCell(panel.content);
    jest.advanceTimersByTime(0);
    expect(sent().sort()).toEqual([`one = ${typed}`, 'two']);
    NotebookActions.undo(panel.content);
    jest.advanceTimersByTime(0);
    expect(sent()).toEqual([`one = ${typed}two`]);
  });

  it('cells that are merged', () => {
    type('two = 2');
    panel.content.activeCellIndex = 0;
    connection.takeUpdates();
    NotebookActions.mergeCells(panel.content);
    jest.advanceTimersByTime(0);
    expect(sent()).toEqual(['import math as tf\nframe = 1\n\ntwo = 2']);
  });
});

it('a change that the user did not type is reported after a short pause', () => {
  panel.content.widgets[0]!.model.sharedModel.setSource('import os');
  jest.advanceTimersByTime(200);
  expect(sent()).toEqual(['import os']);
});
