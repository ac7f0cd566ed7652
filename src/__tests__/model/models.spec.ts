import { NamespaceModels } from '../../model/models';
import { openNotebook, TestConnection } from '../notebooks';
import { until } from '../reports';

let connections: TestConnection[];
let models: NamespaceModels;

beforeEach(() => {
  connections = [];
  models = new NamespaceModels(() => {
    connections.push(new TestConnection());
    return connections[connections.length - 1]!;
  });
});

describe('a model', () => {
  it('is one per notebook panel, disposed with it, and twice is no harm', async () => {
    const panel = await openNotebook([{ id: 'a', source: 'import os' }]);
    const one = models.modelOf(panel);
    expect(models.modelOf(panel)).toBe(one);
    panel.dispose();
    expect(one.isDisposed).toBe(true);
    expect(connections.map(each => each.isDisposed)).toEqual([true]);
    one.dispose();
    one.setWanted('panel', 'everything');
    one.refresh();
  });

  it('requests everything as long as any watcher wants it, of whatever extension', async () => {
    const panel = await openNotebook([{ id: 'a', source: 'import os' }]);
    const model = models.modelOf(panel);
    const [connection] = connections;
    const levels = (): (boolean | undefined)[] =>
      connection!.takeUpdates().map(({ in_full }) => in_full);
    model.setWanted('marks', 'verdicts');
    await until(() => connection!.sent.length > 0);
    expect(levels()).toEqual([false]);
    model.setWanted('my-extension:plugin', 'everything');
    model.setWanted('marks', 'nothing');
    expect(levels()).toEqual([true]);
    model.setWanted('my-extension:plugin', 'verdicts');
    expect(levels()).toEqual([false]);
    panel.dispose();
  });
});
