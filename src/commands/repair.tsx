/** How is a plan asked for, shown, and run? */

import { Dialog, Notification, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { PlanSteps } from '../components/PlanSteps';
import type { Planned, PlanRequest, Step } from '../protocol';
import { NotConnectedError } from '../tokens';
import type { INamespaceModel } from '../tokens';

/**
 * Ask how to mend the cell `target` (all cells when it is null), show the plan, and run it if the
 * user says so. Stops at the first step that fails, and where the notebook or its kernel is no
 * longer the one that the plan was made for.
 */
export async function repair(
  model: INamespaceModel,
  target: string | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): Promise<void> {
  const planned = await requestPlan(model, target, mode, trans);
  if (!planned || model.isDisposed) {
    return;
  }
  if (planned.steps.length === 0 && planned.unresolved.length === 0) {
    Notification.info(nothingToDo(model, target, mode, trans), { autoClose: 5000 });
    return;
  }
  const { notebookPanel } = model;
  const isCurrent = snapshotOf(model, planned);
  if (!(await isConfirmed(model, planned, target, mode, trans))) {
    return;
  }
  for (const step of planned.steps) {
    if (model.isDisposed) {
      return;
    }
    if (!isCurrent(step)) {
      Notification.warning(
        trans.__('Stopped: the notebook or its kernel changed since the plan was made.')
      );
      return;
    }
    const isDone =
      step.code === null
        ? await runCell(notebookPanel, step)
        : await runCode(notebookPanel, step, step.code, trans);
    if (!isDone) {
      return;
    }
  }
}

async function requestPlan(
  model: INamespaceModel,
  target: string | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): Promise<Planned | null> {
  try {
    return await model.requestPlan(target, mode);
  } catch (error) {
    Notification.error(
      error instanceof NotConnectedError || !(error instanceof Error)
        ? trans.__('What to run cannot be told: there is no connection to the server extension.')
        : error.message
    );
    return null;
  }
}

async function isConfirmed(
  model: INamespaceModel,
  planned: Planned,
  target: string | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): Promise<boolean> {
  const position = positionOf(model, target);
  const body = ReactWidget.create(
    <PlanSteps planned={planned} cells={model.cells} trans={trans} />
  );
  body.addClass('jp-NamespaceViz-planBody');
  const result = await showDialog({
    title: titleOf(mode, position, trans),
    body,
    buttons:
      planned.steps.length > 0
        ? [Dialog.cancelButton(), Dialog.okButton({ label: okLabel(planned, trans) })]
        : [Dialog.cancelButton({ label: trans.__('Close') })]
  });
  return result.button.accept && planned.steps.length > 0;
}

/** Tells of each step whether its cell and the kernel are still as they are now. */
function snapshotOf(model: INamespaceModel, planned: Planned): (step: Step) => boolean {
  const panel = model.notebookPanel;
  const kernelOf = (): string | undefined => panel.sessionContext.session?.kernel?.id;
  const kernelId = kernelOf();
  const sources = new Map(planned.steps.map(step => [step.cell_id, sourceOf(panel, step)]));
  return step =>
    kernelOf() === kernelId &&
    // A kernel that restarts keeps its id; without a connection nobody would tell.
    (model.kernel === null || model.kernel.generation === planned.generation) &&
    sourceOf(panel, step) === sources.get(step.cell_id);
}

function sourceOf(panel: NotebookPanel, step: Step): string | null {
  return cellOf(panel, step)?.model.sharedModel.getSource() ?? null;
}

function cellOf(
  panel: NotebookPanel,
  step: Step
): NotebookPanel['content']['widgets'][number] | undefined {
  return panel.content.widgets.find(cell => cell.model.id === step.cell_id);
}

/** Run a whole cell as if the user had: with its count and outputs. */
async function runCell(panel: NotebookPanel, step: Step): Promise<boolean> {
  const cell = cellOf(panel, step);
  return cell !== undefined
    ? NotebookActions.runCells(panel.content, [cell], panel.sessionContext)
    : false;
}

/** Run import statements of a cell without touching the cell. */
async function runCode(
  panel: NotebookPanel,
  step: Step,
  code: string,
  trans: TranslationBundle
): Promise<boolean> {
  const kernel = panel.sessionContext.session?.kernel;
  if (!kernel) {
    return false;
  }
  const content = { code, silent: false, store_history: false, stop_on_error: true };
  let failure: string | null;
  try {
    const reply = await kernel.requestExecute({ ...content, allow_stdin: false }).done;
    failure = failureOf(reply.content, trans);
  } catch (error) {
    failure = error instanceof Error ? error.message : trans.__('The kernel gave no answer.');
  }
  if (failure !== null && !panel.isDisposed) {
    Notification.error(trans.__('Not restored: %1. %2', step.names.join(', '), failure));
  }
  return failure === null;
}

function failureOf(
  reply: { status: string } | { status: 'error'; ename: string; evalue: string },
  trans: TranslationBundle
): string | null {
  if (reply.status === 'ok') {
    return null;
  }
  return 'ename' in reply ? `${reply.ename}: ${reply.evalue}` : trans.__('It was interrupted.');
}

function positionOf(model: INamespaceModel, cellId: string | null): number | null {
  return model.cells.find(entry => entry.id === cellId)?.position ?? null;
}

function titleOf(
  mode: PlanRequest['mode'],
  position: number | null,
  trans: TranslationBundle
): string {
  switch (mode) {
    case 'imports':
      return position === null
        ? trans.__('Restore imports')
        : trans.__('Restore the imports that cell %1 needs', position);
    case 'cells':
      return position === null
        ? trans.__('Run what the cells need')
        : trans.__('Run what cell %1 needs', position);
    default:
      return unknownMode(mode);
  }
}

/** What the button that runs the plan says, counted: "Run 2 cells", "Run 1 import". */
function okLabel({ steps }: Planned, trans: TranslationBundle): string {
  const cells = steps.filter(step => step.code === null).length;
  const imports = steps.reduce((sum, step) => sum + importsIn(step.code), 0);
  if (imports === 0) {
    return trans._n('Run %1 cell', 'Run %1 cells', cells);
  }
  if (cells === 0) {
    return trans._n('Run %1 import', 'Run %1 imports', imports);
  }
  return trans.__('Run %1 steps', steps.length);
}

function importsIn(code: string | null): number {
  return code === null ? 0 : Math.max(1, code.match(/^\s*(import|from)\b/gm)?.length ?? 0);
}

function nothingToDo(
  model: INamespaceModel,
  target: string | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): string {
  const position = positionOf(model, target);
  if (position === null) {
    return trans.__('No import is missing from the kernel.');
  }
  return mode === 'imports'
    ? trans.__('Cell %1 misses no import.', position)
    : trans.__('Nothing has to run before cell %1.', position);
}

function unknownMode(mode: never): never {
  throw new Error(`Unknown mode ${JSON.stringify(mode)}`);
}
