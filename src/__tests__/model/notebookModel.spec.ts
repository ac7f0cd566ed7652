import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import type { Update } from '../../protocol';
import { NotConnectedError } from '../../tokens/models';
import { openNotebook, TestConnection } from '../notebooks';
import { blockedReport, cellReport, kernel, report, until } from '../reports';

let panel: NotebookPanel;
let connection: TestConnection;
let model: NotebookNamespaceModel;

async function nextUpdate(): Promise<Update> {
  await until(() => connection.sent.some(message => message.kind === 'update'));
  const updates = connection.takeUpdates();
  expect(updates).toHaveLength(1);
  return updates[0]!;
}

function sourceOf(index: number, source?: string): void {
  const { sharedModel } = panel.content.widgets[index]!.model;
  sharedModel.setSource(source ?? '');
}

beforeEach(async () => {
  panel = await openNotebook([
    { id: 'a', source: 'import math as tf' },
    { id: 'text', source: '# Title', type: 'markdown' },
    { id: 'b', source: 'tf.pi', count: 7 }
  ]);
  connection = new TestConnection();
  model = new NotebookNamespaceModel(panel, connection, 'en');
});

afterEach(() => {
  panel.dispose();
});

describe('without watchers', () => {
  it('nothing is asked for, and the connection is closed when the last one leaves', () => {
    jest.useFakeTimers();
    sourceOf(0, 'import os');
    jest.advanceTimersByTime(10_000);
    jest.useRealTimers();
    expect(connection.state).toBe('closed');
    expect(connection.sent).toEqual([]);

    model.setWanted('panel', 'everything');
    model.setWanted('marks', 'verdicts');
    model.setWanted('panel', 'nothing');
    expect(connection.state).toBe('open');
    model.setWanted('marks', 'nothing');
    expect(connection.state).toBe('closed');
  });
});

describe('the server receives', () => {
  beforeEach(async () => {
    model.setWanted('panel', 'everything');
    await until(() => connection.sent.length > 0);
  });

  it('the code cells and the kernel at first', async () => {
    expect(await nextUpdate()).toMatchObject({
      kernel_id: panel.sessionContext.session?.kernel?.id,
      order: ['a', 'b'],
      changed: [
        { id: 'a', source: 'import math as tf' },
        { id: 'b', source: 'tf.pi' }
      ]
    });
  });

  it('to tell all in full only while the panel is shown', async () => {
    expect((await nextUpdate()).in_full).toBe(true);
    model.setWanted('marks', 'verdicts');
    model.setWanted('panel', 'nothing');
    expect((await nextUpdate()).in_full).toBe(false);
  });

  it('a text only, when it was edited, once the typing pauses', async () => {
    await nextUpdate();
    sourceOf(2, 'tf.p');
    sourceOf(2, 'tf.e');
    expect(await nextUpdate()).toMatchObject({
      order: null,
      changed: [{ id: 'b', source: 'tf.e' }]
    });
  });

  it('nothing, when a text is typed and taken back', async () => {
    await nextUpdate();
    sourceOf(2, 'tf.e');
    sourceOf(2, 'tf.pi');
    sourceOf(0, 'import os');
    expect(await nextUpdate()).toMatchObject({ order: null, changed: [{ id: 'a' }] });
  });

  it('the order alone, when a cell moves', async () => {
    await nextUpdate();
    panel.content.moveCell(2, 0);
    expect(await nextUpdate()).toMatchObject({ order: ['b', 'a'], changed: [] });
  });

  it('what comes and goes: deleting, undoing, pasting, changing the type', async () => {
    await nextUpdate();
    panel.content.activeCellIndex = 2;
    NotebookActions.deleteCells(panel.content);
    expect(await nextUpdate()).toMatchObject({ order: ['a'], changed: [] });
    NotebookActions.undo(panel.content);
    expect(await nextUpdate()).toMatchObject({
      order: ['a', 'b'],
      changed: [{ id: 'b', source: 'tf.pi' }]
    });
    panel.content.activeCellIndex = 0;
    NotebookActions.copy(panel.content);
    NotebookActions.paste(panel.content);
    const pasted = await nextUpdate();
    expect(pasted.order).toHaveLength(3);
    expect(pasted.changed).toMatchObject([{ source: 'import math as tf' }]);
    panel.content.activeCellIndex = 0;
    NotebookActions.changeCellType(panel.content, 'markdown');
    const retyped = await nextUpdate();
    expect(retyped.order).toEqual(pasted.order?.slice(1));
  });

  it('nothing, when a cell shows a result', async () => {
    await nextUpdate();
    (panel.content.widgets[0]!.model as ICodeCellModel).executionCount = 1;
    sourceOf(2, 'tf.e');
    expect(await nextUpdate()).toMatchObject({ changed: [{ id: 'b' }] });
  });

  it('which kernel it is, when that is another', async () => {
    await nextUpdate();
    await panel.sessionContext.shutdown();
    expect(await nextUpdate()).toMatchObject({ kernel_id: null, order: null, changed: [] });
  });

  it('everything again after the connection was lost', async () => {
    const first = await nextUpdate();
    connection.become('disconnected');
    connection.become('open');
    const again = await nextUpdate();
    expect(again).toEqual({ ...first, revision: again.revision });
    expect(again.revision).toBeGreaterThan(first.revision);
  });

  it('everything again after it refused an update', async () => {
    await nextUpdate();
    connection.say({ kind: 'refused', field: 'order', message: 'Too many.', request_id: null });
    expect(model.refusal).toBe('Too many.');
    sourceOf(2, 'tf.e');
    expect(await nextUpdate()).toMatchObject({ order: ['a', 'b'] });
    connection.say(report(2, []));
    expect(model.refusal).toBeNull();
  });
});

describe('what is shown', () => {
  beforeEach(async () => {
    model.setWanted('panel', 'everything');
    await until(() => model.cells.length === 2);
  });

  it('are the code cells with their verdicts, merged report by report', () => {
    expect(model.cells).toMatchObject([
      { id: 'a', number: 1, firstLine: 'import math as tf', report: null },
      { id: 'b', number: 2, firstLine: 'tf.pi', report: null }
    ]);
    connection.say(report(1, [cellReport('a'), blockedReport('b', 'a')]));
    const [a, b] = model.cells;
    connection.say(report(1, [cellReport('b')]));
    expect(model.cells[0]).toBe(a);
    expect(model.cells[1]).not.toBe(b);
    expect(model.cells[1]?.report?.status).toBe('ready');
  });

  it('is announced only when it is another than before', () => {
    let changes = 0;
    connection.say(report(1, [cellReport('a')]));
    model.stateChanged.connect(() => (changes += 1));
    connection.say(report(1, [cellReport('a')]));
    expect(changes).toBe(0);
    connection.say(report(1, [], { kernel: kernel({ state: 'busy' }) }));
    expect(changes).toBe(1);
  });

  it('has no cell that is gone, even where a late report speaks of it', async () => {
    panel.content.activeCellIndex = 2;
    NotebookActions.deleteCells(panel.content);
    await until(() => model.cells.length === 1);
    connection.say(report(1, [cellReport('a'), blockedReport('b', 'a')]));
    expect(model.cells.map(cell => cell.id)).toEqual(['a']);
    expect(model.cells[0]?.report?.status).toBe('ready');
  });

  it('are no verdicts while the connection is lost', () => {
    connection.say(report(1, [cellReport('a')]));
    connection.become('disconnected');
    expect(model.connectionState).toBe('disconnected');
    expect(model.kernel).toBeNull();
    expect(model.cells.map(cell => cell.report)).toEqual([null, null]);
  });

  it('is pending until a report is about this kernel, not about the one before', async () => {
    const { sessionContext } = panel;
    connection.takeUpdates();
    await sessionContext.shutdown();
    const { revision: without } = await nextUpdate();
    connection.say(report(without, [], { kernel: kernel({ state: 'none', kernel_id: null }) }));
    expect(model.isKernelPending).toBe(false);
    await sessionContext.changeKernel({ name: sessionContext.prevKernelName });
    const { kernel_id, revision } = await nextUpdate();
    await until(() => sessionContext.isReady);
    expect(model.isKernelPending).toBe(true);
    connection.say(report(without, []));
    expect(model.isKernelPending).toBe(true);
    connection.say(report(revision, [], { kernel: kernel({ state: 'starting', kernel_id }) }));
    expect(model.isKernelPending).toBe(false);
  });

  it('is pending while the notebook changes its kernel, and the end of the one before is known', async () => {
    const { sessionContext } = panel;
    const dead = kernel({ state: 'dead', message: 'The kernel was shut down.' });
    const pending: boolean[] = [];
    sessionContext.statusChanged.connect((_, status) => {
      if (status === 'starting') {
        connection.say(report(1, [], { kernel: dead }));
        pending.push(model.isKernelPending);
      }
    });
    await sessionContext.changeKernel({ name: sessionContext.session!.kernel!.name });
    expect(pending[0]).toBe(true);
  });

  it('has the active cell if it is a code cell', async () => {
    panel.content.activeCellIndex = 2;
    await until(() => model.activeCellId === 'b');
    panel.content.activeCellIndex = 1;
    await until(() => model.activeCellId === null);
  });
});

describe('a plan', () => {
  beforeEach(() => {
    model.setWanted('panel', 'everything');
  });

  function requestId(): string {
    const request = connection.sent.find(message => message.kind === 'plan');
    return request?.kind === 'plan' ? request.request_id : '';
  }

  it('is asked for after what was typed last, and comes as the answer to its request', async () => {
    await until(() => connection.takeUpdates().length > 0);
    sourceOf(2, 'tf.e');
    const promise = model.requestPlan(['b'], 'imports');
    expect(connection.sent.map(message => message.kind)).toEqual(['update', 'plan']);
    const planned = {
      kind: 'planned' as const,
      generation: 1,
      request_id: requestId(),
      steps: [],
      unresolved: []
    };
    connection.say({ ...planned, request_id: 'another' });
    connection.say(planned);
    await expect(promise).resolves.toBe(planned);
  });

  it('is refused with the sentence of the server', async () => {
    const promise = model.requestPlan(['b'], 'cells');
    connection.say({
      kind: 'refused',
      field: '$.targets[0]',
      message: 'No such cell.',
      request_id: requestId()
    });
    await expect(promise).rejects.toThrow('No such cell.');
    expect(model.refusal).toBeNull();
  });

  it('is not awaited for ever: not without a connection, not beyond it, not beyond the model', async () => {
    const lost = model.requestPlan(null, 'imports');
    connection.become('disconnected');
    await expect(lost).rejects.toThrow(NotConnectedError);
    await expect(model.requestPlan(null, 'imports')).rejects.toThrow(NotConnectedError);
    connection.become('open');
    const late = model.requestPlan(null, 'imports');
    model.dispose();
    await expect(late).rejects.toThrow(NotConnectedError);
  });
});
