/** Which plugin underlines names in the editors? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { NotebookUnderlines, openNameCard } from '../decorations/notebookUnderlines';
import { notebookCommand } from '../commands/notebookCommand';
import { toastsOf } from '../commands/toasts';
import { CommandIds } from '../tokens/commands';
import { INamespaceModels } from '../tokens/models';
import { INotebookVisibility } from '../tokens/visibility';
import { decorateNotebooks } from './decorateNotebooks';
import { PluginIds } from './pluginIds';

/** The underlines, and the command that opens the card on one. */
export const underlinesPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.underlines,
  description: 'Underlines missing and stale names in the editors, with a card on each.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ISettingRegistry, ICommandPalette, ITranslator, INotebookVisibility],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null,
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
      setting: 'underlineNames',
      decorate: options => new NotebookUnderlines(options)
    });
    app.commands.addCommand(
      CommandIds.showNameCard,
      notebookCommand({
        models,
        tracker,
        label: trans.__('Show Details of Underlined Name'),
        caption: trans.__(
          'Show what is wrong with the name at the cursor, or with the nearest one'
        ),
        run: ({ notebookPanel }) => {
          if (!openNameCard(notebookPanel.content.activeCell)) {
            const text = trans.__('No name is underlined in the active cell.');
            toastsOf(notebookPanel).show(text, 'info');
          }
        }
      })
    );
    palette?.addItem({ command: CommandIds.showNameCard, category: trans.__('Namespace') });
  }
};
