/** Which plugin adds the item to the status bar? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { INamespaceModels } from '../tokens/models';
import { ProblemCount } from '../widgets/problemCount';
import { ProblemStatusItem } from '../widgets/problemStatusItem';
import { newExecute } from './execute';
import { PluginIds } from './pluginIds';

/** The number of problems of the active notebook, shown while there are any. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.status,
  description: 'Adds the number of problems to the status bar.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [IStatusBar, ITranslator], // Jupyter Notebook has no status bar
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    statusBar: IStatusBar | null,
    translator: ITranslator | null
  ): void => {
    if (!statusBar) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const execute = newExecute(app.commands, trans);
    const problemCount = new ProblemCount({ models, tracker });
    statusBar.registerStatusItem('jupyter-namespace-viz:problems', {
      item: new ProblemStatusItem({ execute, problemCount, trans }),
      align: 'left',
      rank: 90,
      isActive: () => problemCount.count > 0,
      activeStateChanged: problemCount.countChanged
    });
  }
};
