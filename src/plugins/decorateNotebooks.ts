/** How does a plugin decorate each open notebook while a setting is on? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { openCellMenu } from '../decorations/cellMenu';
import type { IDecorationOptions } from '../decorations/decoration';
import type { INamespaceModels } from '../tokens/models';
import type { INotebookVisibility } from '../tokens/visibility';
import { newExecute } from './execute';
import { PerNotebook } from './perNotebook';
import { followSetting, loadSettings } from './settings';

export interface IDecorateOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  settingRegistry: ISettingRegistry | null;
  visibility: INotebookVisibility | null;
  trans: TranslationBundle;
  /** The setting that switches the decoration; it is on where the setting has no value. */
  setting: 'dimOldCounts' | 'markCells' | 'minimap' | 'underlineNames';
  decorate: (options: IDecorationOptions) => IDisposable;
}

/** Decorate each notebook that is open or will be opened, as soon as the settings are loaded. */
export function decorateNotebooks(options: IDecorateOptions): IDisposable {
  const { app, decorate, models, setting, settingRegistry, tracker, trans, visibility } = options;
  const execute = newExecute(app.commands, trans);
  // In JupyterLab, a tab and an item of the status bar have the name.
  const owner = app.name === 'JupyterLab' ? null : trans.__('Namespace');
  const decorations = new PerNotebook(
    tracker,
    notebook =>
      decorate({
        model: models.modelOf(notebook),
        fix: ({ args, command }) => execute(command, { notebookId: notebook.id, ...args }),
        openMenu: (entry, anchor) => openCellMenu(app.commands, notebook.id, entry, anchor, trans),
        owner,
        runAllAbove: () => {
          app.shell.activateById(notebook.id);
          void app.commands.execute('notebook:run-all-above');
        },
        trans
      }),
    notebook => visibility?.isHidden(notebook) !== true
  );
  visibility?.changed.connect(() => decorations.update());
  void loadSettings(settingRegistry).then(settings =>
    followSetting(settings, setting, value => void (decorations.isOn = value !== false))
  );
  return decorations;
}
