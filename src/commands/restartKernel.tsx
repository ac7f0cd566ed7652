/** How does the user see what a restart of the kernel means before it happens? */

import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { RestartCheck } from '../components/dialogs/RestartCheck';
import type { INamespaceModel } from '../tokens/models';
import { toastsOf } from './toasts';

/** Milliseconds to wait for the details, which only an open panel has already. */
const DETAILS_TIMEOUT = 10_000;

/** Show what would be lost and what would fail, and restart the kernel if the user confirms it. */
export async function restartAndCheck(
  model: INamespaceModel,
  trans: TranslationBundle
): Promise<void> {
  const body = await bodyOf(model, trans);
  if (!body) {
    toastsOf(model.notebookPanel).show(
      trans.__('The restart was not checked: the server extension is not responding.'),
      'error'
    );
    return;
  }
  body.addClass('jp-NamespaceViz-planBody');
  const runAll = trans.__('Restart and Run All Cells');
  const { button } = await showDialog({
    title: trans.__('Restart Kernel?'),
    body,
    defaultButton: 0, // an early press of Enter must not restart it
    buttons: [
      Dialog.cancelButton(),
      Dialog.warnButton({ label: trans.__('Restart') }),
      Dialog.warnButton({ label: runAll })
    ]
  });
  const { content, sessionContext } = model.notebookPanel;
  if (button.accept && !model.isDisposed) {
    await sessionContext.restartKernel();
    if (button.label === runAll) {
      await NotebookActions.runAll(content, sessionContext);
    }
  }
}

async function bodyOf(
  model: INamespaceModel,
  trans: TranslationBundle
): Promise<ReactWidget | null> {
  model.setWanted('restart', 'everything');
  try {
    await detailsOf(model);
    const { cells, forecast, names } = model;
    return names && forecast
      ? ReactWidget.create(
          <RestartCheck cells={cells} names={names} forecast={forecast} trans={trans} />
        )
      : null;
  } finally {
    model.setWanted('restart', 'nothing');
  }
}

/** Resolves when the model has the details, or after a timeout. */
function detailsOf(model: INamespaceModel): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (model.isDisposed || (model.names && model.forecast)) {
        end();
      }
    };
    const end = (): void => {
      clearTimeout(timer);
      model.stateChanged.disconnect(check);
      resolve();
    };
    const timer = setTimeout(end, DETAILS_TIMEOUT);
    model.stateChanged.connect(check);
    check();
  });
}
