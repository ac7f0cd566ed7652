/** What does the model need of a connection to the server? */

import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Details, Limits, PanelMessage, Planned, Refused, Report } from '../protocol';

/**
 * How it stands between the panel and the server.
 *
 * `closed` nothing was asked for yet · `connecting` · `open` the server said hello ·
 * `disconnected` it is tried again by itself · `absent` the server has no such extension ·
 * `forbidden` the user may not ask · `incompatible` the server speaks another protocol version.
 */
export type ConnectionState =
  'absent' | 'closed' | 'connecting' | 'disconnected' | 'forbidden' | 'incompatible' | 'open';

/** What the model needs of a connection to the server. */
export interface IConnection extends IDisposable {
  readonly state: ConnectionState;
  /** What the server takes; null unless the state is `open`. */
  readonly limits: Limits | null;
  readonly stateChanged: ISignal<IConnection, ConnectionState>;
  readonly messageReceived: ISignal<IConnection, Details | Planned | Refused | Report>;
  /** Connect, and stay connected until `close`; does nothing when that is so already. */
  open(): void;
  /** Connect at once and from scratch, whatever the state. */
  reopen(): void;
  close(): void;
  /** Send a message; false when the connection is not open. */
  send(message: PanelMessage): boolean;
}
