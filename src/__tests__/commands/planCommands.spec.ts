import type { JupyterFrontEnd } from '@jupyterlab/application';
import { NotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { addCommands } from '../../commands/register';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import { CommandIds, remedyKey } from '../../tokens/commands';
import { openNotebook, TestConnection } from '../notebooks';
import { cellReport, need, report, until } from '../reports';

const trans = nullTranslator.load('test');

let commands: CommandRegistry;
let connection: TestConnection;
let model: NotebookNamespaceModel;
let panel: NotebookPanel;

beforeEach(async () => {
  panel = await openNotebook([
    { id: 'a', source: 'import math' },
    { id: 'b', source: 'math.pi' },
    { id: 'text', source: '# Text', type: 'markdown' }
  ]);
  connection = new TestConnection();
  model = new NotebookNamespaceModel(panel, connection, 'en');
  model.setWanted('panel', 'verdicts');
  await until(() => model.cells.length === 2);
  const tracker = new NotebookTracker({ namespace: 'test' });
  await tracker.add(panel);
  commands = new CommandRegistry();
  const app = { commands, shell: { activateById: () => undefined } };
  addCommands({
    app: app as unknown as JupyterFrontEnd,
    models: { modelOf: () => model },
    tracker,
    confirmsImports: () => false,
    trans
  });
});

afterEach(() => panel.dispose());

/** Make the cell the active one. */
function choose(cellId: string): void {
  panel.content.activeCellIndex = panel.content.widgets.findIndex(
    ({ model: { id } }) => id === cellId
  );
}

/** The labels of the items that the context menu of the active cell shows. */
function contextMenu(): string[] {
  return [
    CommandIds.runWithNeeded,
    CommandIds.runNeededCells,
    CommandIds.runDependents,
    CommandIds.restoreCellImports,
    CommandIds.insertImports
  ]
    .filter(id => commands.isVisible(id, { isContextMenu: true }))
    .map(id => commands.label(id));
}

describe('the context menu of a cell', () => {
  beforeEach(() => {
    connection.say(
      report(1, [cellReport('a'), cellReport('b', { repairs: ['cells', 'imports'] })], {
        edges: [{ provider: 'a', consumer: 'b', names: ['math'] }]
      })
    );
  });

  it('has only what would do something', () => {
    choose('a');
    expect(contextMenu()).toEqual(['Run Dependent Cells']);
    choose('b');
    expect(contextMenu()).toEqual([
      'Run Cell with Dependencies',
      'Run Dependencies',
      'Restore Imports of Cell'
    ]);
  });

  it('offers to add an import that no cell above has', () => {
    const missing = need('np', { status: 'missing', import_code: 'import numpy as np' });
    connection.say(report(1, [cellReport('b', { needs: [missing] })]));
    choose('b');
    expect(contextMenu()).toEqual(['Add Missing Imports']);
  });
});

describe("the button in the cell's toolbar", () => {
  it('is there for code cells only, and says what it does', () => {
    const isVisible = (): boolean => commands.isVisible(CommandIds.runWithNeeded, args);
    const args = { isToolbar: true };
    const changed = jest.fn();
    choose('a');
    expect(isVisible()).toBe(true);
    commands.commandChanged.connect((_, { id }) => void changed(id));
    choose('text');
    expect(isVisible()).toBe(false);
    expect(changed).toHaveBeenCalledWith(CommandIds.runWithNeeded);
    expect(commands.caption(CommandIds.runWithNeeded)).toBe(
      'Run the cells that define what this cell needs, then this cell'
    );
  });
});

describe('a plan that runs', () => {
  it('is the only one, and says which remedy it is', async () => {
    connection.say(report(1, [cellReport('a'), cellReport('b')]));
    choose('b');
    const done = commands.execute(CommandIds.restoreCellImports);
    expect(model.runningRemedy).toBe(remedyKey(CommandIds.restoreCellImports, { cellId: 'b' }));
    expect(commands.isEnabled(CommandIds.restoreImports)).toBe(false);
    await commands.execute(CommandIds.runStaleCells);
    const asked = connection.sent.filter(({ kind }) => kind === 'plan');
    expect(asked).toHaveLength(1);
    connection.become('disconnected'); // rejects the plan
    await done;
    expect(model.runningRemedy).toBeNull();
    expect(commands.isEnabled(CommandIds.restoreImports)).toBe(true);
  });
});

describe('a plan for several cells', () => {
  it('is for those of the arguments, and so is the remedy that runs', async () => {
    connection.say(report(1, [cellReport('a'), cellReport('b')]));
    const args = { cellIds: ['a', 'b'] };
    const done = commands.execute(CommandIds.runNeededCells, args);
    expect(model.runningRemedy).toBe(remedyKey(CommandIds.runNeededCells, args));
    expect(connection.sent.at(-1)).toMatchObject({ kind: 'plan', targets: ['a', 'b'] });
    connection.become('disconnected');
    await done;
  });
});

describe('every command', () => {
  it('has a label and a caption', () => {
    for (const id of commands.listCommands()) {
      expect([id, commands.label(id), commands.caption(id)]).not.toContain('');
    }
  });
});
