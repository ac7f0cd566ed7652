/** Which plugin hides the marks where the user does not want them? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { notebookCommand } from '../commands/notebookCommand';
import { HiddenNotebooks } from '../decorations/hiddenNotebooks';
import { CommandIds } from '../tokens/commands';
import { INamespaceModels } from '../tokens/models';
import { INotebookVisibility } from '../tokens/visibility';
import { PluginIds } from './pluginIds';
import { loadSettings, SETTINGS_ID } from './settings';
import type { SettingName } from './settings';

/** The settings for what is drawn in notebooks. */
const DECORATIONS: readonly SettingName[] = [
  'dimOldCounts',
  'markCells',
  'minimap',
  'underlineNames'
];

/** The commands that hide and show the marks, in one notebook or everywhere. */
export const visibilityPlugin: JupyterFrontEndPlugin<INotebookVisibility> = {
  id: PluginIds.visibility,
  description: 'Adds the commands that hide the marks in a notebook or everywhere.',
  autoStart: true,
  provides: INotebookVisibility,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ISettingRegistry, IStateDB, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    state: IStateDB | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): INotebookVisibility => {
    const { commands } = app;
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const notebooks = new HiddenNotebooks(state, `${SETTINGS_ID}:hidden`);
    let settings: ISettingRegistry.ISettings | null = null;
    const isShownAnywhere = (): boolean =>
      DECORATIONS.some(name => settings?.get(name).composite !== false);
    const isShown = (): boolean =>
      tracker.currentWidget !== null &&
      isShownAnywhere() &&
      !notebooks.isHidden(tracker.currentWidget);
    const setEverywhere = async (isShown: boolean): Promise<void> => {
      for (const name of DECORATIONS) {
        await settings?.set(name, isShown);
      }
    };
    commands.addCommand(CommandIds.hideMarks, {
      ...notebookCommand({
        models,
        tracker,
        label: trans.__('Hide Marks in This Notebook'),
        caption: trans.__(
          'Hide the marks of the Namespace extension in this notebook; the View menu shows them again'
        ),
        run: ({ notebookPanel }) => notebooks.setHidden(notebookPanel, true)
      })
    });
    commands.addCommand(CommandIds.showMarks, {
      ...notebookCommand({
        models,
        tracker,
        label: trans.__('Show Marks in This Notebook'),
        caption: trans.__('Mark cells and names in this notebook that need attention'),
        run: async ({ notebookPanel }) => {
          const isHiding = isShown();
          notebooks.setHidden(notebookPanel, isHiding);
          if (!isHiding && !isShownAnywhere()) {
            await setEverywhere(true);
          }
        }
      }),
      isToggled: isShown
    });
    commands.addCommand(CommandIds.hideMarksEverywhere, {
      ...notebookCommand({
        models,
        tracker,
        label: trans.__('Hide Marks Everywhere'),
        caption: trans.__('Turn off marks in all notebooks; the settings turn them on again'),
        run: () => setEverywhere(false)
      }),
      isVisible: () => settings !== null
    });
    commands.addCommand(CommandIds.openSettings, {
      ...notebookCommand({
        models,
        tracker,
        label: trans.__('Settings…'),
        caption: trans.__('Open the settings of the Namespace extension'),
        run: async () => {
          await commands.execute(SETTING_EDITOR, { query: 'Namespace' });
        }
      }),
      isVisible: () => commands.hasCommand(SETTING_EDITOR)
    });
    for (const command of [CommandIds.showMarks, CommandIds.hideMarksEverywhere]) {
      palette?.addItem({ command, category: trans.__('Namespace') });
    }
    notebooks.changed.connect(() => commands.notifyCommandChanged(CommandIds.showMarks));
    void loadSettings(settingRegistry).then(loaded => {
      settings = loaded;
      commands.notifyCommandChanged();
    });
    return notebooks;
  }
};

const SETTING_EDITOR = 'settingeditor:open';
