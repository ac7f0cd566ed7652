/** How are the parts put together in JupyterLab and Jupyter Notebook? */

/* eslint-disable jupyter/prefer-lazy-imports -- the marks and the panel are there from the start */

import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { RestoreAfterRestart } from './commands/restoreAfterRestart';
import { addCommands, PALETTE_ITEMS } from './commands/register';
import { Connection } from './connection/connection';
import { openCellMenu } from './decorations/cellMenu';
import { NotebookMinimap } from './decorations/minimap';
import { NotebookMarks } from './decorations/notebookMarks';
import type { IDecorationOptions } from './decorations/options';
import { NotebookUnderlines, openNameCard } from './decorations/notebookUnderlines';
import { PerNotebook } from './plugins/perNotebook';
import { NamespaceModels } from './model/models';
import { NamespacePanel } from './widgets/namespacePanel';
import { ProblemCount } from './widgets/problemCount';
import { CommandIds, PANEL_ID, PLUGIN_ID, VIEWS } from './tokens/commands';
import type { ICellArgs, ViewName } from './tokens/commands';

/** Where the chosen view is kept from one page to the next. */
const VIEW_KEY = `${PLUGIN_ID}:view`;

/** The panel that shows which cells provide and need which names. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Shows which cells provide and need which names.',
  autoStart: true,
  requires: [INotebookTracker],
  // No ILabShell: Jupyter Notebook has none, and both shells know how to show a panel.
  optional: [ILayoutRestorer, ISettingRegistry, ICommandPalette, ITranslator, IStateDB, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    restorer: ILayoutRestorer | null,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    state: IStateDB | null,
    statusBar: IStatusBar | null
  ) => {
    const { commands, serviceManager, shell } = app;
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const { serverSettings } = serviceManager;
    const models = new NamespaceModels(() => new Connection({ serverSettings }));
    const rememberView = (view: ViewName): void => void state?.save(VIEW_KEY, view);
    let settings: ISettingRegistry.ISettings | undefined;
    const rememberHelp = (isShown: boolean): void => void settings?.set('showHelp', isShown);
    const panel = new NamespacePanel({
      commands,
      models,
      tracker,
      trans,
      rememberView,
      rememberHelp
    });
    const problemCount = new ProblemCount({ commands, models, panel, tracker, trans });
    const execute = (command: string, args: ICellArgs): void =>
      void commands.execute(command, { ...args });
    const optionsFor = (notebook: NotebookPanel): IDecorationOptions => ({
      model: models.modelOf(notebook),
      fix: ({ args, command }) => execute(command, { notebookId: notebook.id, ...args }),
      openMenu: (entry, anchor) => openCellMenu(commands, notebook.id, entry, anchor, trans),
      trans
    });
    // Each is switched by the setting of its name.
    const decorations = {
      markCells: new PerNotebook(tracker, notebook => new NotebookMarks(optionsFor(notebook))),
      underlineNames: new PerNotebook(
        tracker,
        notebook => new NotebookUnderlines(optionsFor(notebook))
      ),
      minimap: new PerNotebook(tracker, notebook => new NotebookMinimap(optionsFor(notebook)))
    };
    const restoreImports = new PerNotebook(
      tracker,
      notebook =>
        new RestoreAfterRestart(models.modelOf(notebook), () =>
          execute(CommandIds.restoreImports, { notebookId: notebook.id, isAgreed: true })
        )
    );

    shell.add(panel, 'right', { rank: 400, type: 'Namespace' });
    restorer?.add(panel, PANEL_ID);
    statusBar?.registerStatusItem(`${PLUGIN_ID}:problems`, {
      item: problemCount,
      align: 'left',
      rank: 90,
      isActive: () => problemCount.count > 0,
      activeStateChanged: problemCount.countChanged
    });
    const chooseView = (view: ViewName): void => void (panel.view = view);
    addCommands({ app, models, tracker, trans, chooseView, openNameCard });
    for (const item of PALETTE_ITEMS) {
      palette?.addItem({ ...item, category: trans.__('Namespace') });
    }

    void state?.fetch(VIEW_KEY).then(view => {
      panel.view = VIEWS.find(one => one === view) ?? panel.view;
    });
    const start = async (): Promise<void> => {
      settings = await settingRegistry?.load(PLUGIN_ID).catch(() => undefined);
      const follow = (): void => {
        for (const [setting, decoration] of Object.entries(decorations)) {
          decoration.isOn = settings?.get(setting).composite !== false;
        }
        panel.isHelpShown = settings?.get('showHelp').composite === true;
        restoreImports.isOn = settings?.get('restoreImports').composite === true;
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
