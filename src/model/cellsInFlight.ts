/** Which cells of a notebook are in flight: run, or wait in the kernel's queue; and with which text? */

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
 * The cells that run or are queued, in the order in which they were sent to the kernel.
 *
 * A cell stays until the kernel has answered its request, and not until JupyterLab says that it was
 * executed: JupyterLab says so late, and only of a cell that is still the same object; moving, cutting
 * or deleting a cell makes another one with the same id. The reply often overtakes what the cell did,
 * which the server hears of, too, before the kernel says that it is idle: both end a run.
 */
export class CellsInFlight implements IDisposable {
  constructor(private readonly _panel: NotebookPanel) {
    const { sessionContext } = _panel;
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    sessionContext.statusChanged.connect(this._onStatus, this);
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    this._connectKernel();
  }

  /** The date of the kernel's message that the last run is over, null where none was seen. */
  get endedAt(): string | null {
    return this._endedAt;
  }

  /** Emitted when cells are gone. */
  readonly ended = new Signal<this, void>(this);

  /** The ids of the cells, some of which may be deleted by now. */
  get cellIds(): string[] {
    return [...this._runs.keys()];
  }

  /**
   * Note which cells the notebook shows as `running`; returns the ids of all cells in flight, in the order in
   * which they were seen.
   *
   * Others run cells, too: a server that runs those of the notebook accepts a request long before the kernel
   * runs it, and another browser asks the kernel itself. A cell whose run is over may count as running in
   * the notebook for a moment.
   */
  noteRunning(running: readonly string[]): string[] {
    this._over = new Set(running.filter(id => this._over.has(id)));
    const ids = new Set([...this.cellIds, ...running.filter(id => !this._over.has(id))]);
    this._seen = [...new Set([...this._seen.filter(id => ids.has(id)), ...ids])];
    return this._seen;
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
      this._over.delete(model.id);
      this._seen = this._seen.filter(id => id !== model.id);
      this._runs.set(model.id, { source: model.sharedModel.getSource(), ...NOT_SENT });
    }
  }

  private _onExecuted(_: unknown, { cell, notebook, success }: IExecutedArgs): void {
    if (notebook !== this._panel.content) {
      return;
    }
    const { id } = cell.model;
    if (success || mayFail(cell)) {
      this._end(id, this._runs.get(id)?.request !== null);
    } else if (this._runs.has(id)) {
      this._dropFrom(id);
    }
  }

  private _onMessage(_: unknown, { direction, msg }: Kernel.IAnyMessageArgs): void {
    if (direction === 'send') {
      const run = this._runs.get(requestedCellOf(msg) ?? '');
      if (run) {
        const { stop_on_error } = msg.content as KernelMessage.IExecuteRequestMsg['content'];
        run.request = msg.header.msg_id;
        run.stopsOnError = stop_on_error !== false;
      }
    } else if (isReply(msg) || isIdle(msg)) {
      const { msg_id } = msg.parent_header as KernelMessage.IHeader;
      for (const [cellId, run] of this._runs) {
        if (run.request === msg_id) {
          this._onAnswer(cellId, run, msg);
          break;
        }
      }
    }
  }

  private _onAnswer(cellId: string, run: IRun, msg: KernelMessage.IMessage): void {
    if (isReply(msg)) {
      const { status } = msg.content;
      run.isReplied = true;
      if (status === 'aborted') {
        this._dropFrom(cellId); // a cell before it has failed
      } else if (status === 'error' && run.stopsOnError) {
        this._dropFrom(cellId, true);
      }
    } else {
      run.isIdle = true;
      this._endedAt = msg.header.date;
    }
    if (run.isReplied && run.isIdle) {
      this._end(cellId);
    }
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (STATUSES_WITHOUT_QUEUE.has(status)) {
      this._clear();
    }
  }

  private _onKernelChanged(): void {
    this._endedAt = null;
    this._connectKernel();
    this._clear();
  }

  private _connectKernel(): void {
    const kernel = this._panel.sessionContext.session?.kernel;
    kernel?.anyMessage.connect(this._onMessage, this);
  }

  /** The run of the cell is over; with `isKnown` this is what the kernel said. */
  private _end(cellId: string, isKnown = true): void {
    if (this._runs.delete(cellId)) {
      if (isKnown) {
        this._over.add(cellId);
      }
      this.ended.emit();
    }
  }

  private _clear(): void {
    this._over = new Set([...this._seen, ...this._runs.keys()]);
    if (this._over.size > 0) {
      this._runs.clear();
      this.ended.emit();
    }
  }

  /**
   * The kernel drops the cell and all behind it; with `isKept` the cell itself has run.
   *
   * Those before it have run: where replies have overtaken it, what they did is still to come.
   */
  private _dropFrom(cellId: string, isKept = false): void {
    const ids = [...this._runs.keys()];
    const dropped = ids.slice(ids.indexOf(cellId) + (isKept ? 1 : 0));
    if (dropped.length > 0) {
      dropped.forEach(id => {
        this._runs.delete(id);
        this._over.add(id);
      });
      this.ended.emit();
    }
  }

  private _endedAt: string | null = null;
  private _isDisposed = false;
  /** The cells whose runs are over, though the notebook may show them as running. */
  private _over = new Set<string>();
  private _runs = new Map<string, IRun>();
  /** The ids that were returned last. */
  private _seen: string[] = [];
}

/** One run of a cell: the text, the id of the request once it is sent, and what came back so far. */
interface IRun {
  readonly source: string;
  request: string | null;
  /** Whether the kernel drops what is queued behind the cell when it fails. */
  stopsOnError: boolean;
  isReplied: boolean;
  isIdle: boolean;
}

const NOT_SENT = { request: null, stopsOnError: true, isReplied: false, isIdle: false };

/** The id of the cell that a message requests to run, null if it is another message. */
function requestedCellOf({ header, metadata }: KernelMessage.IMessage): string | null {
  const { cellId } = metadata;
  return header.msg_type === 'execute_request' && typeof cellId === 'string' ? cellId : null;
}

/** Whether the message is the result of a run. */
function isReply(msg: KernelMessage.IMessage): msg is KernelMessage.IExecuteReplyMsg {
  return msg.header.msg_type === 'execute_reply';
}

/** Whether the kernel has sent all that a request brought about. */
function isIdle({ content, header }: KernelMessage.IMessage): boolean {
  return (
    header.msg_type === 'status' &&
    (content as KernelMessage.IStatusMsg['content']).execution_state === 'idle'
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
