/** How is the user told something about a notebook, and until when? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { MessageLoop } from '@lumino/messaging';
import type { Message } from '@lumino/messaging';

export type ToastType = 'error' | 'in-progress' | 'info' | 'success' | 'warning';

/** Milliseconds for which a toast is shown; those with a decision to make stay. */
const SHOWN_FOR = { error: 10_000, info: 5000, success: 4000, warning: 8000 };

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
    return this._ids.has(id) && Notification.update({ id, message: this._named(message) });
  }

  /** Remove a toast. */
  dismiss(id: string): void {
    this._ids.delete(id);
    Notification.dismiss(id);
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
}

const toasts = new WeakMap<NotebookPanel, NotebookToasts>();

/** The toasts about the notebook. */
export function toastsOf(panel: NotebookPanel): NotebookToasts {
  const known = toasts.get(panel) ?? new NotebookToasts(panel);
  toasts.set(panel, known);
  return known;
}
