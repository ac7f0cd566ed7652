/** Which plugin adds the dependency graph? */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { notebookCommand } from '../commands/notebookCommand';
import { showGraph } from '../commands/showGraph';
import { CommandIds } from '../tokens/commands';
import { INamespaceModels } from '../tokens/models';
import { newExecute } from './execute';
import { PluginIds } from './pluginIds';

/** The command that draws the graph of a notebook. */
export const graphPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIds.graph,
  description: 'Adds the command that draws the dependency graph of a notebook.',
  autoStart: true,
  requires: [INamespaceModels, INotebookTracker],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    models: INamespaceModels,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_namespace_viz');
    const execute = newExecute(app.commands, trans);
    app.commands.addCommand(
      CommandIds.showGraph,
      notebookCommand({
        models,
        tracker,
        label: trans.__('Show Dependency Graph'),
        caption: trans.__('Show which cells of the notebook depend on which'),
        run: model => showGraph(app, model, execute, trans)
      })
    );
    palette?.addItem({ command: CommandIds.showGraph, category: trans.__('Namespace') });
  }
};
