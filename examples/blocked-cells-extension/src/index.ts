/** How does another extension use what jupyter-namespace-viz knows? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Widget } from '@lumino/widgets';
import { INamespaceModels } from 'jupyter-namespace-viz';
import type { INamespaceModel } from 'jupyter-namespace-viz';

const PLUGIN_ID = 'namespace-viz-blocked-cells:plugin';

/** Shows in the status bar how many cells of the active notebook would raise an error. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Shows in the status bar how many cells would raise an error.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker, IStatusBar],
  activate: (
    _: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    statusBar: IStatusBar
  ): void => {
    const item = new Widget();
    let model: INamespaceModel | null = null;
    const show = (): void => {
      item.node.textContent = `Cells that would raise: ${model?.summary?.blocked ?? '?'}`;
    };
    const followNotebook = (): void => {
      model?.stateChanged.disconnect(show);
      model?.setWanted(PLUGIN_ID, 'nothing');
      model = tracker.currentWidget && models.modelOf(tracker.currentWidget);
      model?.stateChanged.connect(show);
      model?.setWanted(PLUGIN_ID, 'verdicts'); // without this the model knows nothing
      show();
    };
    tracker.currentChanged.connect(followNotebook);
    followNotebook();
    statusBar.registerStatusItem(PLUGIN_ID, { item, align: 'left', rank: 91 });
  }
};

export default plugin;
