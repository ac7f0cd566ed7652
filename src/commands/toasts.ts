/** How is the user told something about a notebook, and until when? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { MessageLoop } from '@lumino/messaging';
import type { Message } from '@lumino/messaging';

/** Milliseconds for which a toast is shown; those with a decision to make stay. */
const SHOWN_FOR = { error: 10_000, info: 5000, success: 4000, warning: 8000 };

/**
 * Milliseconds after which JupyterLab has drawn a toast, or a change of it: react-toastify waits 100 ms.
 * It loses a change that comes before the toast is drawn. A toast that is removed before its change is
 * drawn comes back with it, and stays for ever.
 */
export const DRAWN_AFTER = 400;

export type ToastType = keyof typeof SHOWN_FOR | 'in-progress';

/** Keeps a message in the list of notifications, without a toast. */
const ONLY_IN_LIST = 0;

/**
 * The toasts about one notebook. Each begins with the notebook's name.
 *
 * They are removed when the notebook is hidden or closed: another notebook is then in front of the
 * user. What goes wrong in a hidden notebook is only listed among JupyterLab's notifications.
 */
export class NotebookToasts {
  constructor(private readonly _panel: NotebookPanel) {
    MessageLoop.installMessageHook(_panel, (_, message) => this._onMessage(message));
    _panel.disposed.connect(() => this._dismissAll());
  }

  /** Show a toast; returns its id, or null where there is none. */
  show(message: string, type: ToastType, actions: Notification.IAction[] = []): string | null {
    const isShown = this._panel.isVisible;
    if (this._panel.isDisposed || (!isShown && type !== 'error' && type !== 'warning')) {
      return null;
    }
    const shownFor = type === 'in-progress' ? (false as const) : SHOWN_FOR[type];
    const options = { autoClose: isShown ? shownFor : ONLY_IN_LIST, actions };
    const id = Notification.emit(this._named(message), type, options);
    if (isShown) {
      this._ids.set(id, { shown: Date.now(), changed: 0 });
    }
    return id;
  }

  /** Change the message of a toast; false if it has been removed. */
  update(id: string, message: string): boolean {
    const times = this._ids.get(id);
    if (!times) {
      return false;
    }
    times.changed = Date.now();
    return Notification.update({ id, message: this._named(message) });
  }

  /** Let a toast that showed progress say how it ended; false if it has been removed. */
  end(id: string, message: string, type: keyof typeof SHOWN_FOR): boolean {
    const times = this._ids.get(id);
    if (!times) {
      return false;
    }
    const end = { message: this._named(message), type, autoClose: SHOWN_FOR[type], actions: [] };
    whenDrawn(Math.max(times.shown, times.changed), () => Notification.update({ id, ...end }));
    return true;
  }

  /** Remove a toast. */
  dismiss(id: string): void {
    const changed = this._ids.get(id)?.changed ?? 0;
    this._ids.delete(id);
    whenDrawn(changed, () => Notification.dismiss(id));
  }

  private _named(message: string): string {
    return `${this._panel.title.label}: ${message}`;
  }

  private _onMessage({ type }: Message): boolean {
    if (type === 'after-hide') {
      this._dismissAll();
    }
    return true;
  }

  private _dismissAll(): void {
    for (const id of [...this._ids.keys()]) {
      this.dismiss(id);
    }
  }

  /** When each toast was shown and when it was changed last, in milliseconds. */
  private readonly _ids = new Map<string, { shown: number; changed: number }>();
}

/** Do this as soon as JupyterLab has drawn what was changed at the time `changed`. */
function whenDrawn(changed: number, act: () => void): void {
  const left = changed + DRAWN_AFTER - Date.now();
  if (left > 0) {
    setTimeout(act, left);
  } else {
    act();
  }
}

const toasts = new WeakMap<NotebookPanel, NotebookToasts>();

/** The toasts about the notebook. */
export function toastsOf(panel: NotebookPanel): NotebookToasts {
  const known = toasts.get(panel) ?? new NotebookToasts(panel);
  toasts.set(panel, known);
  return known;
}
