/** How is the graph of a notebook opened, and where? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { SplitPanel, TabPanel } from '@lumino/widgets';
import type { Widget } from '@lumino/widgets';
import { CommandIds } from '../tokens/commands';
import type { ExecuteCommand } from '../tokens/commands';
import type { INamespaceModel } from '../tokens/models';
import { toastsOf } from './toasts';

/** Where the graph can be, the best place first. The main area of Notebook 7 takes only its notebook. */
const AREAS = ['main', 'down'];

/** Where users can have put it in JupyterLab. */
const OTHER_AREAS = ['left', 'right'];

/** Show the graph next to its notebook, or below it; an open one is activated. */
export async function showGraph(
  { serviceManager, shell }: JupyterFrontEnd,
  model: INamespaceModel,
  execute: ExecuteCommand,
  trans: TranslationBundle
): Promise<void> {
  // Loaded when it is first needed: most notebooks are never drawn.
  const { graphIdOf, newGraphPanel } = await import('../graph/graphPanel');
  if (model.isDisposed) {
    return;
  }
  const { notebookPanel } = model;
  const notebookId = notebookPanel.id;
  const openGraph = (): Widget | undefined =>
    [...AREAS, ...OTHER_AREAS]
      .flatMap(area => [...shell.widgets(area)])
      .find(({ id }) => id === graphIdOf(model));
  const isNew = openGraph() === undefined;
  if (isNew) {
    const { serverSettings } = serviceManager;
    const goToCell = (cellId: string): void => execute(CommandIds.goToCell, { notebookId, cellId });
    addGraph(shell, newGraphPanel({ model, serverSettings, trans, goToCell }), notebookId);
  }
  const graph = openGraph();
  if (!graph) {
    toastsOf(notebookPanel).show(
      trans.__('There is no room for the graph in this window.'),
      'error'
    );
    return;
  }
  shell.activateById(graph.id);
  const tabs = graph.parent?.parent;
  if (tabs instanceof TabPanel) {
    tabs.currentWidget = graph; // not every shell does that
    if (isNew && tabs.parent instanceof SplitPanel) {
      tabs.parent.setRelativeSizes(tabs.parent.widgets.map(it => (it === tabs ? 2 : 3)));
    }
  }
}

/** Add the graph to the first area that takes it; without one, it is disposed. */
function addGraph(shell: JupyterFrontEnd.IShell, graph: Widget, ref: string): void {
  for (const area of AREAS) {
    if (!graph.isAttached) {
      shell.add(graph, area, { mode: 'split-right', ref, type: 'Namespace Graph' });
    }
  }
  if (!graph.isAttached) {
    graph.dispose();
  }
}
