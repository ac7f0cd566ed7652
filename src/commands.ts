/** What can the user ask for? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';
import { namespaceIcon } from './components/icons';
import { insertImports, restoreDeletedCell } from './commands/insert';
import { repair } from './commands/repair';
import { showGraph } from './commands/graph';
import { restartAndCheck } from './commands/restart';
import { revealCell } from './commands/reveal';
import type { PlanRequest } from './protocol';
import { CommandIds, PANEL_ID, VIEWS } from './tokens';
import type { ICellArgs, INamespaceModels, ViewName } from './tokens';

export interface ICommandOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  trans: TranslationBundle;
  /** Shows another view in the panel. */
  chooseView: (view: ViewName) => void;
}

/** The commands that the palette lists. */
export const PALETTE_ITEMS: readonly { command: string; args?: ReadonlyJSONObject }[] = [
  { command: CommandIds.showPanel },
  { command: CommandIds.showPanel, args: { view: 'problems' } },
  { command: CommandIds.showGraph },
  { command: CommandIds.restoreImports },
  { command: CommandIds.restoreCellImports },
  { command: CommandIds.insertImports },
  { command: CommandIds.runNeededCells },
  { command: CommandIds.runWithNeeded },
  { command: CommandIds.runStaleCells },
  { command: CommandIds.runDependents },
  { command: CommandIds.restartAndCheck }
];

const describedBy = {
  args: {
    type: 'object',
    properties: {
      notebookId: {
        type: 'string',
        description: 'The id of the notebook panel; by default the active notebook'
      },
      cellId: { type: 'string', description: 'The id of the cell; by default the active cell' },
      name: { type: 'string', description: 'The name, where the command is about one' },
      distribution: { type: 'string', description: 'What is to be installed' },
      isAgreed: { type: 'boolean', description: 'Whether to run it without showing it first' }
    }
  }
};

function viewOf(view: unknown): ViewName | undefined {
  return VIEWS.find(one => one === view);
}

/** Add the commands; disposing removes them. */
export function addCommands(options: ICommandOptions): IDisposable {
  const { app, chooseView, models, tracker, trans } = options;
  const { commands, shell } = app;
  const isEnabled = (): boolean => tracker.currentWidget !== null;
  const notebookOf = (args: ICellArgs): NotebookPanel | null =>
    tracker.find(panel => panel.id === args.notebookId) ?? tracker.currentWidget;
  const cellIdOf = (panel: NotebookPanel, args: ICellArgs): string | null => {
    const cell = panel.content.activeCell?.model;
    return args.cellId ?? (cell?.type === 'code' ? cell.id : null);
  };
  /** A command that shows what would run for a cell, or for all of them, and runs it. */
  const planning = (
    target: 'all' | 'cell',
    label: string,
    mode: PlanRequest['mode']
  ): CommandRegistry.ICommandOptions => ({
    label,
    caption: trans.__('What would run is shown first'),
    describedBy,
    isEnabled,
    execute: async (args: ICellArgs) => {
      const panel = notebookOf(args);
      const cellId = panel && target === 'cell' ? cellIdOf(panel, args) : null;
      if (panel && (target === 'all' || cellId !== null)) {
        await repair(models.modelOf(panel), cellId, mode, trans, args.isAgreed);
      }
    }
  });

  const added = [
    commands.addCommand(CommandIds.showPanel, {
      label: ({ view }) =>
        viewOf(view) === 'problems'
          ? trans.__('Show the Problems of the Namespace')
          : trans.__('Show the Namespace Panel'),
      caption: trans.__('Show which cells define and need which names'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            view: { enum: [...VIEWS], description: 'The view; by default the one chosen last' }
          }
        }
      },
      execute: ({ view }) => {
        const wanted = viewOf(view);
        if (wanted) {
          chooseView(wanted);
        }
        shell.activateById(PANEL_ID);
        // The command palette gives the focus back to the notebook when it closes: come after it.
        requestAnimationFrame(() => document.getElementById(PANEL_ID)?.focus());
      }
    }),
    commands.addCommand(CommandIds.showGraph, {
      label: trans.__('Show the Dependency Graph of the Notebook'),
      caption: trans.__('Draw which cell takes names from which'),
      icon: namespaceIcon,
      describedBy,
      isEnabled,
      execute: async (args: ICellArgs) => {
        const panel = notebookOf(args);
        if (panel) {
          await showGraph(app, models.modelOf(panel), trans);
        }
      }
    }),
    commands.addCommand(CommandIds.goToCell, {
      label: trans.__('Go to Cell'),
      describedBy,
      isEnabled,
      execute: async (args: ICellArgs) => {
        const panel = notebookOf(args);
        if (panel && args.cellId !== undefined) {
          shell.activateById(panel.id);
          await revealCell(panel.content, args.cellId);
        }
      }
    }),
    commands.addCommand(CommandIds.restartAndCheck, {
      label: trans.__('Restart the Kernel, After a Look at What That Means…'),
      caption: trans.__('Shows what would be lost for good, and what would fail'),
      describedBy,
      isEnabled,
      execute: async (args: ICellArgs) => {
        const panel = notebookOf(args);
        if (panel) {
          await restartAndCheck(models.modelOf(panel), trans);
        }
      }
    }),
    commands.addCommand(CommandIds.insertImports, {
      label: trans.__('Insert the Imports That the Cell Misses'),
      caption: trans.__('Those that no cell above it has; nothing runs'),
      describedBy,
      isEnabled,
      execute: async (args: ICellArgs) => {
        const panel = notebookOf(args);
        const cellId = panel && cellIdOf(panel, args);
        if (panel && cellId !== null) {
          await insertImports(models.modelOf(panel), cellId, args.name);
        }
      }
    }),
    commands.addCommand(CommandIds.restoreDeletedCell, {
      label: trans.__('Restore the Deleted Cell That Defined a Name'),
      describedBy,
      isEnabled,
      execute: async (args: ICellArgs) => {
        const panel = notebookOf(args);
        if (panel && args.name !== undefined) {
          await restoreDeletedCell(models.modelOf(panel), args.name);
        }
      }
    }),
    commands.addCommand(CommandIds.copyInstallCommand, {
      label: trans.__('Copy the Command That Installs a Package'),
      describedBy,
      execute: ({ distribution }: ICellArgs) => {
        if (distribution !== undefined) {
          const line = `%pip install ${distribution}`;
          Clipboard.copyToSystem(line);
          Notification.info(trans.__('Copied: %1', line), { autoClose: 4000 });
        }
      }
    }),
    commands.addCommand(
      CommandIds.restoreImports,
      planning('all', trans.__('Restore the Imports of the Notebook'), 'imports')
    ),
    commands.addCommand(
      CommandIds.restoreCellImports,
      planning('cell', trans.__('Restore the Imports That the Cell Needs'), 'imports')
    ),
    commands.addCommand(
      CommandIds.runNeededCells,
      planning('cell', trans.__('Run What the Cell Needs'), 'cells')
    ),
    commands.addCommand(
      CommandIds.runWithNeeded,
      planning('cell', trans.__('Run What the Cell Needs, and the Cell'), 'with_cell')
    ),
    commands.addCommand(
      CommandIds.runDependents,
      planning('cell', trans.__('Run What Depends on the Cell'), 'dependents')
    ),
    commands.addCommand(
      CommandIds.runStaleCells,
      planning('all', trans.__('Run the Stale Cells of the Notebook'), 'stale')
    )
  ];
  return DisposableSet.from(added);
}
