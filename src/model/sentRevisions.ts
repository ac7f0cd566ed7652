/** Which revision first contained the cells' order, the kernel, the queued cells, and the text that was typed last? */

import type { Update } from '../protocol';

/** The revisions that a report must have reached to be about the notebook as it is now. */
export class SentRevisions {
  /** The ids of the code cells that were sent last. */
  order: ReadonlySet<string> = new Set();
  ofOrder = 0;
  ofKernel = 0;
  ofQueue = 0;
  ofTypedText = 0;

  /** Remember what an update contains; `typedCellId` is the cell that was typed in last. */
  note(update: Update, typedCellId: string | null): void {
    const { changed, in_flight = [], kernel_id, order, revision } = update;
    if (order) {
      this.order = new Set(order);
      this.ofOrder = revision;
    }
    if (kernel_id !== this._kernelId) {
      this._kernelId = kernel_id;
      this.ofKernel = revision;
    }
    if (this.isQueueNew(in_flight)) {
      this.ofQueue = revision;
    }
    this._inFlight = new Set(in_flight);
    if (changed.some(({ id }) => id === typedCellId)) {
      this.ofTypedText = revision;
    }
  }

  /** Whether one of these cells was not queued when the last update was sent. */
  isQueueNew(cellIds: readonly string[]): boolean {
    return cellIds.some(id => !this._inFlight.has(id));
  }

  private _inFlight: ReadonlySet<string> = new Set();
  private _kernelId: string | null = null;
}
