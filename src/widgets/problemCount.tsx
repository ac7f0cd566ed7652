/** How many things need attention, told wherever the panel is hidden? */

import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import { StatusIcon } from '../components/elements/StatusIcon';
import { CommandIds } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

/** The attribute of the tab (with `data-` before it) whose value its style draws. */
const COUNT = 'namespace-viz-count';

export interface IProblemCountOptions {
  commands: CommandRegistry;
  models: INamespaceModels;
  /** Its tab in the side bar carries the count. */
  panel: Widget;
  tracker: INotebookTracker;
  trans: TranslationBundle;
}

/**
 * The item of the status bar, and the number on the panel's tab.
 *
 * It asks for nothing itself: while neither marks nor panel do, nothing is known and none is shown.
 */
export class ProblemCount extends ReactWidget {
  constructor(private readonly _options: IProblemCountOptions) {
    super();
    this.addClass('jp-NamespaceViz-statusItem');
    _options.tracker.currentChanged.connect(this._follow, this);
    this._follow();
  }

  readonly countChanged = new Signal<this, void>(this);

  get count(): number {
    return this._count;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._model?.stateChanged.disconnect(this._update, this);
      Signal.clearData(this);
      super.dispose();
    }
  }

  protected override render(): React.ReactElement {
    const { commands, trans } = this._options;
    const text = trans._n('%1 name problem', '%1 name problems', this._count);
    return (
      <button
        type="button"
        className="jp-NamespaceViz-statusButton"
        title={trans.__('Show the problems of the notebook')}
        onClick={() => void commands.execute(CommandIds.showPanel, { view: 'problems' })}
      >
        <StatusIcon appearance="blocked-import" />
        {text}
      </button>
    );
  }

  private _follow(): void {
    const { models, tracker } = this._options;
    const panel = tracker.currentWidget;
    this._model?.stateChanged.disconnect(this._update, this);
    this._model = panel && !panel.isDisposed ? models.modelOf(panel) : null;
    this._model?.stateChanged.connect(this._update, this);
    this._update();
  }

  private _update(): void {
    const problems = this._model?.problems ?? [];
    // What only a restart would bring out is in the list, but nobody has to look now.
    const count = problems.filter(({ kind }) => kind !== 'restart').length;
    if (count === this._count) {
      return;
    }
    this._count = count;
    const { panel, trans } = this._options;
    panel.title.dataset = { ...panel.title.dataset, [COUNT]: `${count}` };
    panel.title.caption =
      count > 0
        ? trans._n('Namespace: %1 problem', 'Namespace: %1 problems', count)
        : trans.__('Namespace');
    this.countChanged.emit();
    this.update();
  }

  private _count = 0;
  private _model: INamespaceModel | null = null;
}
