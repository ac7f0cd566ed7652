/** Is a server that says nothing still there? */

/** The number of pings in a row that may stay unanswered. */
const MAX_UNANSWERED = 4;

export interface IHeartbeatOptions {
  /** Milliseconds without a message of the server after which it is pinged. */
  longestQuiet: number;
  /** Milliseconds between two pings. */
  pingDelay: number;
  ping: () => void;
  /** Called once, when too many pings stayed unanswered. */
  onLost: () => void;
}

/**
 * Pings a quiet server, and reports it as lost when it does not answer.
 *
 * It counts pings, not seconds. A browser slows down or stops the timers of a hidden page, and then
 * reads the answers equally late. The clock, unlike timers, runs on while the machine sleeps.
 */
export class Heartbeat {
  constructor(private readonly _options: IHeartbeatOptions) {}

  /** The server sent something. */
  heard(): void {
    this._heardAt = Date.now();
    this._unanswered = 0;
  }

  start(): void {
    const { longestQuiet, onLost, ping, pingDelay } = this._options;
    this._timer = setTimeout(() => {
      if (this._unanswered === MAX_UNANSWERED) {
        return onLost();
      }
      if (Date.now() - this._heardAt >= longestQuiet) {
        this._unanswered += 1;
        ping();
      }
      this.start();
    }, pingDelay);
  }

  stop(): void {
    clearTimeout(this._timer);
  }

  private _heardAt = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _unanswered = 0;
}
