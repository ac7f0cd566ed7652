/** What does the model need of a connection to the server? */

import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Hello, Limits, PanelMessage, Pong, ServerMessage } from '../protocol';

/**
 * The state of the connection to the server.
 *
 * - `closed`: nothing has been requested yet
 * - `connecting`: waiting for the server's hello
 * - `open`: the server said hello
 * - `disconnected`: lost; it reconnects automatically
 * - `absent`: the server does not have the extension
 * - `forbidden`: the user has no permission
 * - `incompatible`: the server uses another protocol version
 */
export type ConnectionState =
  'absent' | 'closed' | 'connecting' | 'disconnected' | 'forbidden' | 'incompatible' | 'open';

/** The messages of the server that are about the notebook. */
export type NotebookMessage = Exclude<ServerMessage, Hello | Pong>;

/** What the model needs of a connection to the server. */
export interface IConnection extends IDisposable {
  readonly state: ConnectionState;
  /** The limits of the server; null unless the state is `open`. */
  readonly limits: Limits | null;
  readonly stateChanged: ISignal<IConnection, ConnectionState>;
  readonly messageReceived: ISignal<IConnection, NotebookMessage>;
  /** Connect, and stay connected until `close`. Does nothing if already connected. */
  open(): void;
  /** Connect again at once, in any state. */
  reopen(): void;
  close(): void;
  /** Send a message; returns false if the connection is not open. */
  send(message: PanelMessage): boolean;
}
