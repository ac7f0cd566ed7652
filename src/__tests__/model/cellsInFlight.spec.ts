import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import { KernelMessage } from '@jupyterlab/services';
import type { Kernel } from '@jupyterlab/services';
import type { ISignal, Signal } from '@lumino/signaling';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import { openNotebook, TestConnection } from '../notebooks';
import { until } from '../reports';

let panel: NotebookPanel;
let connection: TestConnection;
let model: NotebookNamespaceModel;

beforeEach(async () => {
  panel = await openNotebook(['a', 'b', 'c'].map(id => ({ id, source: id })));
  connection = new TestConnection();
  model = new NotebookNamespaceModel(panel, connection, 'en');
  model.setWanted('panel', 'verdicts');
  await until(() => connection.takeUpdates().length > 0);
  [0, 1, 2].forEach(index => emit(NotebookActions.executionScheduled, runOf(index)));
  ['a', 'b', 'c'].forEach(id => send(id, `request of ${id}`));
  expect(await nextQueue()).toBe('abc');
});

afterEach(() => panel.dispose());

/** What JupyterLab says of a run. */
function runOf(index: number): { notebook: Notebook; cell: Cell } {
  return { notebook: panel.content, cell: panel.content.widgets[index]! };
}

function emit(signal: ISignal<unknown, unknown>, args: unknown): void {
  (signal as Signal<unknown, unknown>).emit(args);
}

/** JupyterLab sends the request to run a cell. */
function send(cellId: string, msgId: string, stops = true): void {
  const [channel, msgType, session] = ['shell', 'execute_request', 'me'] as const;
  const content = { code: cellId, stop_on_error: stops };
  const msg = KernelMessage.createMessage({ channel, msgType, session, msgId, content });
  msg.metadata = { cellId };
  emit(kernel().anyMessage, { direction: 'send', msg });
}

type Answer = 'aborted' | 'error' | 'idle' | 'ok';

/** The kernel answers a request: with the result of the run, or by saying that it is idle. */
function answer(how: Answer, msgId: string, date = ''): void {
  const parentHeader = { msg_id: msgId } as KernelMessage.IHeader<'execute_request'>;
  const msg =
    how === 'idle'
      ? KernelMessage.createMessage({
          channel: 'iopub',
          msgType: 'status',
          session: 'kernel',
          parentHeader,
          content: { execution_state: 'idle' }
        })
      : KernelMessage.createMessage({
          channel: 'shell',
          msgType: 'execute_reply',
          session: 'kernel',
          parentHeader,
          content: { status: how } as KernelMessage.IExecuteReplyMsg['content']
        });
  msg.header.date = date || msg.header.date;
  emit(kernel().anyMessage, { direction: 'recv', msg });
}

/** The kernel is through with a request. */
function finish(msgId: string): void {
  answer('ok', msgId);
  answer('idle', msgId);
}

function kernel(): Kernel.IKernelConnection {
  return panel.sessionContext.session!.kernel!;
}

/** What a user does with cell c while it is queued; JupyterLab makes another object for it. */
const MOVES: Record<string, () => void> = {
  'moved up': () => panel.content.model!.sharedModel.moveCell(2, 0),
  'moved up and back': () => {
    panel.content.model!.sharedModel.moveCell(2, 0);
    panel.content.model!.sharedModel.moveCell(0, 2);
  },
  'deleted and restored': () => {
    panel.content.activeCellIndex = 2;
    NotebookActions.deleteCells(panel.content);
    NotebookActions.undo(panel.content);
  },
  'cut and pasted': () => {
    panel.content.activeCellIndex = 2;
    NotebookActions.cut(panel.content);
    NotebookActions.paste(panel.content);
  }
};

/** The running and queued cells of the next update. */
async function nextQueue(): Promise<string | undefined> {
  await until(() => connection.sent.length > 0);
  const [update] = connection.takeUpdates();
  return update?.in_flight?.join('');
}

it('are in the order in which they were sent, and leave one by one', async () => {
  for (const [index, left] of ['bc', 'c', ''].entries()) {
    emit(NotebookActions.executed, { ...runOf(index), success: true });
    expect(await nextQueue()).toBe(left);
  }
});

it('are all gone when one fails, because the kernel drops what is queued', async () => {
  emit(NotebookActions.executed, { ...runOf(0), success: false });
  expect(await nextQueue()).toBe('');
});

it.each(['idle', 'ok'] as const)('stay while %s is the only answer so far', async first => {
  answer(first, 'request of a');
  finish('request of b');
  expect(await nextQueue()).toBe('ac');
  answer(first === 'idle' ? 'ok' : 'idle', 'request of a');
  expect(await nextQueue()).toBe('c');
});

it('leave with the date of the message that says so', async () => {
  answer('ok', 'request of a');
  answer('idle', 'request of a', '2026-11-30T07:39:32.123456Z');
  await until(() => connection.sent.length > 0);
  expect(connection.takeUpdates().map(it => it.ended_at)).toEqual(['2026-11-30T07:39:32.123456Z']);
});

it('are all dropped but the one that fails, as soon as the kernel says that it failed', async () => {
  answer('error', 'request of a');
  expect(await nextQueue()).toBe('a');
  answer('aborted', 'request of b');
  answer('idle', 'request of a');
  expect(await nextQueue()).toBe('');
  emit(NotebookActions.executionScheduled, runOf(1));
  expect(await nextQueue()).toBe('b');
  emit(NotebookActions.executed, { ...runOf(0), success: false }); // late, of the first run
  emit(NotebookActions.executionScheduled, runOf(2));
  expect(await nextQueue()).toBe('bc');
});

it('are dropped with one that the kernel has dropped, if they are behind it', async () => {
  answer('aborted', 'request of b');
  expect(await nextQueue()).toBe('a');
});

it('stay where the reply to a later one overtakes what they did', async () => {
  answer('ok', 'request of a');
  answer('error', 'request of b');
  expect(await nextQueue()).toBe('ab');
  answer('aborted', 'request of c');
  answer('idle', 'request of a');
  expect(await nextQueue()).toBe('b');
  answer('idle', 'request of b');
  expect(await nextQueue()).toBe('');
});

it('stay where the kernel was asked to go on after a failure', async () => {
  emit(NotebookActions.executionScheduled, runOf(0));
  send('a', 'second request of a', false);
  expect(await nextQueue()).toBe('bca');
  answer('error', 'second request of a');
  answer('idle', 'second request of a');
  expect(await nextQueue()).toBe('bc');
});

it('stay where the failure was expected', async () => {
  panel.content.widgets[0]!.model.setMetadata('tags', ['raises-exception']);
  emit(NotebookActions.executed, { ...runOf(0), success: false });
  expect(await nextQueue()).toBe('bc');
});

it.each<Kernel.Status>(['restarting', 'dead', 'autorestarting'])(
  'are all gone at once when the kernel is %s',
  async status => {
    emit(panel.sessionContext.statusChanged, status);
    expect(await nextQueue()).toBe('');
  }
);

it.each(Object.keys(MOVES))(
  'a queued cell that was %s stays until the kernel has answered, though JupyterLab does not say so',
  async move => {
    const before = panel.content.widgets[2]!;
    MOVES[move]!();
    expect(before.isDisposed).toBe(true);
    expect(
      panel.content.widgets
        .map(it => it.model.id)
        .sort()
        .join('')
    ).toBe('abc');

    finish('request of a');
    expect(await nextQueue()).toBe('bc');
    finish('request of b');
    expect(await nextQueue()).toBe('c');
    finish('request of c');
    expect(await nextQueue()).toBe('');
    expect(model.entryOf('c')?.shownCount).toBe(null);
  }
);

it('stay while the answer is to an earlier request, or to one of another client', async () => {
  emit(NotebookActions.executionScheduled, runOf(0));
  send('a', 'second request of a');
  expect(await nextQueue()).toBe('bca');
  ['request of a', 'request of another client'].forEach(it => finish(it));
  finish('request of b');
  expect(await nextQueue()).toBe('ca');
});

describe('the cells that the notebook shows as running', () => {
  /** The shared document says whether a cell runs, whoever runs it. */
  function share(index: number, state: 'idle' | 'running'): void {
    (panel.content.widgets[index]!.model as ICodeCellModel).executionState = state;
  }

  beforeEach(async () => {
    finish('request of a');
    finish('request of b');
    finish('request of c');
    expect(await nextQueue()).toBe('');
  });

  it('are in flight, in the order in which they came', async () => {
    share(2, 'running');
    expect(await nextQueue()).toBe('c');
    share(0, 'running');
    expect(await nextQueue()).toBe('ca');
    share(2, 'idle');
    expect(await nextQueue()).toBe('a');
    share(0, 'idle');
    expect(await nextQueue()).toBe('');
  });

  it('stay when a server accepted the request, which counts as executed', async () => {
    share(0, 'running');
    emit(NotebookActions.executionScheduled, runOf(0));
    expect(await nextQueue()).toBe('a');
    emit(NotebookActions.executed, { ...runOf(0), success: true });
    emit(NotebookActions.executionScheduled, runOf(1));
    expect(await nextQueue()).toBe('ab');
  });

  it('do not stay when the kernel said that the run is over', async () => {
    emit(NotebookActions.executionScheduled, runOf(0));
    send('a', 'next request of a');
    share(0, 'running');
    share(1, 'running');
    expect(await nextQueue()).toBe('ab');
    finish('next request of a');
    expect(await nextQueue()).toBe('b');
    share(0, 'idle');
    share(1, 'idle');
    expect(await nextQueue()).toBe('');
    share(0, 'running');
    expect(await nextQueue()).toBe('a');
  });

  it('are gone when the kernel is restarted, until they run again', async () => {
    share(0, 'running');
    expect(await nextQueue()).toBe('a');
    emit(panel.sessionContext.statusChanged, 'restarting');
    expect(await nextQueue()).toBe('');
    share(0, 'idle');
    await until(() => model.entryOf('a')?.shownCount === null);
    share(0, 'running');
    expect(await nextQueue()).toBe('a');
  });
});

describe('the text of a queued cell that is edited', () => {
  /** The texts in the next update. */
  async function nextTexts(): Promise<Record<string, string>> {
    await until(() => connection.sent.length > 0);
    const changed = connection.takeUpdates().flatMap(update => update.changed);
    return Object.fromEntries(changed.map(({ id, source }) => [id, source]));
  }

  beforeEach(() => {
    const [, b] = panel.content.widgets;
    b!.model.sharedModel.setSource('bb');
  });

  it('is the queued one until the kernel has answered, then the new one', async () => {
    finish('request of a');
    expect(await nextTexts()).toEqual({});
    finish('request of b');
    expect(await nextTexts()).toEqual({ b: 'bb' });
  });

  it('is the new one once the kernel has dropped it', async () => {
    emit(panel.sessionContext.statusChanged, 'restarting');
    expect(await nextTexts()).toEqual({ b: 'bb' });
  });

  it('is the new one once it is queued again', async () => {
    emit(NotebookActions.executionScheduled, runOf(1));
    expect(await nextTexts()).toEqual({ b: 'bb' });
  });

  it('is the queued one for a new connection, too', async () => {
    connection.reopen();
    expect(await nextTexts()).toEqual({ a: 'a', b: 'b', c: 'c' });
  });
});
