import type { NotebookPanel } from '@jupyterlab/notebook';
import plugins from '../../index';
import { PluginIds } from '../../plugins/pluginIds';
import { CommandIds, PANEL_ID } from '../../tokens/commands';
import { openNotebook } from '../notebooks';
import {
  blockedReport,
  cellReport,
  kernel,
  problem,
  problemsMessage,
  report,
  until
} from '../reports';
import { TestApplication } from './application';

/** A notebook that is long enough for the minimap; its second cell is blocked. */
const CELLS = Array.from({ length: 20 }, (_, index) => ({
  id: `c${index}`,
  source: index === 0 ? 'import math as tf' : 'tf.pi'
}));

let app: TestApplication;
let notebook: NotebookPanel;

/** What each plugin does once the kernel was restarted: whether it can be seen. */
const SIGNS: Record<string, () => boolean> = {
  [PluginIds.panel]: () =>
    app.widgets.some(([area, { id }]) => area === 'right' && id === PANEL_ID) &&
    app.commands.hasCommand(CommandIds.showPanel),
  [PluginIds.marks]: () => notebook.node.querySelector('[role="note"]') !== null,
  [PluginIds.underlines]: () =>
    notebook.node.querySelector('.jp-NamespaceViz-underline') !== null &&
    app.commands.hasCommand(CommandIds.showNameCard),
  [PluginIds.minimap]: () =>
    notebook.node.querySelector('[aria-label="Cells that need attention"] button') !== null,
  [PluginIds.status]: () => [...app.statusItems.values()].some(item => item.isActive?.() === true),
  [PluginIds.commands]: () => app.commands.hasCommand(CommandIds.goToCell),
  [PluginIds.graph]: () => app.commands.hasCommand(CommandIds.showGraph),
  [PluginIds.restoreImports]: () => app.connection.sent.some(({ kind }) => kind === 'plan'),
  [PluginIds.visibility]: () => app.commands.hasCommand(CommandIds.hideMarks)
};

/** Activate all plugins but one, open a notebook, and restart its kernel. */
async function activateAllBut(disabled: string): Promise<void> {
  app.register(plugins.filter(({ id }) => id !== disabled));
  for (const { id } of plugins.filter(({ id }) => id !== disabled)) {
    await app.activate(id);
  }
  await app.tracker.add(notebook);
  const { connection } = app;
  await until(() => connection.sent.some(({ kind }) => kind === 'update'));
  const blocked = blockedReport('c1', 'c0');
  const [need] = blocked.needs;
  const cell = { ...blocked, needs: [{ ...need!, line: 1 }] };
  const rest = CELLS.slice(2).map(({ id }) => cellReport(id));
  const problems = [problem('missing_import', { names: ['tf'], cells: ['c1'] })];
  connection.say(report(1, [cellReport('c0'), cell, ...rest]));
  connection.say(problemsMessage({ now: problems }));
  connection.say(report(2, [], { kernel: kernel({ generation: 2 }) }));
  await notebook.content.widgets[1]?.ready;
}

function signs(): string[] {
  return Object.entries(SIGNS)
    .filter(([, isSeen]) => isSeen())
    .map(([id]) => id);
}

beforeEach(async () => {
  app = new TestApplication('{ "restoreImports": true }');
  notebook = await openNotebook(CELLS);
});

afterEach(() => {
  notebook.dispose();
  app.dispose();
});

describe('without the plugin', () => {
  it.each(Object.keys(SIGNS))('%s all others do their work', async disabled => {
    await activateAllBut(disabled);
    const others = Object.keys(SIGNS).filter(id => id !== disabled);
    await until(() => others.every(id => SIGNS[id]!()));
    expect(signs()).toEqual(others);
  });

  it('that provides the models no other can start', async () => {
    app.register(plugins.filter(({ id }) => id !== PluginIds.models));
    for (const id of Object.keys(SIGNS)) {
      await expect(app.activate(id)).rejects.toThrow('jupyter-namespace-viz:INamespaceModels');
    }
  });
});
