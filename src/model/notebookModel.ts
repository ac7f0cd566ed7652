/** What is known of the names of one notebook? */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type {
  Details,
  Edge,
  Finding,
  ImportReport,
  Kernel,
  PlanRequest,
  Planned,
  Refused,
  Report,
  Summary
} from '../protocol';
import type { ConnectionState, IConnection } from '../tokens/connection';
import type { ICellEntry, INamespaceModel, INameTable, IProblem, Watcher } from '../tokens/models';
import { entriesOf, readCells } from './cells';
import type { ISeenCell } from './cells';
import { Changes } from './updates';
import { InFlight } from './queuedCells';
import { Plans } from './pendingPlans';
import { problemsOf } from './problems';
import { Verdicts } from './receivedReports';
import { NotebookWatch } from './notebookChanges';

/**
 * The model of one notebook panel, disposed with it.
 *
 * While somebody wants reports, it tells the server what changed in the notebook and merges what
 * comes back. While nobody does, the connection is closed.
 */
export class NotebookNamespaceModel implements INamespaceModel {
  constructor(
    readonly notebookPanel: NotebookPanel,
    private readonly _connection: IConnection
  ) {
    _connection.stateChanged.connect(this._onConnectionState, this);
    _connection.messageReceived.connect(this._onMessage, this);
    notebookPanel.disposed.connect(this.dispose, this);
    this._inFlight = new InFlight(notebookPanel);
    this._watch = new NotebookWatch(notebookPanel, () => this._look());
  }

  readonly stateChanged = new Signal<this, void>(this);

  get connectionState(): ConnectionState {
    return this._shown.connectionState;
  }

  get cells(): readonly ICellEntry[] {
    return this._shown.cells;
  }

  get activeCellId(): string | null {
    return this._shown.activeCellId;
  }

  get isKernelPending(): boolean {
    return this._shown.isKernelPending;
  }

  get kernel(): Kernel | null {
    return this._shown.kernel;
  }

  get summary(): Summary | null {
    return this._shown.summary;
  }

  get edges(): readonly Edge[] | null {
    return this._shown.edges;
  }

  get imports(): readonly ImportReport[] | null {
    return this._shown.imports;
  }

  get names(): INameTable | null {
    return this._shown.names;
  }

  get foreseen(): readonly Finding[] | null {
    return this._shown.foreseen;
  }

  get problems(): readonly IProblem[] {
    this._problems ??= problemsOf(this._shown);
    return this._problems;
  }

  get refusal(): string | null {
    return this._shown.refusal;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._watch.dispose();
    this._inFlight.dispose();
    this._connection.dispose();
    this._plans.rejectAll();
    Signal.clearData(this);
  }

  entryOf(cellId: string | null): ICellEntry | null {
    this._entries ??= new Map(this.cells.map(entry => [entry.id, entry]));
    return this._entries.get(cellId ?? '') ?? null;
  }

  setWanted(watcher: Watcher, wanted: boolean): void {
    if (this._isDisposed || wanted === this._watchers.has(watcher)) {
      return;
    }
    if (wanted) {
      this._watchers.add(watcher);
      this._connection.open();
      this._look();
    } else {
      this._watchers.delete(watcher);
      if (this._watchers.size === 0) {
        this._connection.close();
      }
      this._look(); // a hidden panel asks for less
    }
  }

  refresh(): void {
    if (!this._isDisposed) {
      this._connection.reopen();
    }
  }

  requestPlan(target: string | null, mode: PlanRequest['mode']): Promise<Planned> {
    this._look(); // so that the plan is made for the text on screen
    return this._plans.request(
      target,
      mode,
      request => !this._isDisposed && this._connection.send(request)
    );
  }

  /** Read the notebook, tell the server what is new in it, and show it. */
  private _look(): void {
    if (this._isDisposed || this._watchers.size === 0 || !this.notebookPanel.context.isReady) {
      return;
    }
    this._seen = readCells(this.notebookPanel.content.model, this._seen);
    const cells = this._seen.map(({ text }) => text);
    const kernel = this.notebookPanel.sessionContext.session?.kernel;
    const situation = {
      kernel_id: kernel?.id ?? null,
      client: kernel?.clientId ?? null,
      in_flight: this._inFlight.cellIds,
      in_full: this._watchers.has('panel') || this._watchers.has('restart')
    };
    const { limits } = this._connection;
    if (limits) {
      for (const update of this._changes.updatesFor(situation, cells, limits)) {
        this._connection.send(update);
        if (update.order) {
          this._order = new Set(update.order);
          this._orderRevision = update.revision;
        }
        if (update.kernel_id !== this._kernelId) {
          this._kernelId = update.kernel_id;
          this._kernelRevision = update.revision;
        }
      }
    }
    this._show();
  }

  private _onConnectionState(_: IConnection, state: ConnectionState): void {
    // Whatever was said over the old connection, a new one knows nothing of it.
    this._changes.forget();
    this._verdicts.clear();
    this._refusal = null;
    this._plans.rejectAll();
    if (state === 'open') {
      this._look();
    }
    this._show();
  }

  private _onMessage(_: IConnection, message: Details | Planned | Refused | Report): void {
    switch (message.kind) {
      case 'report':
        this._verdicts.merge(message, this._order, this._orderRevision);
        this._refusal = null;
        return this._show();
      case 'details':
        this._verdicts.mergeDetails(message);
        return this._show();
      case 'planned':
        return this._plans.resolve(message);
      case 'refused':
        return this._onRefused(message);
      default:
        return unknownKind(message);
    }
  }

  private _onRefused(refused: Refused): void {
    if (!this._plans.reject(refused)) {
      // The server did not take an update: with the next change, say everything again.
      this._changes.forget();
      this._refusal = refused.message;
      this._show();
    }
  }

  /** Put together what is shown, and say so when it is another than before. */
  private _show(): void {
    const { content, sessionContext } = this.notebookPanel;
    const activeCell = content.activeCell?.model;
    const before = this._shown;
    const now: IShown = {
      connectionState: this._connection.state,
      cells: entriesOf(this._seen, id => this._verdicts.cell(id), before.cells),
      activeCellId: activeCell?.type === 'code' ? activeCell.id : null,
      isKernelPending: isPending(sessionContext, this._verdicts.isBefore(this._kernelRevision)),
      kernel: this._verdicts.kernel,
      summary: this._verdicts.summary,
      edges: this._verdicts.edges,
      imports: this._verdicts.imports,
      names: this._verdicts.names,
      foreseen: this._verdicts.foreseen,
      refusal: this._refusal
    };
    const keys = Object.keys(now) as (keyof IShown)[];
    if (keys.some(key => now[key] !== before[key])) {
      this._shown = now;
      this._problems = null;
      if (now.cells !== before.cells) {
        this._entries = null;
      }
      this.stateChanged.emit();
    }
  }

  private _changes = new Changes();
  private _entries: ReadonlyMap<string, ICellEntry> | null = null;
  private _inFlight: InFlight;
  private _isDisposed = false;
  private _kernelId: string | null = null;
  private _kernelRevision = 0;
  private _order: ReadonlySet<string> = new Set();
  private _orderRevision = 0;
  private _plans = new Plans();
  private _problems: readonly IProblem[] | null = null;
  private _refusal: string | null = null;
  private _shown: IShown = {
    connectionState: 'closed',
    cells: [],
    activeCellId: null,
    isKernelPending: true,
    kernel: null,
    summary: null,
    edges: null,
    imports: null,
    names: null,
    foreseen: null,
    refusal: null
  };
  private _seen: readonly ISeenCell[] = [];
  private _verdicts = new Verdicts();
  private _watch: NotebookWatch;
  private _watchers = new Set<Watcher>();
}

type IShown = Pick<
  INamespaceModel,
  | 'activeCellId'
  | 'cells'
  | 'connectionState'
  | 'edges'
  | 'foreseen'
  | 'imports'
  | 'isKernelPending'
  | 'kernel'
  | 'names'
  | 'refusal'
  | 'summary'
>;

/** Where no kernel was chosen, or it was shut down, the context is not ready either. */
function isPending({ hasNoKernel, isReady, session }: ISessionContext, isOld: boolean): boolean {
  return session?.kernel ? !isReady || isOld : !isReady && !hasNoKernel;
}

function unknownKind(_message: never): void {
  return;
}
