/** Real notebook panels, and a connection that the test answers itself. */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NBTestUtils } from '@jupyterlab/notebook/lib/testutils';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { Limits, PanelMessage, Update } from '../protocol';
import type { ConnectionState, IConnection, NotebookMessage } from '../tokens/connection';
import { LIMITS } from './reports';

export interface ICellSource {
  id: string;
  source: string;
  type?: 'code' | 'markdown';
  count?: number | null;
}

export type WindowingMode = NotebookPanel['content']['notebookConfig']['windowingMode'];

/** Warnings of Yjs about JupyterLab, which reads cells before they are in the document. */
const NOISE = ['Invalid access: Add Yjs type', '[yjs#509]'];

beforeAll(() => {
  const { warn } = console;
  jest.spyOn(console, 'warn').mockImplementation((...args: unknown[]) => {
    if (!NOISE.some(noise => String(args[0]).startsWith(noise))) {
      warn(...args);
    }
  });
});

/** A notebook panel with these cells, attached to the page. */
export async function openNotebook(
  cells: ICellSource[],
  windowingMode: WindowingMode = 'none'
): Promise<NotebookPanel> {
  const context = await NBTestUtils.createMockContext(true);
  context.sessionContext.kernelChanged.connect(addMessages);
  addMessages(context.sessionContext);
  const panel = NBTestUtils.createNotebookPanel(context);
  panel.content.notebookConfig = { ...panel.content.notebookConfig, windowingMode };
  context.model.fromJSON({
    cells: cells.map(({ count = null, id, source, type = 'code' }) => ({
      id,
      source,
      metadata: {},
      cell_type: type,
      ...(type === 'code' ? { execution_count: count, outputs: [] } : {})
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5
  });
  context.model.sharedModel.clearUndoHistory();
  Widget.attach(panel, document.body);
  await context.ready;
  return panel;
}

/** Give the kernel the signal of all messages, which JupyterLab's mock lacks. */
function addMessages({ session }: ISessionContext): void {
  Object.assign(session?.kernel ?? {}, { anyMessage: new Signal(session) });
}

/** A connection without a server: the test reads what is sent, and sends the answers. */
export class TestConnection implements IConnection {
  readonly sent: PanelMessage[] = [];
  readonly stateChanged = new Signal<this, ConnectionState>(this);
  readonly messageReceived = new Signal<this, NotebookMessage>(this);
  state: ConnectionState = 'closed';
  isDisposed = false;

  get limits(): Limits | null {
    return this.state === 'open' ? LIMITS : null;
  }

  /** The updates sent since the last call. */
  takeUpdates(): Update[] {
    const isUpdate = (message: PanelMessage): message is Update => message.kind === 'update';
    return this.sent.splice(0).filter(isUpdate);
  }

  become(state: ConnectionState): void {
    this.state = state;
    this.stateChanged.emit(state);
  }

  say(message: NotebookMessage): void {
    this.messageReceived.emit(message);
  }

  open(): void {
    if (this.state === 'closed') {
      this.become('open');
    }
  }

  reopen(): void {
    this.become('connecting');
    this.become('open');
  }

  close(): void {
    this.become('closed');
  }

  send(message: PanelMessage): boolean {
    if (this.state === 'open') {
      this.sent.push(message);
    }
    return this.state === 'open';
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }
}
