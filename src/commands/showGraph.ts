/** How is the graph of a notebook opened, and where? */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { TabPanel } from '@lumino/widgets';
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
  const newGraph = (): Widget => {
    const { serverSettings } = serviceManager;
    const notebookId = notebookPanel.id;
    const goToCell = (cellId: string): void => execute(CommandIds.goToCell, { notebookId, cellId });
    return newGraphPanel({ model, serverSettings, trans, goToCell });
  };
  const open = [...AREAS, ...OTHER_AREAS]
    .flatMap(area => [...shell.widgets(area)])
    .find(({ id }) => id === graphIdOf(model));
  const graph = open ?? newGraph();
  for (const area of AREAS) {
    if (!graph.isAttached) {
      const ref = notebookPanel.id;
      shell.add(graph, area, { mode: 'split-right', ref, type: 'Namespace Graph' });
    }
  }
  if (!graph.isAttached) {
    graph.dispose();
    toastsOf(notebookPanel).show(
      trans.__('There is no room for the graph in this window.'),
      'error'
    );
    return;
  }
  chooseTabOf(graph);
  shell.activateById(graph.id);
}

/** Bring the widget to the front of the tabs that it is in, which not every shell does. */
function chooseTabOf(widget: Widget): void {
  const tabs = widget.parent?.parent;
  if (tabs instanceof TabPanel) {
    tabs.currentWidget = widget;
  }
}
