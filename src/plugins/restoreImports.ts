/** Which plugin restores the imports after each restart? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { confirmAndRunPlan } from '../commands/confirmPlan';
import { RestoreAfterRestart } from '../commands/restoreAfterRestart';
import { INamespaceModels } from '../tokens/models';
import { PerNotebook } from './perNotebook';
import { PluginIds } from './pluginIds';
import { followSetting, loadSettings } from './settings';

/** Runs the missing imports after a restart, while the setting is on. */
export const restoreImportsPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.restoreImports,
  description: 'Restores the imports of a notebook after each restart, if the setting is on.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    _: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const restorers = new PerNotebook(tracker, notebook => {
      const model = models.modelOf(notebook);
      return new RestoreAfterRestart(
        model,
        () => void confirmAndRunPlan(model, null, 'imports', trans, 'always')
      );
    });
    void loadSettings(settingRegistry).then(settings =>
      followSetting(settings, 'restoreImports', value => void (restorers.isOn = value === true))
    );
  }
};
