/** Which revision first contained the cells' order, the kernel, and the text that was typed last? */

import type { Update } from '../protocol';

/** The revisions that a report must have reached to be about the notebook as it is now. */
export class SentRevisions {
  /** The ids of the code cells that were sent last. */
  order: ReadonlySet<string> = new Set();
  ofOrder = 0;
  ofKernel = 0;
  ofTypedText = 0;

  /** Remember what an update contains; `typedCellId` is the cell that was typed in last. */
  note({ changed, kernel_id, order, revision }: Update, typedCellId: string | null): void {
    if (order) {
      this.order = new Set(order);
      this.ofOrder = revision;
    }
    if (kernel_id !== this._kernelId) {
      this._kernelId = kernel_id;
      this.ofKernel = revision;
    }
    if (changed.some(({ id }) => id === typedCellId)) {
      this.ofTypedText = revision;
    }
  }

  private _kernelId: string | null = null;
}
