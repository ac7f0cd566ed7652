import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
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
