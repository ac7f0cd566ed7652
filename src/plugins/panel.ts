/** Which plugin adds the side panel? */

import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addPanelCommand } from '../commands/showPanel';
import { CommandIds, PANEL_ID, VIEWS } from '../tokens/commands';
import type { ViewName } from '../tokens/commands';
import { INamespaceModels } from '../tokens/models';
import { NamespacePanel } from '../widgets/namespacePanel';
import { ProblemCount } from '../widgets/problemCount';
import { showCountOnTab } from '../widgets/tabBadge';
import { keepToastsOffPanel } from '../widgets/toastInset';
import { newExecute } from './execute';
import { PluginIds } from './pluginIds';
import { followSetting, loadSettings, SETTINGS_ID } from './settings';

/** The key of the chosen view in the state database. */
const VIEW_KEY = `${SETTINGS_ID}:view`;

/** The panel that shows which cells provide and need which names. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.panel,
  description: 'Adds the side panel that shows which cells provide and need which names.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  // Not ILabShell, which Jupyter Notebook does not have; both shells can show a panel.
  optional: [ILayoutRestorer, ISettingRegistry, ICommandPalette, ITranslator, IStateDB],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    restorer: ILayoutRestorer | null,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    state: IStateDB | null
  ): void => {
    const { commands, shell } = app;
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    let settings: ISettingRegistry.ISettings | null = null;
    const panel = new NamespacePanel({
      execute: newExecute(commands, trans),
      models,
      tracker,
      trans,
      runAllAbove: () => void commands.execute('notebook:run-all-above'),
      rememberView: (view: ViewName) => void state?.save(VIEW_KEY, view),
      rememberHelp: (isShown: boolean) => void settings?.set('showHelp', isShown)
    });
    keepToastsOffPanel(panel);
    showCountOnTab(panel.title, new ProblemCount({ models, tracker }), trans);
    shell.add(panel, 'right', { rank: 400, type: 'Namespace' });
    restorer?.add(panel, PANEL_ID);

    addPanelCommand(app, trans, view => void (panel.view = view));
    const category = trans.__('Namespace');
    palette?.addItem({ command: CommandIds.showPanel, category });
    palette?.addItem({ command: CommandIds.showPanel, category, args: { view: 'problems' } });

    void state?.fetch(VIEW_KEY).then(view => {
      panel.view = VIEWS.find(one => one === view) ?? panel.view;
    });
    void loadSettings(settingRegistry).then(async loaded => {
      settings = loaded;
      followSetting(loaded, 'showHelp', value => void (panel.isHelpShown = value === true));
      await app.restored;
      if (loaded?.get('openOnStart').composite === true) {
        shell.activateById(PANEL_ID);
      }
    });
  }
};
