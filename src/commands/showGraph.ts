/** How is the graph of a notebook opened in the main area? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIds } from '../tokens/commands';
import type { ExecuteCommand } from '../tokens/commands';
import type { INamespaceModel } from '../tokens/models';

/** Show the graph next to its notebook; an open one is activated. */
export async function showGraph(
  { serviceManager, shell }: JupyterFrontEnd,
  model: INamespaceModel,
  execute: ExecuteCommand,
  trans: TranslationBundle
): Promise<void> {
  // Loaded when it is first needed: most notebooks are never drawn.
  const { graphIdOf, newGraphPanel } = await import('../graph/graphPanel');
  const notebookId = model.notebookPanel.id;
  const isThere = [...shell.widgets('main')].some(({ id }) => id === graphIdOf(model));
  if (!isThere && !model.isDisposed) {
    const { serverSettings } = serviceManager;
    const goToCell = (cellId: string): void => execute(CommandIds.goToCell, { notebookId, cellId });
    const panel = newGraphPanel({ model, serverSettings, trans, goToCell });
    shell.add(panel, 'main', { mode: 'split-right', ref: notebookId, type: 'Namespace Graph' });
  }
  shell.activateById(graphIdOf(model));
}
