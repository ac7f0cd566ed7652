/** How is a command defined that works on a notebook? */

import type { INotebookTracker } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import type { ICellArgs } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

export interface INotebookCommand {
  models: INamespaceModels;
  tracker: INotebookTracker;
  label: CommandRegistry.ICommandOptions['label'];
  caption: string;
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
      isAgreed: { type: 'boolean', description: 'Whether to run it without showing it first' }
    }
  }
};

/** A command that runs for the notebook `notebookId` of its arguments, else for the active one. */
export function notebookCommand(command: INotebookCommand): CommandRegistry.ICommandOptions {
  const { caption, label, models, run, tracker } = command;
  return {
    label,
    caption,
    describedBy,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async (args: ICellArgs) => {
      const panel = tracker.find(({ id }) => id === args.notebookId) ?? tracker.currentWidget;
      if (panel) {
        await run(models.modelOf(panel), args);
      }
    }
  };
}
