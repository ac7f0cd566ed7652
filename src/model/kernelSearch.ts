/** Is it known yet whether the notebook that was opened has a kernel? */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/**
 * Follows how JupyterLab looks for the session of a notebook that it has opened, which takes seconds
 * where the server is slow. Until then it seems to have no kernel, though one may be running.
 *
 * `onEnd` is called when it is over.
 */
export class KernelSearch implements IDisposable {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _onEnd: () => void
  ) {
    void _panel.context.ready.then(() => this._follow());
    _panel.sessionContext.kernelPreferenceChanged.connect(this._follow, this);
  }

  /** Whether there is no session, JupyterLab is to find or start one, and has not begun to start it. */
  get isOn(): boolean {
    const { hasNoKernel, kernelDisplayStatus, session } = this._panel.sessionContext;
    return !this._isOver && !session && hasNoKernel && kernelDisplayStatus === 'initializing';
  }

  /**
   * Whether the notebook is still getting its kernel, or another one, or the last report is about the
   * kernel before, as `isOld` says.
   *
   * Without a chosen kernel, or after a shutdown, the session context is not ready either.
   */
  isPending(isOld: boolean): boolean {
    const { hasNoKernel, isReady, kernelDisplayStatus, session } = this._panel.sessionContext;
    const kernel = session?.kernel;
    // The server ends the kernel before, and its end is reported first.
    const isChanging = kernelDisplayStatus === 'starting' && kernel?.status !== 'starting';
    return this.isOn || isChanging || (kernel ? !isReady || isOld : !isReady && !hasNoKernel);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /** Wait for the end once JupyterLab has set which kernel it prefers, directly before it begins. */
  private _follow(): void {
    const { context, sessionContext } = this._panel;
    if (this._isFollowed || this._isDisposed || !context.isReady || !isPreferred(this._panel)) {
      return;
    }
    this._isFollowed = true;
    void sessionContext.initialize().then(() => {
      this._isOver = true;
      if (!this._isDisposed) {
        this._onEnd();
      }
    });
  }

  private _isDisposed = false;
  private _isFollowed = false;
  private _isOver = false;
}

/** Whether the session context is to find a kernel of the notebook's name and language. */
function isPreferred({ context, sessionContext }: NotebookPanel): boolean {
  const { defaultKernelLanguage, defaultKernelName } = context.model;
  const { language, name }: ISessionContext.IKernelPreference = sessionContext.kernelPreference;
  const isNamed = defaultKernelName === '' || name === defaultKernelName;
  return isNamed && language === defaultKernelLanguage;
}
