/** Which cells of a notebook are running, or wait in the kernel's queue, and with which text? */

import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Cell } from '@jupyterlab/cells';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { CellText } from '../protocol';

/** In these states the kernel has lost its queue. JupyterLab emits no `executed` for lost cells. */
const STATUSES_WITHOUT_QUEUE: ReadonlySet<Kernel.Status> = new Set([
  'autorestarting',
  'dead',
  'restarting',
  'starting',
  'terminating'
]);

/**
 * The running and queued cells, in the order in which they were sent to the kernel.
 *
 * A cell stays until the kernel has answered its request, and not until JupyterLab says that it was
 * executed: JupyterLab says so only of a cell that is still the same object, and moving, cutting or
 * deleting a cell makes another one with the same id.
 */
export class QueuedCells implements IDisposable {
  constructor(private readonly _panel: NotebookPanel) {
    const { sessionContext } = _panel;
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    sessionContext.statusChanged.connect(this._onStatus, this);
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    this._connectKernel();
  }

  /** Emitted when cells are gone. */
  readonly ended = new Signal<this, void>(this);

  /** The ids of the cells, some of which may be deleted by now. */
  get cellIds(): string[] {
    return [...this._runs.keys()];
  }

  /** The cells with the texts that the kernel runs: an edit of a queued cell comes too late for it. */
  asQueued(cells: readonly CellText[]): CellText[] {
    return cells.map(cell => {
      const source = this._runs.get(cell.id)?.source ?? cell.source;
      return source === cell.source ? cell : { ...cell, source };
    });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _onScheduled(_: unknown, { notebook, cell: { model } }: IRunArgs): void {
    if (notebook === this._panel.content) {
      this._runs.delete(model.id); // a cell that is sent again runs last
      this._runs.set(model.id, { source: model.sharedModel.getSource(), request: null });
    }
  }

  private _onExecuted(_: unknown, { cell, notebook, success }: IExecutedArgs): void {
    if (notebook !== this._panel.content) {
      return;
    }
    if (success || mayFail(cell)) {
      this._end(cell.model.id);
    } else {
      this._clear(); // the kernel drops what is queued
    }
  }

  private _onMessage(_: unknown, { direction, msg }: Kernel.IAnyMessageArgs): void {
    if (direction === 'send') {
      const run = this._runs.get(requestedCellOf(msg) ?? '');
      if (run) {
        run.request = msg.header.msg_id;
      }
    } else if (isAnswer(msg)) {
      const { msg_id } = msg.parent_header as KernelMessage.IHeader;
      for (const [cellId, { request }] of this._runs) {
        if (request === msg_id) {
          this._end(cellId);
        }
      }
    }
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (STATUSES_WITHOUT_QUEUE.has(status)) {
      this._clear();
    }
  }

  private _onKernelChanged(): void {
    this._connectKernel();
    this._clear();
  }

  private _connectKernel(): void {
    const kernel = this._panel.sessionContext.session?.kernel;
    kernel?.anyMessage.connect(this._onMessage, this);
  }

  private _end(cellId: string): void {
    if (this._runs.delete(cellId)) {
      this.ended.emit();
    }
  }

  private _clear(): void {
    if (this._runs.size > 0) {
      this._runs.clear();
      this.ended.emit();
    }
  }

  private _isDisposed = false;
  private _runs = new Map<string, IRun>();
}

/** One run of a cell: the text that was sent, and the id of the request, once it is sent. */
interface IRun {
  readonly source: string;
  request: string | null;
}

/** The id of the cell that a message requests to run, null if it is another message. */
function requestedCellOf({ header, metadata }: KernelMessage.IMessage): string | null {
  const { cellId } = metadata;
  return header.msg_type === 'execute_request' && typeof cellId === 'string' ? cellId : null;
}

/** Whether the kernel says by this message that it is through with a request. */
function isAnswer({ content, header }: KernelMessage.IMessage): boolean {
  return (
    header.msg_type === 'execute_reply' ||
    (header.msg_type === 'status' &&
      (content as KernelMessage.IStatusMsg['content']).execution_state === 'idle')
  );
}

/** Whether the notebook expects the cell to fail, so that JupyterLab lets the kernel go on after it. */
function mayFail({ model }: Cell): boolean {
  const tags: unknown = model.getMetadata('tags');
  return Array.isArray(tags) && tags.includes('raises-exception');
}

interface IRunArgs {
  notebook: NotebookPanel['content'];
  cell: Cell;
}

interface IExecutedArgs extends IRunArgs {
  success: boolean;
}
