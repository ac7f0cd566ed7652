/** How do the steps of a plan run? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Throttler } from '@lumino/polling';
import { quotedNameOf } from '../appearance/cellNames';
import type { Planned, Step } from '../protocol';
import type { INamespaceModel } from '../tokens/models';
import { toastsOf } from './toasts';
import type { NotebookToasts } from './toasts';

/** Milliseconds between two updates of the progress. */
const PROGRESS_INTERVAL = 400;

/**
 * Run the steps one after the other and show the progress, unless `isQuiet`; the user can cancel the
 * remaining steps.
 *
 * Stops at the first step that fails, and at the first for which `isCurrent` says that the notebook or
 * its kernel has changed since the plan was made.
 */
export async function runPlan(
  model: INamespaceModel,
  steps: readonly Step[],
  isCurrent: (step: Step) => boolean,
  trans: TranslationBundle,
  isQuiet = false
): Promise<void> {
  const toasts = toastsOf(model.notebookPanel);
  const progress = new Progress(toasts, isQuiet ? 0 : steps.length, trans);
  for (const [done, step] of steps.entries()) {
    if (model.isDisposed) {
      return progress.dismiss();
    }
    if (progress.isCancelled) {
      const count = steps.length - done;
      return progress.end(trans._n('%1 step cancelled.', '%1 steps cancelled.', count), 'info');
    }
    if (!isCurrent(step)) {
      const sentence = trans.__('Stopped: the notebook or its kernel has changed in the meantime.');
      return progress.end(sentence, 'warning');
    }
    const label = quotedNameOf(model.entryOf(step.cell_id));
    progress.show(done, label);
    const failure =
      step.code === null
        ? await runCell(model.notebookPanel, step, label, trans)
        : await runCode(model.notebookPanel, step, step.code, trans);
    if (failure !== null) {
      return model.isDisposed ? progress.dismiss() : progress.end(failure, 'error');
    }
  }
  progress.end(trans._n('Ran %1 step.', 'Ran %1 steps.', steps.length), 'success');
}

/**
 * The toast with the progress of a plan, and a button that cancels the rest.
 *
 * JupyterLab loses an update that arrives before it has drawn the toast. So updates are throttled.
 */
class Progress {
  constructor(
    private readonly _toasts: NotebookToasts,
    private readonly _steps: number,
    private readonly _trans: TranslationBundle
  ) {}

  isCancelled = false;

  /** Show which step is running; a step that ends soon is not shown. */
  show(done: number, label: string): void {
    if (this._steps > 1) {
      const text = this._trans.__('Running %1 of %2: %3', done + 1, this._steps, label);
      void this._throttler.invoke(text);
    }
  }

  /** Show how it ended; the success of a single step is visible in the notebook. */
  end(message: string, type: 'error' | 'info' | 'success' | 'warning'): void {
    this._throttler.dispose();
    const isTold = this._id !== null && this._toasts.end(this._id, message, type);
    if (!isTold && (this._steps > 1 || type !== 'success')) {
      this._toasts.show(message, type);
    }
  }

  /** Remove the toast. */
  dismiss(): void {
    this._throttler.dispose();
    if (this._id !== null) {
      this._toasts.dismiss(this._id);
    }
  }

  private _show = (message: string): void => {
    if (this._id === null || !this._toasts.update(this._id, message)) {
      const cancel = { label: this._trans.__('Cancel'), callback: this._cancel };
      this._id = this._toasts.show(message, 'in-progress', [cancel]);
    }
  };

  private _cancel = (event: MouseEvent): void => {
    event.preventDefault(); // keeps the toast until the current step has ended
    this.isCancelled = true;
  };

  private readonly _throttler = new Throttler(this._show, {
    limit: PROGRESS_INTERVAL,
    edge: 'trailing'
  });
  private _id: string | null = null;
}

/** Tells of a step whether its cell still has its text, in `texts`, and the notebook its kernel. */
export function unchangedSince(
  model: INamespaceModel,
  planned: Planned,
  texts: readonly (string | null)[]
): (step: Step) => boolean {
  const panel = model.notebookPanel;
  const kernelOf = (): string | undefined => panel.sessionContext.session?.kernel?.id;
  const kernelId = kernelOf();
  const generationOf = (): number => model.kernel?.generation ?? planned.generation;
  // The report on a kernel that has just started may come after a plan for it.
  const generations = [planned.generation, Math.min(generationOf(), planned.generation)];
  return step =>
    kernelOf() === kernelId &&
    // A restarted kernel keeps its id. Without a connection the generation is unknown.
    generations.includes(generationOf()) &&
    textOf(panel, step) === texts[planned.steps.indexOf(step)];
}

/** The current texts of the cells of the steps; null for a cell that was removed. */
export function textsOf(model: INamespaceModel, { steps }: Planned): (string | null)[] {
  return steps.map(step => textOf(model.notebookPanel, step));
}

function textOf(panel: NotebookPanel, step: Step): string | null {
  return cellOf(panel, step)?.model.sharedModel.getSource() ?? null;
}

function cellOf(
  panel: NotebookPanel,
  step: Step
): NotebookPanel['content']['widgets'][number] | undefined {
  return panel.content.widgets.find(cell => cell.model.id === step.cell_id);
}

/** Run a whole cell as the user does, with count and outputs; returns the failure or null. */
async function runCell(
  panel: NotebookPanel,
  step: Step,
  label: string,
  trans: TranslationBundle
): Promise<string | null> {
  const cell = cellOf(panel, step);
  const isDone =
    cell !== undefined &&
    (await NotebookActions.runCells(panel.content, [cell], panel.sessionContext));
  return isDone ? null : trans.__('Stopped: “%1” failed.', label);
}

/** Run import statements of a cell without changing the cell; returns the failure or null. */
async function runCode(
  panel: NotebookPanel,
  step: Step,
  code: string,
  trans: TranslationBundle
): Promise<string | null> {
  const content = { code, silent: false, store_history: false, stop_on_error: true };
  const kernel = panel.sessionContext.session?.kernel;
  let failure: string | null = trans.__('The kernel did not respond.');
  try {
    const reply = await kernel?.requestExecute({ ...content, allow_stdin: false }).done;
    failure = reply ? failureOf(reply.content, trans) : failure;
  } catch (error) {
    failure = error instanceof Error ? error.message : failure;
  }
  return failure && trans.__('Could not restore %1. %2', step.names.join(', '), failure);
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
