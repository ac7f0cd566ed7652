/** What does a notebook say at its top while nothing has run in its kernel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { Summary } from '../protocol';
import { CommandIds } from '../tokens/commands';
import { newButton } from './htmlElements';
import type { IDecorationOptions } from './options';

/**
 * One line over the empty space above the first cell, until something runs or the user closes it.
 *
 * It moves nothing. When the user has scrolled, it covers the upper edge of what is in view.
 */
export class FreshKernelLine implements IDisposable {
  constructor(private readonly _options: IDecorationOptions) {
    const { model, trans } = _options;
    this._line.className = 'jp-NamespaceViz-freshKernel';
    this._line.setAttribute('role', 'group');
    this._line.setAttribute('aria-label', trans.__('New kernel'));
    model.stateChanged.connect(this._apply, this);
    model.setWanted('fresh-kernel', 'verdicts');
    this._apply();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this._options.model.setWanted('fresh-kernel', 'nothing');
      this._line.remove();
    }
  }

  private _apply(): void {
    const { isKernelPending, kernel, notebookPanel, summary } = this._options.model;
    const cause = isKernelPending ? null : (summary?.fresh_kernel ?? null);
    const life = `${kernel?.kernel_id} ${kernel?.generation}`;
    const shown = cause === null || life === this._closedLife ? null : cause;
    if (shown !== this._shown) {
      this._shown = shown;
      if (shown === null) {
        this._line.remove();
      } else {
        this._line.replaceChildren(...this._partsOf(shown, life));
        notebookPanel.content.node.append(this._line);
      }
    }
  }

  private _partsOf(cause: Cause, life: string): HTMLElement[] {
    const { fix, runAllAbove, trans } = this._options;
    const text = document.createElement('span');
    text.className = 'jp-NamespaceViz-freshKernelText';
    text.textContent = text.title = textOf(cause, trans);
    const label = trans.__('Restore Imports');
    const restore = { command: CommandIds.restoreImports, args: {}, label, ariaLabel: label };
    const close = newButton('', () => {
      this._closedLife = life;
      this._apply();
    });
    close.classList.add('jp-mod-close');
    close.title = trans.__('Dismiss');
    close.setAttribute('aria-label', close.title);
    closeIcon.element({ container: close, tag: 'span' });
    return [
      text,
      newButton(label, () => fix(restore)),
      newButton(trans.__('Run All Above'), runAllAbove),
      close
    ];
  }

  /** The kernel and generation for which the user has closed the line. */
  private _closedLife: string | null = null;
  private _isDisposed = false;
  private readonly _line = document.createElement('div');
  private _shown: Cause | null = null;
}

type Cause = NonNullable<Summary['fresh_kernel']>;

function textOf(cause: Cause, trans: TranslationBundle): string {
  switch (cause) {
    case 'died':
      return trans.__('Kernel died and restarted: nothing has run yet');
    case 'restarted':
      return trans.__('Kernel restarted: nothing has run yet');
    case 'started':
    case 'unknown':
      return trans.__('Nothing has run in this kernel yet');
    default:
      return unknownCause(cause);
  }
}

function unknownCause(cause: never): never {
  throw new Error(`Unknown cause ${JSON.stringify(cause)}`);
}
