/** How is a plan requested, and shown before it runs? */

import { Dialog, Notification, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { PlanSteps } from '../components/dialogs/PlanSteps';
import type { Planned, PlanRequest } from '../protocol';
import { NotConnectedError } from '../tokens/models';
import type { INamespaceModel } from '../tokens/models';
import { runPlan, snapshotOf, textsOf } from './runPlan';

/**
 * Request a plan for the cells `targets`, or for all cells if it is null, and run it if the user
 * confirms it. With `isAgreed` it runs without being shown.
 *
 * If the kernel starts only after the plan was made, a new plan is requested. It is shown again if it
 * differs from the confirmed one.
 */
export async function confirmAndRunPlan(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle,
  isAgreed = false
): Promise<void> {
  let agreedTo: string | null = null;
  for (;;) {
    const planned = await requestPlan(model, targets, mode, trans);
    if (!planned || model.isDisposed) {
      return;
    }
    if (planned.steps.length === 0 && isAgreed) {
      return; // no user waits for an answer
    }
    if (planned.steps.length === 0 && planned.unresolved.length === 0) {
      Notification.info(nothingToDo(model, targets, mode, trans), { autoClose: 5000 });
      return;
    }
    const texts = textsOf(model, planned);
    const isCurrent = snapshotOf(model, planned, texts);
    const whatRuns = JSON.stringify([planned.steps, texts]);
    const isKnown = isAgreed || whatRuns === agreedTo;
    if (!isKnown && !(await isConfirmed(model, planned, targets, mode, trans))) {
      return;
    }
    if (!(await hasKernelStartedSince(model, planned))) {
      return runPlan(model, planned.steps, isCurrent, trans);
    }
    agreedTo = whatRuns;
  }
}

/** Whether the plan was made without a kernel and there is one now; waits for one that is starting. */
async function hasKernelStartedSince(model: INamespaceModel, planned: Planned): Promise<boolean> {
  const { sessionContext } = model.notebookPanel;
  if (model.isKernelPending) {
    await sessionContext.ready;
  }
  return planned.generation === 0 && Boolean(sessionContext.session?.kernel);
}

async function requestPlan(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): Promise<Planned | null> {
  try {
    return await model.requestPlan(targets, mode);
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
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): Promise<boolean> {
  const body = ReactWidget.create(
    <PlanSteps planned={planned} cells={model.cells} trans={trans} />
  );
  body.addClass('jp-NamespaceViz-planBody');
  const result = await showDialog({
    title: titleOf(model, targets, mode, trans),
    body,
    buttons:
      planned.steps.length > 0
        ? [Dialog.cancelButton(), Dialog.okButton({ label: okLabel(planned, trans) })]
        : [Dialog.cancelButton({ label: trans.__('Close') })]
  });
  return result.button.accept && planned.steps.length > 0;
}

/** The cell or cells in a sentence: "cell 3", "5 cells". */
function cellsInWords(
  model: INamespaceModel,
  targets: readonly string[] | null,
  trans: TranslationBundle
): string {
  const [first = null, ...more] = targets ?? [];
  return more.length === 0
    ? trans.__('cell %1', model.entryOf(first)?.number ?? '?')
    : trans.__('%1 cells', more.length + 1);
}

function titleOf(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): string {
  const cells = cellsInWords(model, targets, trans);
  switch (mode) {
    case 'imports':
      return targets === null
        ? trans.__('Restore imports')
        : trans._n(
            'Restore the imports that %2 needs',
            'Restore the imports that %2 need',
            targets.length,
            cells
          );
    case 'cells':
      return targets === null
        ? trans.__('Run what the cells need')
        : trans._n('Run what %2 needs', 'Run what %2 need', targets.length, cells);
    case 'with_cell':
      return trans.__('Run what %1 needs, and the cell', cells);
    case 'stale':
      return trans.__('Run the stale cells');
    case 'dependents':
      return trans.__('Run what depends on %1', cells);
    default:
      return unknownMode(mode);
  }
}

/** The label of the button that runs the plan: "Run 2 cells", "Run 1 import". */
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
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): string {
  const cells = cellsInWords(model, targets, trans);
  switch (mode) {
    case 'imports':
      return targets === null
        ? trans.__('No import is missing from the kernel.')
        : trans.__('No import is missing for %1.', cells);
    case 'cells':
      return trans.__('Nothing has to run before %1.', cells);
    case 'with_cell':
      return trans.__('There is nothing to run.');
    case 'stale':
      return trans.__('No cell is out of date.');
    case 'dependents':
      return trans.__('No cell depends on %1.', cells);
    default:
      return unknownMode(mode);
  }
}

function unknownMode(mode: never): never {
  throw new Error(`Unknown mode ${JSON.stringify(mode)}`);
}
