/** Which commands make a plan, and run it once the user has agreed? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { namespaceIcon } from '../appearance/icons';
import type { PlanRequest } from '../protocol';
import { CommandIds, remedyKey } from '../tokens/commands';
import type { CommandId, ICellArgs } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';
import { confirmAndRunPlan } from './confirmPlan';
import { cellIdsOf, notebookCommand } from './notebookCommand';

export interface ICommandOptions {
  app: JupyterFrontEnd;
  models: INamespaceModels;
  tracker: INotebookTracker;
  /** Whether import statements are shown before they run, as other plans are. */
  confirmsImports: () => boolean;
  trans: TranslationBundle;
}

export type Commands = Partial<Record<CommandId, CommandRegistry.ICommandOptions>>;

interface IPlanCommand {
  mode: PlanRequest['mode'];
  /** Whether the plan is for the cells of the arguments, or for all. */
  isForCell: boolean;
  label: string;
  caption: string;
  icon?: CommandRegistry.ICommandOptions['icon'];
}

/** The commands that make a plan, and run it once the user has agreed to it. */
export function planCommands(options: ICommandOptions): Commands {
  const { trans } = options;
  const plans: Partial<Record<CommandId, IPlanCommand>> = {
    [CommandIds.restoreImports]: {
      mode: 'imports',
      isForCell: false,
      label: trans.__('Restore Imports'),
      caption: trans.__('Run the import statements whose names the kernel does not have')
    },
    [CommandIds.runStaleCells]: {
      mode: 'stale',
      isForCell: false,
      label: trans.__('Run Stale Cells'),
      caption: trans.__('Run the cells whose code or input has changed since they ran')
    },
    [CommandIds.restoreCellImports]: {
      mode: 'imports',
      isForCell: true,
      label: trans.__('Restore Imports of Cell'),
      caption: trans.__('Run the import statements that the cell needs')
    },
    [CommandIds.runNeededCells]: {
      mode: 'cells',
      isForCell: true,
      label: trans.__('Run Dependencies'),
      caption: trans.__('Run the cells that define what the cell needs')
    },
    [CommandIds.runWithNeeded]: {
      mode: 'with_cell',
      isForCell: true,
      label: trans.__('Run Cell with Dependencies'),
      caption: trans.__('Run the cells that define what this cell needs, then this cell'),
      icon: ({ isToolbar }: ICellArgs) => (isToolbar ? namespaceIcon : undefined)
    },
    [CommandIds.runDependents]: {
      mode: 'dependents',
      isForCell: true,
      label: trans.__('Run Dependent Cells'),
      caption: trans.__('Run the cells that need what the cell defines')
    }
  };
  return Object.fromEntries(
    Object.entries(plans).map(([id, plan]) => [id, planCommand(id as CommandId, plan, options)])
  );
}

function planCommand(
  id: CommandId,
  { caption, icon, isForCell, label, mode }: IPlanCommand,
  { app, confirmsImports, models, tracker, trans }: ICommandOptions
): CommandRegistry.ICommandOptions {
  const targetsOf = (model: INamespaceModel, args: ICellArgs): string[] | null =>
    isForCell ? cellIdsOf(model, args) : null;
  return notebookCommand({
    models,
    tracker,
    label,
    caption,
    icon,
    // One at a time: a second plan would be made for what the first is about to change.
    canRun: (model, args) => model.runningRemedy === null && targetsOf(model, args)?.length !== 0,
    isUseful: (model, args) =>
      targetsOf(model, args)?.some(target => isPlanUseful(model, target, mode)) ?? true,
    run: async (model, args) => {
      const targets = targetsOf(model, args);
      if (model.runningRemedy !== null || targets?.length === 0) {
        return;
      }
      const consent = args.isAgreed ? 'plan' : confirmsImports() ? 'nothing' : 'imports';
      model.setRunningRemedy(remedyKey(id, { cellIds: targets ?? [] }));
      app.commands.notifyCommandChanged();
      try {
        await confirmAndRunPlan(model, targets, mode, trans, consent);
      } finally {
        model.setRunningRemedy(null);
        app.commands.notifyCommandChanged();
      }
    }
  });
}

/** Whether a plan for the cell would have anything to run, as far as the reports say. */
function isPlanUseful(model: INamespaceModel, target: string, mode: PlanRequest['mode']): boolean {
  const report = model.entryOf(target)?.report;
  if (!report) {
    return true;
  }
  switch (mode) {
    case 'imports':
    case 'cells':
      return report.repairs.includes(mode);
    case 'with_cell':
      return report.repairs.length > 0;
    case 'dependents':
      return model.edges?.some(({ provider }) => provider === target) ?? true;
    case 'stale':
      return true;
  }
}
