/** What does a notebook say at its top while nothing has run in its kernel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import type { Summary } from '../protocol';
import { CommandIds } from '../tokens/commands';
import { newButton, RemedyButtons } from './htmlElements';
import { Decoration } from './decoration';
import type { IDecorationOptions } from './decoration';

/**
 * One line over the empty space above the first cell, until something runs or the user closes it.
 *
 * It moves nothing. When the user has scrolled, it covers the upper edge of what is in view.
 */
export class FreshKernelLine extends Decoration {
  constructor(options: IDecorationOptions) {
    super(options, 'fresh-kernel');
    const { fix, runAllAbove, trans } = options;
    this._line.className = 'jp-NamespaceViz-freshKernel';
    this._line.setAttribute('role', 'group');
    this._line.setAttribute('aria-label', trans.__('New kernel'));
    this._text.className = 'jp-NamespaceViz-freshKernelText';
    const remedies = document.createElement('span');
    remedies.className = 'jp-NamespaceViz-freshKernelRemedies';
    const label = trans.__('Restore Imports');
    this._restore = new RemedyButtons(remedies, fix);
    this._restore.setRemedies([
      { command: CommandIds.restoreImports, args: {}, label, ariaLabel: label }
    ]);
    this._runAllAbove = newButton(trans.__('Run All Above'), runAllAbove);
    const close = newButton('', () => {
      this._closedLife = this._life;
      this.apply();
    });
    close.classList.add('jp-mod-close');
    close.title = trans.__('Dismiss');
    close.setAttribute('aria-label', close.title);
    closeIcon.element({ container: close, tag: 'span' });
    this._line.append(this._text, remedies, this._runAllAbove, close);
    this.follow();
  }

  protected override remove(): void {
    this._line.remove();
  }

  protected override apply(): void {
    const { hasCodeAbove, isKernelPending, kernel, notebookPanel, runningRemedy, summary } =
      this.options.model;
    const cause = isKernelPending ? null : (summary?.fresh_kernel ?? null);
    this._life = `${kernel?.kernel_id} ${kernel?.generation}`;
    if (cause === null || this._life === this._closedLife) {
      this._line.remove();
      return;
    }
    this._text.textContent = this._text.title = textOf(cause, this.options.trans);
    this._restore.setRunning(runningRemedy);
    this._runAllAbove.hidden = !hasCodeAbove;
    if (!this._line.isConnected) {
      notebookPanel.content.node.append(this._line);
    }
  }

  /** The kernel and generation that the line is about, and those for which the user has closed it. */
  private _life = '';
  private _closedLife: string | null = null;
  private readonly _line = document.createElement('div');
  private readonly _restore: RemedyButtons;
  private readonly _runAllAbove: HTMLElement;
  private readonly _text = document.createElement('span');
}

type Cause = NonNullable<Summary['fresh_kernel']>;

function textOf(cause: Cause, trans: TranslationBundle): string {
  switch (cause) {
    case 'died':
      return trans.__('Kernel died: nothing has run since');
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
