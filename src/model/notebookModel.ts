/** What is known of the names of one notebook? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type {
  Edge,
  Finding,
  ImportReport,
  Kernel,
  PlanRequest,
  Planned,
  Refused,
  Summary
} from '../protocol';
import type { ConnectionState, IConnection, NotebookMessage } from '../tokens/connection';
import type { ICellEntry, INamespaceModel, INameTable, IProblem, Wanted } from '../tokens/models';
import { countsOf, entriesOf, readCells, runningCellIds } from './cells';
import type { ICellSnapshot } from './cells';
import { situationOf, UpdateBuilder } from './updates';
import { CellsInFlight } from './cellsInFlight';
import { KernelSearch } from './kernelSearch';
import { PendingPlans } from './pendingPlans';
import { activeCellStateOf, hasChanged, INITIAL_STATE } from './modelState';
import type { IModelState } from './modelState';
import { problemsOf } from './problems';
import { ReceivedReports } from './receivedReports';
import { SentRevisions } from './sentRevisions';
import { NotebookChanges } from './notebookChanges';
import { Typing } from './typing';
import { Watchers } from './watchers';

/**
 * The model of one notebook panel, disposed with it.
 *
 * While a watcher wants reports, the model sends the changes of the notebook to the server and
 * merges the reports. Without watchers the connection is closed.
 */
export class NotebookNamespaceModel implements INamespaceModel {
  constructor(
    readonly notebookPanel: NotebookPanel,
    private readonly _connection: IConnection,
    private readonly _language: string
  ) {
    _connection.stateChanged.connect(this._onConnectionState, this);
    _connection.messageReceived.connect(this._onMessage, this);
    notebookPanel.disposed.connect(this.dispose, this);
    this._inFlight = new CellsInFlight(notebookPanel);
    this._typing = new Typing(notebookPanel.content, word => this._reports.isStartOfName(word));
    this._typing.changed.connect(this._onTyping, this);
    const onChange = (): void => this._synchronize();
    const [typing, queued] = [this._typing, this._inFlight];
    this._notebookChanges = new NotebookChanges(notebookPanel, typing, queued, onChange);
    this._kernelSearch = new KernelSearch(notebookPanel, onChange);
  }

  readonly stateChanged = new Signal<this, void>(this);

  get connectionState(): ConnectionState {
    return this._state.connectionState;
  }

  get cells(): readonly ICellEntry[] {
    return this._state.cells;
  }

  get activeCellId(): string | null {
    return this._state.activeCellId;
  }

  get hasCodeAbove(): boolean {
    return this._state.hasCodeAbove;
  }

  get typedCellId(): string | null {
    return this._state.typedCellId;
  }

  get isKernelPending(): boolean {
    return this._state.isKernelPending;
  }

  get kernel(): Kernel | null {
    return this._state.kernel;
  }

  get summary(): Summary | null {
    return this._state.summary;
  }

  get edges(): readonly Edge[] | null {
    return this._state.edges;
  }

  get imports(): readonly ImportReport[] | null {
    return this._state.imports;
  }

  get names(): INameTable | null {
    return this._state.names;
  }

  get forecast(): readonly Finding[] | null {
    return this._state.forecast;
  }

  get problems(): readonly IProblem[] {
    this._problems ??= problemsOf(this._state);
    return this._problems;
  }

  get refusal(): string | null {
    return this._state.refusal;
  }

  get runningRemedy(): string | null {
    return this._state.runningRemedy;
  }

  setRunningRemedy(key: string | null): void {
    this._runningRemedy = key;
    if (!this._isDisposed) {
      this._updateState();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    [this._kernelSearch, this._notebookChanges].forEach(it => it.dispose());
    [this._typing, this._inFlight, this._connection].forEach(it => it.dispose());
    this._pendingPlans.rejectAll();
    Signal.clearData(this);
  }

  entryOf(cellId: string | null): ICellEntry | null {
    this._entries ??= new Map(this.cells.map(entry => [entry.id, entry]));
    return this._entries.get(cellId ?? '') ?? null;
  }

  setWanted(watcher: string, wanted: Wanted): void {
    if (this._isDisposed || !this._watchers.set(watcher, wanted)) {
      return;
    }
    if (this._watchers.isEmpty) {
      this._connection.close();
    } else {
      this._connection.open();
    }
    this._synchronize();
  }

  refresh(): void {
    if (!this._isDisposed) {
      this._connection.reopen();
    }
  }

  requestPlan(targets: readonly string[] | null, mode: PlanRequest['mode']): Promise<Planned> {
    this._typing.end();
    this._synchronize(); // so that the plan is made for the text on screen
    return this._pendingPlans.request(
      targets,
      mode,
      request => !this._isDisposed && this._connection.send(request)
    );
  }

  /** Read the notebook, send its changes to the server, and update the state. */
  private _synchronize(): void {
    if (this._isDisposed || this._watchers.isEmpty || !this.notebookPanel.context.isReady) {
      return;
    }
    const { model } = this.notebookPanel.content;
    this._snapshots = readCells(model, this._snapshots, this._typing.cellId);
    const cells = this._inFlight.asQueued(this._snapshots.map(({ text }) => text));
    const situation = situationOf(this.notebookPanel, {
      in_flight: this._inFlight.noteRunning(runningCellIds(this._snapshots)),
      ended_at: this._inFlight.endedAt,
      in_full: this._watchers.wantEverything,
      language: this._language
    });
    const { limits } = this._connection;
    if (limits && !this._kernelSearch.isOn) {
      const counts = countsOf(this._snapshots);
      for (const update of this._updateBuilder.updatesFor(situation, cells, limits, counts)) {
        this._connection.send(update);
        this._sent.note(update, this._typedCellId);
      }
    }
    this._updateState();
  }

  private _onTyping(): void {
    if (this._typing.cellId === null) {
      this._synchronize();
    } else {
      this._typedCellId = this._typing.cellId;
    }
    this._updateState();
  }

  private _onConnectionState(_: IConnection, state: ConnectionState): void {
    // A new connection starts from nothing: both sides forget what they sent.
    this._updateBuilder.reset();
    this._reports.clear();
    this._refusal = null;
    this._pendingPlans.rejectAll();
    if (state === 'open') {
      this._synchronize();
    }
    this._updateState();
  }

  private _onMessage(_: IConnection, message: NotebookMessage): void {
    switch (message.kind) {
      case 'planned':
        return this._pendingPlans.resolve(message);
      case 'refused':
        return this._onRefused(message);
      case 'report':
        this._reports.merge(message, this._sent.order, this._sent.ofOrder);
        this._refusal = null;
        break;
      case 'details':
        this._reports.mergeDetails(message);
        break;
      case 'problems':
        this._reports.mergeProblems(message);
        break;
      default:
        return message satisfies never;
    }
    this._updateState();
  }

  private _onRefused(refused: Refused): void {
    if (!this._pendingPlans.reject(refused)) {
      // The server refused an update: send everything again with the next change.
      this._updateBuilder.reset();
      this._sent.ofTypedText = 0; // no report follows
      this._refusal = refused.message;
      this._updateState();
    }
  }

  /** Compose the state, and emit `stateChanged` if it differs from the last one. */
  private _updateState(): void {
    const before = this._state;
    const isTyped = this._typing.cellId !== null || this._reports.isBefore(this._sent.ofTypedText);
    const typedCellId = isTyped ? this._typedCellId : null;
    // A run is often reported before the server knows of those that wait for it.
    const isReportAwaited =
      this._connection.state === 'open' &&
      (this._sent.isQueueNew(this._inFlight.cellIds) || this._reports.isBefore(this._sent.ofQueue));
    const now: IModelState = {
      ...(isReportAwaited ? before : this._reports.state),
      connectionState: this._connection.state,
      cells: isReportAwaited
        ? before.cells
        : entriesOf(this._snapshots, this._reports, before.cells, typedCellId),
      ...activeCellStateOf(this.notebookPanel.content),
      isKernelPending: this._kernelSearch.isPending(this._reports.isBefore(this._sent.ofKernel)),
      refusal: this._refusal,
      runningRemedy: this._runningRemedy,
      typedCellId
    };
    if (hasChanged(before, now)) {
      this._state = now;
      this._problems = null;
      this._entries = now.cells === before.cells ? this._entries : null;
      this.stateChanged.emit();
    }
  }

  private _updateBuilder = new UpdateBuilder();
  private _entries: ReadonlyMap<string, ICellEntry> | null = null;
  private _inFlight: CellsInFlight;
  private _isDisposed = false;
  private _runningRemedy: string | null = null;
  private _pendingPlans = new PendingPlans();
  private _problems: readonly IProblem[] | null = null;
  private _refusal: string | null = null;
  private _state: IModelState = INITIAL_STATE;
  private _snapshots: readonly ICellSnapshot[] = [];
  private _typedCellId: string | null = null;
  private _typing: Typing;
  private _reports = new ReceivedReports();
  private _sent = new SentRevisions();
  private _kernelSearch: KernelSearch;
  private _notebookChanges: NotebookChanges;
  private _watchers = new Watchers();
}
