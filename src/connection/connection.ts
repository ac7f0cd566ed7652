/** How do messages get to the server and back, and what happens when that fails? */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { PROTOCOL_VERSION } from '../protocol';
import type { Hello, Limits, PanelMessage } from '../protocol';
import type { ConnectionState, IConnection, NotebookMessage } from '../tokens/connection';
import { Heartbeat } from './heartbeat';
import { serverMessageOf } from './serverMessages';

const API_PATH = 'jupyter-namespace-viz/api/notebooks/ws';

/**
 * One WebSocket to the server extension, which reconnects automatically.
 *
 * The state is `open` from the server's hello on. After a loss the connection retries: first after
 * `firstDelay` milliseconds, then after twice as long, and so on up to `longestDelay`.
 *
 * A connection can also break silently, when the machine sleeps or the network is cut. `Heartbeat`
 * detects that.
 */
export class Connection implements IConnection {
  constructor(options: Connection.IOptions) {
    this._settings = options.serverSettings ?? ServerConnection.makeSettings();
    this._firstDelay = options.firstDelay ?? 500;
    this._helloTimeout = options.helloTimeout ?? 10_000;
    this._longestDelay = options.longestDelay ?? 30_000;
    this._heartbeat = new Heartbeat({
      longestQuiet: options.longestQuiet ?? 20_000,
      pingDelay: options.pingDelay ?? 3_000,
      ping: () => void this.send({ kind: 'ping' }),
      onLost: () => this._lose()
    });
  }

  readonly stateChanged = new Signal<this, ConnectionState>(this);
  readonly messageReceived = new Signal<this, NotebookMessage>(this);

  get state(): ConnectionState {
    return this._state;
  }

  get limits(): Limits | null {
    return this._limits;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._drop();
    Signal.clearData(this);
  }

  open(): void {
    if (this._state === 'closed') {
      this._connect();
    }
  }

  reopen(): void {
    this._failures = 0;
    this._connect();
  }

  close(): void {
    this._drop();
    this._setState('closed');
  }

  send(message: PanelMessage): boolean {
    if (this._state !== 'open' || this._socket?.readyState !== this._settings.WebSocket.OPEN) {
      return false;
    }
    this._socket.send(JSON.stringify(message));
    return true;
  }

  private _connect(): void {
    this._drop();
    if (this._isDisposed) {
      return;
    }
    const { appendToken, token, wsUrl, WebSocket } = this._settings;
    let url = URLExt.join(wsUrl, API_PATH);
    if (appendToken && token !== '') {
      url += `?token=${encodeURIComponent(token)}`;
    }
    const socket = (this._socket = new WebSocket(url));
    let wasOpened = false;
    socket.onopen = () => {
      wasOpened = true;
    };
    socket.onmessage = event => this._onMessage(event.data);
    socket.onclose = () => void this._onClose(socket, wasOpened);
    this._timer = setTimeout(() => this._lose(), this._helloTimeout);
    this._setState(this._failures === 0 ? 'connecting' : 'disconnected');
  }

  private _onMessage(data: unknown): void {
    this._heartbeat.heard();
    const message = typeof data === 'string' ? serverMessageOf(data) : null;
    switch (message?.kind) {
      case undefined: // a newer server may send kinds that this version does not know
      case 'pong': // its arrival is all that counts
        return;
      case 'hello':
        return this._onHello(message);
      case 'details':
      case 'planned':
      case 'problems':
      case 'refused':
      case 'report':
        if (this._state === 'open') {
          // Not at hello: a server that hangs up after it must not be retried at full speed.
          this._failures = 0;
          this.messageReceived.emit(message);
        }
        return;
      default:
        return unknownKind(message);
    }
  }

  private _onHello(hello: Hello): void {
    clearTimeout(this._timer);
    if (hello.protocol_version !== PROTOCOL_VERSION) {
      this._drop();
      this._setState('incompatible');
      return;
    }
    this._limits = hello.limits;
    if (hello.answers_pings) {
      this._heartbeat.start();
    }
    this._setState('open');
  }

  /** Give up a socket that may never report that it is closed. */
  private _lose(): void {
    this._drop();
    this._tryLater();
    this._setState('disconnected');
  }

  private async _onClose(socket: WebSocket, wasOpened: boolean): Promise<void> {
    this._stopTimers();
    this._limits = null;
    // The browser does not say why a handshake failed. An ordinary request does.
    const reason = wasOpened ? 'disconnected' : await this._reasonOfRefusal();
    if (this._isDisposed || this._socket !== socket) {
      return;
    }
    this._socket = null;
    if (reason === 'disconnected') {
      this._tryLater();
    }
    this._setState(reason);
  }

  private _tryLater(): void {
    const delay = Math.min(this._firstDelay * 2 ** this._failures, this._longestDelay);
    this._failures += 1;
    // Random, so that many notebooks do not all reconnect at the same moment.
    this._timer = setTimeout(() => this._connect(), delay * (0.75 + Math.random() / 2));
  }

  private async _reasonOfRefusal(): Promise<'absent' | 'disconnected' | 'forbidden'> {
    try {
      const url = URLExt.join(this._settings.baseUrl, API_PATH);
      const response = await ServerConnection.makeRequest(url, {}, this._settings);
      switch (response.status) {
        case 403:
          return 'forbidden';
        case 404:
          return 'absent';
        default:
          return 'disconnected';
      }
    } catch {
      return 'disconnected';
    }
  }

  /** Close the socket and stop the timers, without a signal. */
  private _drop(): void {
    this._stopTimers();
    this._limits = null;
    const socket = this._socket;
    this._socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private _stopTimers(): void {
    clearTimeout(this._timer);
    this._heartbeat.stop();
  }

  private _setState(state: ConnectionState): void {
    if (this._state !== state) {
      this._state = state;
      this.stateChanged.emit(state);
    }
  }

  private _failures = 0;
  private _firstDelay: number;
  private _heartbeat: Heartbeat;
  private _helloTimeout: number;
  private _isDisposed = false;
  private _limits: Limits | null = null;
  private _longestDelay: number;
  private _settings: ServerConnection.ISettings;
  private _socket: WebSocket | null = null;
  private _state: ConnectionState = 'closed';
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace Connection {
  export interface IOptions {
    serverSettings?: ServerConnection.ISettings;
    /** Milliseconds until the first retry of a lost connection. */
    firstDelay?: number;
    longestDelay?: number;
    /** Milliseconds to wait for the server's hello. */
    helloTimeout?: number;
    /** Milliseconds without a message of the server after which it is pinged. */
    longestQuiet?: number;
    pingDelay?: number;
  }
}

function unknownKind(_message: never): void {
  return;
}
