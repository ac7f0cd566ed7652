/** Which commands show, run and fix cells? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';
import { namespaceIcon } from '../appearance/icons';
import type { PlanRequest } from '../protocol';
import { CommandIds } from '../tokens/commands';
import type { CommandId, ICellArgs } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';
import { confirmAndRunPlan } from './confirmPlan';
import { insertImports, restoreDeletedCell } from './insertText';
import { describedBy, notebookCommand } from './notebookCommand';
import { restartAndCheck } from './restartKernel';
import { revealCell } from './revealCell';

export interface ICommandOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  trans: TranslationBundle;
}

/** The commands that the palette lists. */
export const PALETTE_COMMANDS: readonly CommandId[] = [
  CommandIds.restoreImports,
  CommandIds.restoreCellImports,
  CommandIds.insertImports,
  CommandIds.runNeededCells,
  CommandIds.runWithNeeded,
  CommandIds.runStaleCells,
  CommandIds.runDependents,
  CommandIds.restartAndCheck
];

/** Add the commands; disposing removes them. */
export function addCommands(options: ICommandOptions): IDisposable {
  const all = { ...planCommands(options), ...otherCommands(options) };
  const { commands } = options.app;
  return DisposableSet.from(Object.entries(all).map(([id, one]) => commands.addCommand(id, one)));
}

type Commands = Partial<Record<CommandId, CommandRegistry.ICommandOptions>>;

/** The commands that show a plan, and run it if the user confirms it. */
function planCommands({ models, tracker, trans }: ICommandOptions): Commands {
  const planning = (
    target: 'all' | 'cell',
    mode: PlanRequest['mode'],
    label: string
  ): CommandRegistry.ICommandOptions =>
    notebookCommand({
      models,
      tracker,
      label,
      caption: trans.__('What would run is shown first'),
      run: async (model, args) => {
        const targets = target === 'cell' ? cellIdsOf(model, args) : null;
        if (targets?.length !== 0) {
          await confirmAndRunPlan(model, targets, mode, trans, args.isAgreed);
        }
      }
    });
  const forAll = (mode: PlanRequest['mode'], label: string): CommandRegistry.ICommandOptions =>
    planning('all', mode, label);
  const forCell = (mode: PlanRequest['mode'], label: string): CommandRegistry.ICommandOptions =>
    planning('cell', mode, label);
  return {
    [CommandIds.restoreImports]: forAll('imports', trans.__('Restore the Imports of the Notebook')),
    [CommandIds.runStaleCells]: forAll('stale', trans.__('Run the Stale Cells of the Notebook')),
    [CommandIds.restoreCellImports]: forCell(
      'imports',
      trans.__('Restore the Imports That the Cell Needs')
    ),
    [CommandIds.runNeededCells]: forCell('cells', trans.__('Run What the Cell Needs')),
    [CommandIds.runWithNeeded]: {
      ...forCell('with_cell', trans.__('Run What the Cell Needs, and the Cell')),
      icon: namespaceIcon // in the cell's toolbar
    },
    [CommandIds.runDependents]: forCell('dependents', trans.__('Run What Depends on the Cell'))
  };
}

function otherCommands({ app, models, tracker, trans }: ICommandOptions): Commands {
  return {
    [CommandIds.goToCell]: notebookCommand({
      models,
      tracker,
      label: ({ name }: ICellArgs) =>
        name === undefined
          ? trans.__('Go to Cell')
          : trans.__('Go to the Cell That Defines “%1”', name),
      caption: trans.__('Show the cell in its notebook'),
      run: async ({ notebookPanel }, { cellId }) => {
        if (cellId !== undefined) {
          app.shell.activateById(notebookPanel.id);
          await revealCell(notebookPanel.content, cellId);
        }
      }
    }),
    [CommandIds.restartAndCheck]: notebookCommand({
      models,
      tracker,
      label: trans.__('Restart the Kernel, After a Look at What That Means…'),
      caption: trans.__('Shows what would be lost for good, and what would fail'),
      run: model => restartAndCheck(model, trans)
    }),
    [CommandIds.insertImports]: notebookCommand({
      models,
      tracker,
      label: trans.__('Insert the Imports That the Cell Misses'),
      caption: trans.__('Those that no cell above it has; nothing runs'),
      run: async (model, args) => {
        const cellId = cellIdOf(model, args);
        if (cellId !== null) {
          await insertImports(model, cellId, args.name, trans);
        }
      }
    }),
    [CommandIds.restoreDeletedCell]: notebookCommand({
      models,
      tracker,
      label: trans.__('Restore the Deleted Cell That Defined a Name'),
      caption: trans.__('With the text that ran; nothing runs'),
      run: async (model, { name }) => {
        if (name !== undefined) {
          await restoreDeletedCell(model, name);
        }
      }
    }),
    [CommandIds.changeKernel]: notebookCommand({
      models,
      tracker,
      label: trans.__('Change Kernel…'),
      caption: trans.__('Choose a kernel of another environment'),
      run: async ({ notebookPanel }) => {
        app.shell.activateById(notebookPanel.id);
        await app.commands.execute('notebook:change-kernel');
      }
    }),
    [CommandIds.copyInstallCommand]: {
      label: trans.__('Copy the Command That Installs a Package'),
      describedBy,
      execute: ({ distribution }: ICellArgs) => {
        if (distribution !== undefined) {
          const line = `%pip install ${distribution}`;
          Clipboard.copyToSystem(line);
          Notification.info(trans.__('Copied: %1', line), { autoClose: 4000 });
        }
      }
    }
  };
}

/** The cells that the arguments name, else the active cell if it is a code cell. */
function cellIdsOf(model: INamespaceModel, args: ICellArgs): string[] {
  const cellId = cellIdOf(model, args);
  return args.cellIds ?? (cellId === null ? [] : [cellId]);
}

/** The cell that the arguments name, else the active cell if it is a code cell. */
function cellIdOf({ notebookPanel }: INamespaceModel, args: ICellArgs): string | null {
  const cell = notebookPanel.content.activeCell?.model;
  return args.cellId ?? (cell?.type === 'code' ? cell.id : null);
}
