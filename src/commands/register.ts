/** What can the user ask for? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Cell } from '@jupyterlab/cells';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';
import { namespaceIcon } from '../appearance/icons';
import { insertImports, restoreDeletedCell } from './insertText';
import { confirmAndRunPlan } from './confirmPlan';
import { showGraph } from './showGraph';
import { restartAndCheck } from './restartKernel';
import { revealCell } from './revealCell';
import type { PlanRequest } from '../protocol';
import { CommandIds, PANEL_ID, VIEWS } from '../tokens/commands';
import type { CommandId, ICellArgs, ViewName } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

export interface ICommandOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  trans: TranslationBundle;
  /** Shows another view in the panel. */
  chooseView: (view: ViewName) => void;
  /** Opens the card on an underlined name of the cell; false where none is underlined. */
  openNameCard: (cell: Cell | null) => boolean;
}

/** The commands that the palette lists. */
export const PALETTE_ITEMS: readonly { command: string; args?: ReadonlyJSONObject }[] = [
  { command: CommandIds.showPanel },
  { command: CommandIds.showPanel, args: { view: 'problems' } },
  { command: CommandIds.showGraph },
  { command: CommandIds.showNameCard },
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
export function addCommands(given: ICommandOptions): IDisposable {
  const { app, chooseView, models, openNameCard, tracker, trans } = given;
  const { commands, shell } = app;
  const notebookOf = (args: ICellArgs): NotebookPanel | null =>
    tracker.find(panel => panel.id === args.notebookId) ?? tracker.currentWidget;
  const cellIdOf = ({ notebookPanel }: INamespaceModel, args: ICellArgs): string | null => {
    const cell = notebookPanel.content.activeCell?.model;
    return args.cellId ?? (cell?.type === 'code' ? cell.id : null);
  };
  /** A command about a notebook. */
  const aboutNotebook = (
    label: string,
    caption: string,
    run: (model: INamespaceModel, args: ICellArgs) => Promise<void> | void
  ): CommandRegistry.ICommandOptions => ({
    label,
    caption,
    describedBy,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async (args: ICellArgs) => {
      const panel = notebookOf(args);
      if (panel) {
        await run(models.modelOf(panel), args);
      }
    }
  });
  /** A command that shows what would run for a cell, or for all of them, and runs it. */
  const planning = (
    target: 'all' | 'cell',
    label: string,
    mode: PlanRequest['mode']
  ): CommandRegistry.ICommandOptions =>
    aboutNotebook(label, trans.__('What would run is shown first'), async (model, args) => {
      const cellId = target === 'cell' ? cellIdOf(model, args) : null;
      if (target === 'all' || cellId !== null) {
        await confirmAndRunPlan(model, cellId, mode, trans, args.isAgreed);
      }
    });

  const options: Record<CommandId, CommandRegistry.ICommandOptions> = {
    [CommandIds.showPanel]: {
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
    },
    [CommandIds.showGraph]: aboutNotebook(
      trans.__('Show the Dependency Graph of the Notebook'),
      trans.__('Draw which cell takes names from which'),
      model => showGraph(app, model, trans)
    ),
    [CommandIds.goToCell]: {
      ...aboutNotebook(
        trans.__('Go to Cell'),
        trans.__('Show the cell in its notebook'),
        async ({ notebookPanel }, { cellId }) => {
          if (cellId !== undefined) {
            shell.activateById(notebookPanel.id);
            await revealCell(notebookPanel.content, cellId);
          }
        }
      ),
      label: ({ name }: ICellArgs) =>
        name === undefined
          ? trans.__('Go to Cell')
          : trans.__('Go to the Cell That Defines “%1”', name)
    },
    [CommandIds.showNameCard]: aboutNotebook(
      trans.__('Show the Card on an Underlined Name'),
      trans.__('Tells why the name at the cursor, or the nearest one, is missing'),
      ({ notebookPanel }) => {
        if (!openNameCard(notebookPanel.content.activeCell)) {
          const text = trans.__('No name is underlined in the active cell.');
          Notification.info(text, { autoClose: 4000 });
        }
      }
    ),
    [CommandIds.restartAndCheck]: aboutNotebook(
      trans.__('Restart the Kernel, After a Look at What That Means…'),
      trans.__('Shows what would be lost for good, and what would fail'),
      model => restartAndCheck(model, trans)
    ),
    [CommandIds.insertImports]: aboutNotebook(
      trans.__('Insert the Imports That the Cell Misses'),
      trans.__('Those that no cell above it has; nothing runs'),
      async (model, args) => {
        const cellId = cellIdOf(model, args);
        if (cellId !== null) {
          await insertImports(model, cellId, args.name, trans);
        }
      }
    ),
    [CommandIds.restoreDeletedCell]: aboutNotebook(
      trans.__('Restore the Deleted Cell That Defined a Name'),
      trans.__('With the text that ran; nothing runs'),
      async (model, { name }) => {
        if (name !== undefined) {
          await restoreDeletedCell(model, name);
        }
      }
    ),
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
    },
    [CommandIds.restoreImports]: planning(
      'all',
      trans.__('Restore the Imports of the Notebook'),
      'imports'
    ),
    [CommandIds.restoreCellImports]: planning(
      'cell',
      trans.__('Restore the Imports That the Cell Needs'),
      'imports'
    ),
    [CommandIds.runNeededCells]: planning('cell', trans.__('Run What the Cell Needs'), 'cells'),
    [CommandIds.runWithNeeded]: {
      ...planning('cell', trans.__('Run What the Cell Needs, and the Cell'), 'with_cell'),
      icon: namespaceIcon // in the cell's toolbar
    },
    [CommandIds.runDependents]: planning(
      'cell',
      trans.__('Run What Depends on the Cell'),
      'dependents'
    ),
    [CommandIds.runStaleCells]: planning(
      'all',
      trans.__('Run the Stale Cells of the Notebook'),
      'stale'
    )
  };
  const added = Object.entries(options).map(([id, one]) => commands.addCommand(id, one));
  return DisposableSet.from(added);
}
