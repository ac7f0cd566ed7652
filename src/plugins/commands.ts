/** Which plugin adds the commands about cells, names and plans? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addCommands, PALETTE_COMMANDS } from '../commands/register';
import { INamespaceModels } from '../tokens/models';
import { PluginIds } from './pluginIds';
import { followSetting, loadSettings } from './settings';

/** The commands that show a cell, run what is missing, restart the kernel, or insert text. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.commands,
  description: 'Adds the commands that show, run and fix cells.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ICommandPalette, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    let confirmsImports = false;
    addCommands({ app, models, tracker, trans, confirmsImports: () => confirmsImports });
    void loadSettings(settingRegistry).then(settings =>
      followSetting(settings, 'confirmImports', value => void (confirmsImports = value === true))
    );
    for (const command of PALETTE_COMMANDS) {
      palette?.addItem({ command, category: trans.__('Namespace') });
    }
  }
};
