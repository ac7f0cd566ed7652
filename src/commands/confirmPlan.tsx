/** How is a plan requested, and shown before it runs? */

import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { quotedNameOf } from '../appearance/cellNames';
import { PlanSteps } from '../components/dialogs/PlanSteps';
import type { Planned, PlanRequest } from '../protocol';
import { NotConnectedError } from '../tokens/models';
import type { INamespaceModel } from '../tokens/models';
import { runPlan, unchangedSince, textsOf } from './runPlan';
import { toastsOf } from './toasts';

/**
 * What the user has agreed to already.
 *
 * - `nothing`: the plan is shown first
 * - `imports`: import statements run at once if nothing would still be missing afterwards; all other
 *   plans are shown first
 * - `plan`: the plan runs at once, whatever it is
 * - `always`: the same, by a setting; no message says that it runs
 */
export type Consent = 'always' | 'imports' | 'nothing' | 'plan';

/**
 * Request a plan for the cells `targets`, or for all cells if it is null, and run it if the user
 * confirms it or has consented to it before.
 *
 * If the kernel starts only after the plan was made, a new plan is requested. It is shown again if it
 * differs from the confirmed one.
 */
export async function confirmAndRunPlan(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle,
  consent: Consent = 'nothing'
): Promise<void> {
  const isAgreed = consent === 'always' || consent === 'plan';
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
      toastsOf(model.notebookPanel).show(nothingToDo(model, targets, mode, trans), 'info');
      return;
    }
    const texts = textsOf(model, planned);
    const isCurrent = unchangedSince(model, planned, texts);
    const whatRuns = JSON.stringify([planned.steps, texts]);
    const isKnown =
      isAgreed || whatRuns === agreedTo || (consent === 'imports' && isImportsOnly(planned));
    if (!isKnown && !(await isConfirmed(model, planned, targets, mode, trans))) {
      return;
    }
    if (!(await hasKernelStartedSince(model, planned))) {
      return runPlan(model, planned.steps, isCurrent, trans, consent === 'always');
    }
    agreedTo = whatRuns;
  }
}

/** Whether only import statements run, and bring back all that is missing. */
function isImportsOnly({ steps, unresolved }: Planned): boolean {
  return unresolved.length === 0 && steps.every(({ code }) => code !== null);
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
    const message =
      error instanceof NotConnectedError || !(error instanceof Error)
        ? trans.__('Nothing was run: the server extension is not connected.')
        : error.message;
    toastsOf(model.notebookPanel).show(message, 'error');
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

/** The name of the only target; null if the plan is for several cells or for all. */
function labelOf(model: INamespaceModel, targets: readonly string[] | null): string | null {
  const [only = null, ...more] = targets ?? [];
  return only === null || more.length > 0 ? null : quotedNameOf(model.entryOf(only));
}

function titleOf(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): string {
  const label = labelOf(model, targets);
  const several = targets === null ? null : trans.__('%1 Cells', targets.length);
  const cells = label === null ? several : trans.__('“%1”', label);
  switch (mode) {
    case 'imports':
      return cells === null
        ? trans.__('Restore Imports')
        : trans.__('Restore Imports of %1', cells);
    case 'cells':
      return cells === null
        ? trans.__('Run Dependencies')
        : trans.__('Run Dependencies of %1', cells);
    case 'with_cell':
      return trans.__('Run %1 with Dependencies', cells);
    case 'stale':
      return trans.__('Run Stale Cells');
    case 'dependents':
      return trans.__('Run Dependent Cells of %1', cells);
    default:
      return unknownMode(mode);
  }
}

/** The label of the button that runs the plan: "Run 2 Cells", "Run 1 Step". */
function okLabel({ steps }: Planned, trans: TranslationBundle): string {
  return steps.every(step => step.code === null)
    ? trans._n('Run %1 Cell', 'Run %1 Cells', steps.length)
    : trans._n('Run %1 Step', 'Run %1 Steps', steps.length);
}

function nothingToDo(
  model: INamespaceModel,
  targets: readonly string[] | null,
  mode: PlanRequest['mode'],
  trans: TranslationBundle
): string {
  const label = labelOf(model, targets);
  switch (mode) {
    case 'imports':
      return label === null
        ? trans.__('No imports are missing.')
        : trans.__('“%1” has no missing imports.', label);
    case 'cells':
      return label === null
        ? trans.__('Nothing needs to run.')
        : trans.__('Nothing needs to run before “%1”.', label);
    case 'with_cell':
      return trans.__('There is nothing to run.');
    case 'stale':
      return trans.__('No cells are stale.');
    case 'dependents':
      return label === null
        ? trans.__('No cells depend on them.')
        : trans.__('No cells depend on “%1”.', label);
    default:
      return unknownMode(mode);
  }
}

function unknownMode(mode: never): never {
  throw new Error(`Unknown mode ${JSON.stringify(mode)}`);
}
