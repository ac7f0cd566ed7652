/** How do the steps of a plan run, one after the other? */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Throttler } from '@lumino/polling';
import type { Planned, Step } from '../protocol';
import type { INamespaceModel } from '../tokens/models';

/** Milliseconds for which it is said what was done. */
const NOTIFICATION_TIME = 4000;

/** Milliseconds after which it is said, and said anew, which step runs. */
const PROGRESS_INTERVAL = 400;

/**
 * Run the steps, and say how far it went; the user can cancel what has not begun.
 *
 * Stops at the first step that fails, and where `isCurrent` tells that the notebook or its kernel is
 * no longer the one that the plan was made for.
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
 * The notification that says how far a plan is, with a button that cancels the rest.
 *
 * JupyterLab loses an update that comes before it has drawn the notification: it would say for ever
 * that the first cell runs. Hence the pace, and a new notification for the end.
 */
class Progress {
  constructor(
    private readonly _steps: number,
    private readonly _trans: TranslationBundle
  ) {}

  isCancelled = false;

  /** Say that a step begins; what soon ends needs no words. */
  show(done: number, number: number | string): void {
    if (this._steps > 1) {
      const text = this._trans.__('Running %1 of %2: cell %3', done + 1, this._steps, number);
      void this._throttler.invoke(text);
    }
  }

  /** Say how it ended; a single step that went well is seen anyway. */
  end(message: string, type: 'error' | 'success' | 'warning'): void {
    this.dismiss();
    if (this._steps > 1 || type !== 'success') {
      Notification.emit(message, type, { autoClose: type === 'error' ? false : NOTIFICATION_TIME });
    }
  }

  /** Say nothing more. */
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
    event.preventDefault(); // the notification stays until the step that runs has ended
    this.isCancelled = true;
  };

  private readonly _throttler = new Throttler(this._show, {
    limit: PROGRESS_INTERVAL,
    edge: 'trailing'
  });
  private _id: string | null = null;
}

/** Tells of each step whether its cell, which said one of `texts`, and the kernel are as before. */
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
    // A kernel that restarts keeps its id; without a connection nobody would tell.
    (model.kernel === null || model.kernel.generation === planned.generation) &&
    textOf(panel, step) === texts[planned.steps.indexOf(step)];
}

/** What the cells of the steps say now; null where a cell is gone. */
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

/** Run a whole cell as if the user had, with its count and outputs; gives what went wrong. */
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

/** Run import statements of a cell without touching the cell; gives what went wrong. */
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
