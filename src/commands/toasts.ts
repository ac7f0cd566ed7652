/** How is the user told something about a notebook, and until when? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { MessageLoop } from '@lumino/messaging';
import type { Message } from '@lumino/messaging';

export type ToastType = 'error' | 'in-progress' | 'info' | 'success' | 'warning';

/** Milliseconds for which a toast is shown; those with a decision to make stay. */
const SHOWN_FOR = { error: 10_000, info: 5000, success: 4000, warning: 8000 };

/**
 * Milliseconds after which JupyterLab has drawn a change of a toast: react-toastify waits 100 ms. One
 * that is removed before that comes back with the change, and stays for ever.
 */
export const UPDATE_DELAY = 400;

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
      this._ids.add(id);
    }
    return id;
  }

  /** Change the message of a toast; false if it has been removed. */
  update(id: string, message: string): boolean {
    if (!this._ids.has(id)) {
      return false;
    }
    this._updated.set(id, Date.now());
    return Notification.update({ id, message: this._named(message) });
  }

  /** Remove a toast, as soon as its last change has been drawn. */
  dismiss(id: string): void {
    this._ids.delete(id);
    const drawn = (this._updated.get(id) ?? 0) + UPDATE_DELAY;
    this._updated.delete(id);
    const left = drawn - Date.now();
    if (left > 0) {
      setTimeout(() => Notification.dismiss(id), left);
    } else {
      Notification.dismiss(id);
    }
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
    for (const id of [...this._ids]) {
      this.dismiss(id);
    }
  }

  private readonly _ids = new Set<string>();
  /** When each toast was changed last (ms). */
  private readonly _updated = new Map<string, number>();
}

const toasts = new WeakMap<NotebookPanel, NotebookToasts>();

/** The toasts about the notebook. */
export function toastsOf(panel: NotebookPanel): NotebookToasts {
  const known = toasts.get(panel) ?? new NotebookToasts(panel);
  toasts.set(panel, known);
  return known;
}
