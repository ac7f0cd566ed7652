/** Which plugin adds the minimap? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { NotebookMinimap } from '../decorations/minimap';
import { INamespaceModels } from '../tokens/models';
import { INotebookVisibility } from '../tokens/visibility';
import { decorateNotebooks } from './decorateNotebooks';
import { PluginIds } from './pluginIds';

/** The strip next to the notebook's scroll bar. */
export const minimapPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.minimap,
  description: 'Adds a strip next to the scroll bar that shows where cells need attention.',
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
    decorateNotebooks({
      app,
      models,
      tracker,
      settingRegistry,
      visibility,
      trans,
      setting: 'minimap',
      decorate: options => new NotebookMinimap(options)
    });
  }
};
