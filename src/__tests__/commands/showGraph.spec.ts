import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { Panel, Widget } from '@lumino/widgets';
import { showGraph } from '../../commands/showGraph';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import { openNotebook, TestConnection } from '../notebooks';

const trans = nullTranslator.load('test');

let model: NotebookNamespaceModel;
let panel: NotebookPanel;
let areas: Map<string, Panel>;
let offered: Set<Widget>;
let activated: string[];

/** A frontend that takes widgets in these areas only. */
function frontend(...names: string[]): JupyterFrontEnd {
  areas = new Map(names.map(name => [name, new Panel()]));
  areas.forEach(area => Widget.attach(area, document.body));
  const shell = {
    add: (widget: Widget, area: string) => {
      offered.add(widget);
      areas.get(area)?.addWidget(widget);
    },
    activateById: (id: string) => activated.push(id),
    widgets: (area: string) => areas.get(area)?.widgets ?? []
  };
  return { shell, serviceManager: { serverSettings: {} } } as unknown as JupyterFrontEnd;
}

beforeEach(async () => {
  panel = await openNotebook([{ id: 'a', source: 'x = 1' }]);
  model = new NotebookNamespaceModel(panel, new TestConnection(), 'en');
  offered = new Set();
  activated = [];
});

afterEach(() => {
  Notification.dismiss();
  panel.dispose();
  areas.forEach(area => area.dispose());
});

describe('the graph', () => {
  it.each([
    ['main', ['main', 'down']],
    ['down', ['down']]
  ])('opens once, in the area %s of a frontend with %j', async (area, names) => {
    const app = frontend(...names);
    await showGraph(app, model, () => undefined, trans);
    await showGraph(app, model, () => undefined, trans);
    const [graph] = offered;
    expect(offered.size).toBe(1);
    expect(areas.get(area)?.widgets).toEqual([graph]);
    expect(activated).toEqual([graph?.id, graph?.id]);
  });

  it('says where there is no room for it, and leaves nothing behind', async () => {
    await showGraph(frontend(), model, () => undefined, trans);
    expect([...offered].map(({ isDisposed }) => isDisposed)).toEqual([true]);
    expect(Notification.manager.notifications).toHaveLength(1);
    expect(activated).toEqual([]);
  });
});
