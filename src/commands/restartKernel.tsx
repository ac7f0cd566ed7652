/** How does the user see what a restart of the kernel means before it happens? */

import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { RestartCheck } from '../components/dialogs/RestartCheck';
import type { INamespaceModel } from '../tokens/models';
import { withDetails } from './details';
import { toastsOf } from './toasts';

/** Show what would be lost and what would fail, and restart the kernel if the user confirms it. */
export async function restartAndCheck(
  model: INamespaceModel,
  trans: TranslationBundle
): Promise<void> {
  const body = await withDetails(model, 'restart', () => bodyOf(model, trans));
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

function bodyOf(
  { cells, forecast, names }: INamespaceModel,
  trans: TranslationBundle
): ReactWidget | null {
  return names && forecast
    ? ReactWidget.create(
        <RestartCheck cells={cells} names={names} forecast={forecast} trans={trans} />
      )
    : null;
}
