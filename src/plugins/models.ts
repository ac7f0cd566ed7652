/** Which plugin provides the models of the notebooks? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { Connection } from '../connection/connection';
import { NamespaceModels } from '../model/models';
import { INamespaceModels } from '../tokens/models';
import { PluginIds } from './pluginIds';

/** All other plugins require it, and so can those of other extensions. */
export const modelsPlugin: JupyterFrontEndPlugin<INamespaceModels> = {
  id: PluginIds.models,
  description:
    'Provides what is known of the names of each notebook, and the settings. All other plugins of the extension require it.',
  autoStart: true,
  provides: INamespaceModels,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): INamespaceModels => {
    const { serverSettings } = app.serviceManager;
    const newConnection = (): Connection => new Connection({ serverSettings });
    return new NamespaceModels(newConnection, translator?.languageCode);
  }
};
