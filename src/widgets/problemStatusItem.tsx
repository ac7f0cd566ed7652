/** What does the status bar show? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { appearanceOfProblem } from '../appearance/problemAppearance';
import { StatusIcon } from '../components/elements/StatusIcon';
import { CommandIds } from '../tokens/commands';
import type { ExecuteCommand } from '../tokens/commands';
import type { ProblemCount } from './problemCount';

export interface IProblemStatusItemOptions {
  execute: ExecuteCommand;
  problemCount: ProblemCount;
  trans: TranslationBundle;
}

/** The number of problems as a button, which shows them in the panel. */
export class ProblemStatusItem extends ReactWidget {
  constructor(private readonly _options: IProblemStatusItemOptions) {
    super();
    this.addClass('jp-NamespaceViz-statusItem');
    _options.problemCount.countChanged.connect(this.update, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.problemCount.countChanged.disconnect(this.update, this);
      super.dispose();
    }
  }

  protected override render(): React.ReactElement | null {
    const { execute, problemCount, trans } = this._options;
    const { count, mostUrgent } = problemCount;
    if (!mostUrgent) {
      // JupyterLab hides the item, and shows it before the next count is drawn.
      return null;
    }
    return (
      <button
        type="button"
        className="jp-NamespaceViz-statusButton"
        title={trans.__('Show the problems of the notebook')}
        onClick={() => execute(CommandIds.showPanel, { view: 'problems' })}
      >
        <StatusIcon appearance={appearanceOfProblem(mostUrgent)} />
        {trans._n('%1 problem', '%1 problems', count)}
      </button>
    );
  }
}
