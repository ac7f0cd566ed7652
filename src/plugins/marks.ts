/** Which plugin marks the cells? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { FreshKernelLine } from '../decorations/freshKernelLine';
import { NotebookMarks } from '../decorations/notebookMarks';
import { OldCounts } from '../decorations/oldCounts';
import { INamespaceModels } from '../tokens/models';
import { INotebookVisibility } from '../tokens/visibility';
import { decorateNotebooks } from './decorateNotebooks';
import { PluginIds } from './pluginIds';

/** The marks of cells, the line about a new kernel, and dimmed counts of an earlier one. */
export const marksPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.marks,
  description: 'Marks the cells in the notebook that would fail or are stale.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ISettingRegistry, ITranslator, INotebookVisibility],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    visibility: INotebookVisibility | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const options = { app, models, tracker, settingRegistry, visibility, trans };
    decorateNotebooks({
      ...options,
      setting: 'markCells',
      decorate: options => new NotebookMarks(options)
    });
    decorateNotebooks({
      ...options,
      setting: 'markCells',
      decorate: options => new FreshKernelLine(options)
    });
    decorateNotebooks({
      ...options,
      setting: 'dimOldCounts',
      decorate: options => new OldCounts(options)
    });
  }
};
