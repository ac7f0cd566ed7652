/** Which plugin marks the cells? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { NotebookMarks } from '../decorations/notebookMarks';
import { INamespaceModels } from '../tokens/models';
import { decorateNotebooks } from './decorateNotebooks';
import { PluginIds } from './pluginIds';

/** The marks below the input of cells. */
export const marksPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.marks,
  description: 'Marks the cells in the notebook that would fail or are stale.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    decorateNotebooks({
      app,
      models,
      tracker,
      settingRegistry,
      trans,
      setting: 'markCells',
      decorate: options => new NotebookMarks(options)
    });
  }
};
