/** How do the steps of a plan run? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Throttler } from '@lumino/polling';
import type { Planned, Step } from '../protocol';
import type { INamespaceModel } from '../tokens/models';

/** Milliseconds for which the final notification is shown. */
const NOTIFICATION_TIME = 4000;

/** Milliseconds between two updates of the progress. */
const PROGRESS_INTERVAL = 400;

/**
 * Run the steps one after the other and show the progress; the user can cancel the remaining steps.
 *
 * Stops at the first step that fails, and at the first for which `isCurrent` says that the notebook or
 * its kernel has changed since the plan was made.
 */
export async function runPlan(
  model: INamespaceModel,
  steps: readonly Step[],
  isCurrent: (step: Step) => boolean,
  trans: TranslationBundle
): Promise<void> {
  const progress = new Progress(steps.length, trans);
  for (const [done, step] of steps.entries()) {
    if (model.isDisposed) {
      return progress.dismiss();
    }
    if (progress.isCancelled) {
      return progress.end(trans.__('Cancelled. %1', ranSentence(done, trans)), 'warning');
    }
    if (!isCurrent(step)) {
      const sentence = trans.__(
        'Stopped: the notebook or its kernel changed since the plan was made.'
      );
      return progress.end(sentence, 'warning');
    }
    const number = model.entryOf(step.cell_id)?.number ?? '?';
    progress.show(done, number);
    const failure =
      step.code === null
        ? await runCell(model.notebookPanel, step, number, trans)
        : await runCode(model.notebookPanel, step, step.code, trans);
    if (failure !== null) {
      const sentence = done > 0 ? `${failure} ${ranSentence(done, trans)}` : failure;
      return model.isDisposed ? progress.dismiss() : progress.end(sentence, 'error');
    }
  }
  progress.end(ranSentence(steps.length, trans), 'success');
}

function ranSentence(count: number, trans: TranslationBundle): string {
  return trans._n('%1 step ran.', '%1 steps ran.', count);
}

/**
 * The notification with the progress of a plan, and a button that cancels the rest.
 *
 * JupyterLab loses an update that arrives before it has drawn the notification, which would then show
 * the first step for ever. So updates are throttled, and the end has a notification of its own.
 */
class Progress {
  constructor(
    private readonly _steps: number,
    private readonly _trans: TranslationBundle
  ) {}

  isCancelled = false;

  /** Show which step is running; a step that ends soon is not shown. */
  show(done: number, number: number | string): void {
    if (this._steps > 1) {
      const text = this._trans.__('Running %1 of %2: cell %3', done + 1, this._steps, number);
      void this._throttler.invoke(text);
    }
  }

  /** Show how it ended; the success of a single step is visible in the notebook. */
  end(message: string, type: 'error' | 'success' | 'warning'): void {
    this.dismiss();
    if (this._steps > 1 || type !== 'success') {
      Notification.emit(message, type, { autoClose: type === 'error' ? false : NOTIFICATION_TIME });
    }
  }

  /** Remove the notification. */
  dismiss(): void {
    this._throttler.dispose();
    if (this._id !== null) {
      Notification.dismiss(this._id);
    }
  }

  private _show = (message: string): void => {
    if (this._id === null) {
      const cancel = { label: this._trans.__('Cancel the rest'), callback: this._cancel };
      const options = { autoClose: false as const, actions: [cancel] };
      this._id = Notification.emit(message, 'in-progress', options);
    } else {
      Notification.update({ id: this._id, message });
    }
  };

  private _cancel = (event: MouseEvent): void => {
    event.preventDefault(); // keeps the notification until the current step has ended
    this.isCancelled = true;
  };

  private readonly _throttler = new Throttler(this._show, {
    limit: PROGRESS_INTERVAL,
    edge: 'trailing'
  });
  private _id: string | null = null;
}

/** A function that checks for a step whether its cell's text, in `texts`, and the kernel are unchanged. */
export function snapshotOf(
  model: INamespaceModel,
  planned: Planned,
  texts: readonly (string | null)[]
): (step: Step) => boolean {
  const panel = model.notebookPanel;
  const kernelOf = (): string | undefined => panel.sessionContext.session?.kernel?.id;
  const kernelId = kernelOf();
  return step =>
    kernelOf() === kernelId &&
    // A restarted kernel keeps its id. Without a connection the generation is unknown.
    (model.kernel === null || model.kernel.generation === planned.generation) &&
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
  number: number | string,
  trans: TranslationBundle
): Promise<string | null> {
  const cell = cellOf(panel, step);
  const isDone =
    cell !== undefined &&
    (await NotebookActions.runCells(panel.content, [cell], panel.sessionContext));
  return isDone ? null : trans.__('Stopped: cell %1 failed.', number);
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
  let failure: string | null = trans.__('The kernel gave no answer.');
  try {
    const reply = await kernel?.requestExecute({ ...content, allow_stdin: false }).done;
    failure = reply ? failureOf(reply.content, trans) : failure;
  } catch (error) {
    failure = error instanceof Error ? error.message : failure;
  }
  return failure && trans.__('Not restored: %1. %2', step.names.join(', '), failure);
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
