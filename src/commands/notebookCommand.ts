/** How is a command defined that works on a notebook? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import type { ICellArgs } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

export interface INotebookCommand {
  models: INamespaceModels;
  tracker: INotebookTracker;
  label: CommandRegistry.ICommandOptions['label'];
  caption: CommandRegistry.ICommandOptions['caption'];
  icon?: CommandRegistry.ICommandOptions['icon'];
  /** Whether it can run for the notebook now; always, if left out. */
  canRun?: (model: INamespaceModel, args: ICellArgs) => boolean;
  /** Whether it would do anything now, for an item of a context menu; always, if left out. */
  isUseful?: (model: INamespaceModel, args: ICellArgs) => boolean;
  run: (model: INamespaceModel, args: ICellArgs) => Promise<void> | void;
}

/** The arguments of the commands about cells, as JSON schema. */
export const describedBy = {
  args: {
    type: 'object',
    properties: {
      notebookId: {
        type: 'string',
        description: 'The id of the notebook panel; by default the active notebook'
      },
      cellId: { type: 'string', description: 'The id of the cell; by default the active cell' },
      cellIds: {
        type: 'array',
        items: { type: 'string' },
        description: 'The ids of the cells, where the command is about several'
      },
      name: { type: 'string', description: 'The name, where the command is about one' },
      distribution: { type: 'string', description: 'What is to be installed' },
      isAgreed: { type: 'boolean', description: 'Whether to run it without showing it first' },
      isContextMenu: { type: 'boolean', description: 'Whether to hide it where it does nothing' },
      isToolbar: { type: 'boolean', description: 'Whether to show it for code cells only' }
    }
  }
};

/** A command that runs for the notebook `notebookId` of its arguments, else for the active one. */
export function notebookCommand(command: INotebookCommand): CommandRegistry.ICommandOptions {
  const { canRun, caption, icon, isUseful, label, models, run, tracker } = command;
  const panelOf = (args: ICellArgs): NotebookPanel | null =>
    tracker.find(({ id }) => id === args.notebookId) ?? tracker.currentWidget;
  return {
    label,
    caption,
    icon,
    describedBy,
    isEnabled: (args: ICellArgs) => {
      const panel = panelOf(args);
      return panel !== null && (canRun?.(models.modelOf(panel), args) ?? true);
    },
    isVisible: (args: ICellArgs) => {
      const panel = panelOf(args);
      if (args.isToolbar) {
        return panel?.content.activeCell?.model.type === 'code';
      }
      return !args.isContextMenu || !panel || (isUseful?.(models.modelOf(panel), args) ?? true);
    },
    execute: async (args: ICellArgs) => {
      const panel = panelOf(args);
      if (panel) {
        await run(models.modelOf(panel), args);
      }
    }
  };
}

/** The cells that the arguments name, else the active cell if it is a code cell. */
export function cellIdsOf(model: INamespaceModel, args: ICellArgs): string[] {
  const cellId = cellIdOf(model, args);
  return args.cellIds ?? (cellId === null ? [] : [cellId]);
}

/** The cell that the arguments name, else the active cell if it is a code cell. */
export function cellIdOf({ notebookPanel }: INamespaceModel, args: ICellArgs): string | null {
  const cell = notebookPanel.content.activeCell?.model;
  return args.cellId ?? (cell?.type === 'code' ? cell.id : null);
}
