import { NotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { NamespaceModels } from '../../model/models';
import { NamespacePanel } from '../../widgets/namespacePanel';
import { CommandIds } from '../../tokens/commands';
import type { ExecuteCommand, ViewName } from '../../tokens/commands';
import { openNotebook, TestConnection } from '../notebooks';
import { layOut } from '../layout';
import { cellReport, report, summary, until } from '../reports';

let panel: NamespacePanel;
let tracker: NotebookTracker;
let notebooks: NotebookPanel[];
let connections: TestConnection[];
let executed: [string, unknown][];
let remembered: (ViewName | boolean)[];

beforeAll(layOut);

beforeEach(async () => {
  connections = [];
  executed = [];
  remembered = [];
  const models = new NamespaceModels(() => {
    const connection = new TestConnection();
    connections.push(connection);
    return connection;
  });
  tracker = new NotebookTracker({ namespace: 'test' });
  const trans = nullTranslator.load('test');
  const rememberView = (view: ViewName): number => remembered.push(view);
  const rememberHelp = (isShown: boolean): number => remembered.push(isShown);
  const execute: ExecuteCommand = (command, args) => executed.push([command, args]);
  const runAllAbove = (): number => executed.push(['run all above', undefined]);
  panel = new NamespacePanel({
    execute,
    models,
    tracker,
    trans,
    runAllAbove,
    rememberView,
    rememberHelp
  });
  notebooks = [
    await openNotebook([{ id: 'a', source: 'import os' }]),
    await openNotebook([{ id: 'b', source: 'import re' }])
  ];
  for (const notebook of notebooks) {
    await tracker.add(notebook);
  }
});

afterEach(() => {
  panel.dispose();
  panel.dispose();
  notebooks.forEach(notebook => notebook.dispose());
});

async function attach(): Promise<void> {
  Widget.attach(panel, document.body);
  await until(() => connections.some(connection => connection.state === 'open'));
}

/** The index of the notebook that the tracker calls the current one. */
function currentIndex(): number {
  return notebooks.indexOf(tracker.currentWidget as NotebookPanel);
}

describe('the side panel', () => {
  it('has a role, a name and an icon', () => {
    expect(panel.node.getAttribute('role')).toBe('region');
    expect(panel.node.getAttribute('aria-label')).toBe('Namespace');
    expect(panel.title.caption).toBe('Namespace');
    expect(panel.title.icon).toBeDefined();
  });

  it('shows the active notebook, and another one when that becomes active', async () => {
    await attach();
    const first = currentIndex();
    const line = (): string | null | undefined => panel.node.querySelector('code')?.textContent;
    await until(() => panel.model!.cells.length === 1);
    const connection = connections.find(each => each.state === 'open');
    connection?.say(report(1, [cellReport(first === 0 ? 'a' : 'b')]));
    await until(() => line() === (first === 0 ? 'import os' : 'import re'));

    notebooks[1 - first]?.content.node.focus();
    await until(() => panel.model?.notebookPanel === notebooks[1 - first]);
    notebooks.forEach(notebook => notebook.dispose());
    await until(() => panel.model === null);
    await until(() => panel.node.textContent?.includes('No notebook is open') === true);
    expect(connections.every(connection => connection.isDisposed)).toBe(true);
  });

  it('is drawn before the page does anything else, as the marks are', async () => {
    await attach();
    await until(() => panel.model!.cells.length === 1);
    const connection = connections.find(each => each.state === 'open');
    const line = (): string | null | undefined =>
      panel.node.querySelector('.jp-NamespaceViz-summary')?.textContent;
    connection?.say(report(1, [], { summary: summary({ message: '1 cell stale' }) }));
    await Promise.resolve();
    expect(line()).toBe('1 cell stale');
  });

  it('asks for nothing while it is hidden', async () => {
    await attach();
    panel.hide();
    expect(connections.map(connection => connection.state)).not.toContain('open');
    panel.show();
    expect(connections.map(connection => connection.state)).toContain('open');
    panel.dispose();
    expect(connections.map(connection => connection.state)).not.toContain('open');
  });

  it('runs nothing by itself: its buttons ask the commands', async () => {
    await attach();
    await until(() => panel.node.querySelector('[role="toolbar"]') !== null);
    panel.node.querySelector<HTMLElement>('[role="toolbar"] button')?.click();
    expect(executed).toMatchObject([
      [CommandIds.restoreImports, { notebookId: panel.model?.notebookPanel.id }]
    ]);
  });
});
