/** How are the parts put together in JupyterLab and Jupyter Notebook? */

/* eslint-disable jupyter/prefer-lazy-imports -- the marks and the panel are there from the start */

import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addCommands, PALETTE_COMMANDS } from './commands';
import { Connection } from './connection';
import { Decorations } from './decorations';
import { NamespaceModels } from './model/models';
import { NamespacePanel } from './panel';
import { PANEL_ID, PLUGIN_ID } from './tokens';

/** The panel that shows which cells provide and need which names. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Shows which cells provide and need which names.',
  autoStart: true,
  requires: [INotebookTracker],
  // No ILabShell: Jupyter Notebook has none, and both shells know how to show a panel.
  optional: [ILayoutRestorer, ISettingRegistry, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    restorer: ILayoutRestorer | null,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const { commands, serviceManager, shell } = app;
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const { serverSettings } = serviceManager;
    const models = new NamespaceModels(() => new Connection({ serverSettings }));
    const panel = new NamespacePanel({ commands, models, tracker, trans });
    const decorations = new Decorations({ commands, models, tracker, trans });

    shell.add(panel, 'right', { rank: 400, type: 'Namespace' });
    restorer?.add(panel, PANEL_ID);
    addCommands({ app, models, tracker, trans });
    for (const command of PALETTE_COMMANDS) {
      palette?.addItem({ command, category: trans.__('Namespace') });
    }

    const start = async (): Promise<void> => {
      const settings = await settingRegistry?.load(PLUGIN_ID).catch(() => undefined);
      const follow = (): void => {
        decorations.isOn = settings?.get('markCells').composite !== false;
      };
      settings?.changed.connect(follow);
      follow();
      await app.restored;
      if (settings?.get('openOnStart').composite === true) {
        shell.activateById(PANEL_ID);
      }
    };
    void start();
  }
};

export default plugin;
