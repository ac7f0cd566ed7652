/** How does a plugin decorate each open notebook while a setting is on? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { openCellMenu } from '../decorations/cellMenu';
import type { IDecorationOptions } from '../decorations/options';
import type { INamespaceModels } from '../tokens/models';
import { newExecute } from './execute';
import { PerNotebook } from './perNotebook';
import { followSetting, loadSettings } from './settings';

export interface IDecorateOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  settingRegistry: ISettingRegistry | null;
  trans: TranslationBundle;
  /** The setting that switches the decoration; it is on where the setting has no value. */
  setting: 'markCells' | 'minimap' | 'underlineNames';
  decorate: (options: IDecorationOptions) => IDisposable;
}

/** Decorate each notebook that is open or will be opened, as soon as the settings are loaded. */
export function decorateNotebooks(options: IDecorateOptions): IDisposable {
  const { app, decorate, models, setting, settingRegistry, tracker, trans } = options;
  const execute = newExecute(app.commands, trans);
  const decorations = new PerNotebook(tracker, notebook =>
    decorate({
      model: models.modelOf(notebook),
      fix: ({ args, command }) => execute(command, { notebookId: notebook.id, ...args }),
      openMenu: (entry, anchor) => openCellMenu(app.commands, notebook.id, entry, anchor, trans),
      trans
    })
  );
  void loadSettings(settingRegistry).then(settings =>
    followSetting(settings, setting, value => void (decorations.isOn = value !== false))
  );
  return decorations;
}
