/** Which commands run cells, show and insert them, and change the kernel? */

import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate, DisposableSet } from '@lumino/disposable';
import { importsToInsert } from '../remedies';
import { CommandIds } from '../tokens/commands';
import type { CommandId, ICellArgs } from '../tokens/commands';
import { insertImports, restoreDeletedCell } from './insertText';
import { cellIdOf, notebookCommand } from './notebookCommand';
import { planCommands } from './planCommands';
import type { Commands, ICommandOptions } from './planCommands';
import { restartAndCheck } from './restartKernel';
import { revealCell } from './revealCell';

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

/** JupyterLab's own command that chooses another kernel for the notebook in front. */
const CHANGE_KERNEL = 'notebook:change-kernel';

/** Add the commands; disposing removes them. */
export function addCommands(options: ICommandOptions): IDisposable {
  const { commands } = options.app;
  const all = { ...planCommands(options), ...cellCommands(options), ...kernelCommands(options) };
  const added = Object.entries(all).map(([id, one]) => commands.addCommand(id, one));
  const refresh = (): void => commands.notifyCommandChanged(CommandIds.runWithNeeded);
  options.tracker.activeCellChanged.connect(refresh); // its button is in the cell's toolbar
  const stop = new DisposableDelegate(() => options.tracker.activeCellChanged.disconnect(refresh));
  return DisposableSet.from([...added, stop]);
}

/** The commands that show a cell, or insert text. */
function cellCommands({ app, models, tracker, trans }: ICommandOptions): Commands {
  return {
    [CommandIds.goToCell]: notebookCommand({
      models,
      tracker,
      label: ({ name }: ICellArgs) =>
        name === undefined ? trans.__('Go to Cell') : trans.__('Go to Definition of “%1”', name),
      caption: trans.__('Show the cell in its notebook'),
      run: async ({ notebookPanel }, { cellId }) => {
        if (cellId !== undefined) {
          app.shell.activateById(notebookPanel.id);
          await revealCell(notebookPanel.content, cellId);
        }
      }
    }),
    [CommandIds.insertImports]: notebookCommand({
      models,
      tracker,
      label: trans.__('Add Missing Imports'),
      caption: trans.__('Add the import statements that no cell above has; nothing runs'),
      canRun: (model, args) => cellIdOf(model, args) !== null,
      isUseful: (model, args) => {
        const report = model.entryOf(cellIdOf(model, args))?.report;
        return !report || importsToInsert(report.needs).length > 0;
      },
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
      label: trans.__('Restore Deleted Cell'),
      caption: trans.__('Insert the deleted cell with the code that ran; nothing runs'),
      run: async (model, { name }) => {
        if (name !== undefined) {
          await restoreDeletedCell(model, name);
        }
      }
    })
  };
}

/** The commands about the kernel and its environment. */
function kernelCommands({ app, models, tracker, trans }: ICommandOptions): Commands {
  return {
    [CommandIds.restartAndCheck]: notebookCommand({
      models,
      tracker,
      label: trans.__('Check Before Restarting…'),
      caption: trans.__('See what a restart of the kernel would lose and break, then decide'),
      run: model => restartAndCheck(model, trans)
    }),
    [CommandIds.copyInstallCommand]: notebookCommand({
      models,
      tracker,
      label: trans.__('Copy Install Command'),
      caption: trans.__('Copy the command that installs the package for this kernel'),
      run: ({ kernel }, { distribution }) => {
        if (distribution !== undefined) {
          const line = installCommand(distribution, kernel?.python ?? null);
          Clipboard.copyToSystem(line);
          Notification.info(trans.__('Copied: %1', line), { autoClose: 4000 });
        }
      }
    }),
    [CommandIds.changeKernel]: notebookCommand({
      models,
      tracker,
      label: trans.__('Change Kernel…'),
      caption: trans.__('Choose another kernel for the notebook'),
      run: async ({ notebookPanel }) => {
        app.shell.activateById(notebookPanel.id); // the command is about the notebook in front
        await app.commands.execute(CHANGE_KERNEL);
      }
    })
  };
}

/** The terminal command that installs a package for the kernel with this interpreter. */
function installCommand(distribution: string, python: string | null): string {
  if (python === null) {
    return `%pip install ${distribution}`;
  }
  const program = /\s/.test(python) ? `"${python}"` : python;
  return `${program} -m pip install ${distribution}`;
}
