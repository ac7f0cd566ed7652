import type { NotebookPanel } from '@jupyterlab/notebook';
import example from '../../../examples/blocked-cells-extension/src/index';
import plugins from '../../index';
import { PluginIds } from '../../plugins/pluginIds';
import { openNotebook } from '../notebooks';
import { blockedReport, cellReport, report, summary, until } from '../reports';
import { TestApplication } from './application';

let app: TestApplication;
let notebook: NotebookPanel;

beforeEach(async () => {
  app = new TestApplication();
  notebook = await openNotebook([
    { id: 'a', source: 'import math as tf' },
    { id: 'b', source: 'tf.pi' }
  ]);
  app.register(plugins.filter(({ id }) => id === PluginIds.models));
  app.register([example]);
  await app.activate(example.id);
});

afterEach(() => {
  notebook.dispose();
  app.dispose();
});

describe('the example of another extension', () => {
  it('gets the models by their token, and shows how many cells would raise', async () => {
    const text = (): string | null | undefined =>
      app.statusItems.get(example.id)?.item.node.textContent;
    expect(text()).toBe('Cells that would raise: ?');
    await app.tracker.add(notebook);
    await until(() => app.connection.sent.length > 0);
    const cells = [cellReport('a'), blockedReport('b', 'a')];
    app.connection.say(report(1, cells, { summary: summary({ blocked: 1 }) }));
    expect(text()).toBe('Cells that would raise: 1');
  });
});
