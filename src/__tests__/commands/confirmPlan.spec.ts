import { Dialog, Notification } from '@jupyterlab/apputils';
import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { acceptDialog, dismissDialog } from '@jupyterlab/testing';
import { nullTranslator } from '@jupyterlab/translation';
import { confirmAndRunPlan } from '../../commands/confirmPlan';
import { NotebookNamespaceModel } from '../../model/notebookModel';
import type { Planned, Step } from '../../protocol';
import { openNotebook, TestConnection } from '../notebooks';
import { cellReport, kernel, report, until } from '../reports';

const trans = nullTranslator.load('test');

let panel: NotebookPanel;
let connection: TestConnection;
let model: NotebookNamespaceModel;
/** What ran, in order: the ids of cells, and code. */
let ran: string[];
/** The ids of cells whose run fails. */
let failing: string[];
/** Called whenever a cell runs. */
let onRun: () => Promise<void> | void;
let mocks: jest.SpyInstance[];
let reply: { status: string; ename?: string; evalue?: string };

function step(cell_id: string, code: string | null = null): Step {
  const why = 'Cell 3 needs `tf`.';
  return { cell_id, code, names: ['tf'], why, effects: [] };
}

/** Answer the request for a plan. */
async function plan(
  steps: Step[],
  unresolved: Planned['unresolved'] = [],
  generation = 1
): Promise<void> {
  await until(() => connection.sent.some(message => message.kind === 'plan'));
  const [request] = connection.sent.splice(0).filter(message => message.kind === 'plan');
  if (request) {
    connection.say({
      kind: 'planned',
      request_id: request.request_id,
      generation,
      steps,
      unresolved
    });
  }
}

/** The dialog, once its body is rendered, which comes last. */
async function shownDialog(): Promise<Element> {
  await until(() => Boolean(document.querySelector('.jp-Dialog-content .jp-NamespaceViz-plan')));
  await until(() => Boolean(document.querySelector('.jp-Dialog-header')?.textContent));
  return document.querySelector('.jp-Dialog')!;
}

/** The messages without the name of the notebook, with which each begins. */
function messages(): string[] {
  const start = `${panel.title.label}: `;
  return Notification.manager.notifications.map(({ message }) => {
    expect(message.startsWith(start)).toBe(true);
    return message.slice(start.length);
  });
}

beforeEach(async () => {
  panel = await openNotebook([
    { id: 'a', source: 'import math as tf' },
    { id: 'b', source: 'x = tf.pi' },
    { id: 'c', source: 'print(x)' }
  ]);
  connection = new TestConnection();
  model = new NotebookNamespaceModel(panel, connection, 'en');
  model.setWanted('panel', 'everything');
  await until(() => model.cells.length === 3);
  connection.say(
    report(
      1,
      ['a', 'b', 'c'].map(id => cellReport(id))
    )
  );
  ran = [];
  failing = [];
  onRun = () => undefined;
  reply = { status: 'ok' };
  const runCells = jest.spyOn(NotebookActions, 'runCells').mockImplementation(async (_, cells) => {
    ran.push(...cells.map(cell => cell.model.id));
    await onRun();
    return cells.every(cell => !failing.includes(cell.model.id));
  });
  const connected = panel.sessionContext.session!.kernel!;
  const requestExecute = jest.spyOn(connected, 'requestExecute').mockImplementation(content => {
    expect(content).toMatchObject({ silent: false, store_history: false, stop_on_error: true });
    ran.push(content.code);
    const done = Promise.resolve({ content: reply });
    return { done } as unknown as ReturnType<Kernel.IKernelConnection['requestExecute']>;
  });
  mocks = [runCells, requestExecute];
});

afterEach(() => {
  Notification.dismiss();
  Dialog.flush();
  mocks.forEach(mock => mock.mockRestore());
  panel.dispose();
});

describe('a plan that fixes something', () => {
  it('shows its plan first and runs nothing when the user says no', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b')]);
    const dialog = await shownDialog();
    expect(dialog.textContent).toContain('Run Dependencies of “print(x)”');
    expect(dialog.querySelector('.jp-mod-accept')?.textContent).toBe('Run 2 Cells');
    expect(ran).toEqual([]);
    await dismissDialog();
    await done;
    expect(ran).toEqual([]);
  });

  it('runs the steps in order, cells as cells and imports as code', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a', 'import math as tf'), step('b')]);
    await acceptDialog();
    await done;
    expect(ran).toEqual(['import math as tf', 'b']);
    expect(messages()).toEqual(['Ran 2 steps.']);
  });

  it('says how far it is, and leaves out what the user cancels', async () => {
    let told: string[] = [];
    onRun = async () => {
      await until(() => messages().length > 0);
      told = messages();
      const [progress] = Notification.manager.notifications;
      progress?.options.actions?.[0]?.callback(new MouseEvent('click'));
    };
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b'), step('c')]);
    await acceptDialog();
    await done;
    expect(told).toEqual(['Running 1 of 3: import math as tf']);
    expect(ran).toEqual(['a']);
    await until(() => !messages().includes(told[0] ?? '')); // the same toast says how it ended
    expect(messages()).toEqual(['2 steps cancelled.']);
  });

  it('stops at the first cell that fails', async () => {
    failing = ['a'];
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b')]);
    await acceptDialog();
    await done;
    expect(ran).toEqual(['a']);
    expect(messages()).toEqual(['Stopped: “import math as tf” failed.']);
  });

  it('stops at the first import that fails, and names it and the error', async () => {
    reply = { status: 'error', ename: 'ModuleNotFoundError', evalue: "No module named 'tf'" };
    const done = confirmAndRunPlan(model, null, 'imports', trans);
    await plan([step('a', 'import tf'), step('b', 'import os')]);
    const dialog = await shownDialog();
    expect(dialog.querySelector('.jp-mod-accept')?.textContent).toBe('Run 2 Steps');
    await acceptDialog();
    await done;
    expect(ran).toEqual(['import tf']);
    expect(messages()).toEqual(["Could not restore tf. ModuleNotFoundError: No module named 'tf'"]);
  });

  it('stops where the notebook changed since the plan was made', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b')]);
    await shownDialog();
    panel.content.widgets[0]?.model.sharedModel.setSource('rm()');
    await acceptDialog();
    await done;
    expect(ran).toEqual([]);
    expect(messages()).toEqual([
      'Stopped: the notebook or its kernel has changed in the meantime.'
    ]);
  });

  it('stops where the kernel was restarted since the plan was made', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b')]);
    await shownDialog();
    connection.say(report(1, [], { kernel: kernel({ generation: 2 }) }));
    await acceptDialog();
    await done;
    expect(ran).toEqual([]);
    expect(messages()).toEqual([
      'Stopped: the notebook or its kernel has changed in the meantime.'
    ]);
  });

  it('runs where the report on the kernel comes after the plan', async () => {
    connection.say(report(1, [], { kernel: kernel({ generation: 0, state: 'none' }) }));
    const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
    await plan([step('a'), step('b')]);
    await shownDialog();
    await acceptDialog();
    await done;
    expect(ran).toEqual(['a', 'b']);
  });

  describe('that was planned before the kernel came', () => {
    it('is planned again, and runs if it is the plan that the user confirmed', async () => {
      const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
      await plan([step('a'), step('b')], [], 0);
      await acceptDialog();
      await plan([step('a'), step('b')]);
      await done;
      expect(ran).toEqual(['a', 'b']);
    });

    it('is shown again where it is another', async () => {
      const done = confirmAndRunPlan(model, ['c'], 'cells', trans);
      await plan([step('a'), step('b')], [], 0);
      await acceptDialog();
      await plan([step('b')]);
      const dialog = await shownDialog();
      expect(dialog.querySelector('.jp-mod-accept')?.textContent).toBe('Run 1 Cell');
      expect(ran).toEqual([]);
      await dismissDialog();
      await done;
      expect(ran).toEqual([]);
    });
  });

  it('that nothing can run for says why, and has nothing to accept', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'imports', trans);
    await plan([], [{ name: 'tf', reason: 'No cell defines it.' }]);
    const dialog = await shownDialog();
    expect(dialog.textContent).toContain('No cell defines it.');
    expect(dialog.querySelectorAll('.jp-Dialog-footer button')).toHaveLength(1);
    await dismissDialog();
    await done;
    expect(ran).toEqual([]);
  });

  it('for several cells says in its title for how many', async () => {
    const done = confirmAndRunPlan(model, ['b', 'c'], 'cells', trans);
    await plan([step('a')]);
    const dialog = await shownDialog();
    expect(dialog.querySelector('.jp-Dialog-header')?.textContent).toBe(
      'Run Dependencies of 2 Cells'
    );
    await dismissDialog();
    await done;
  });

  it('that is not needed says so without a dialog', async () => {
    const done = confirmAndRunPlan(model, ['c'], 'imports', trans);
    await plan([]);
    await done;
    expect(messages()).toEqual(['“print(x)” has no missing imports.']);
  });

  describe('of imports that the user has agreed to', () => {
    it('runs at once where nothing else runs, and nothing is missing afterwards', async () => {
      const done = confirmAndRunPlan(model, null, 'imports', trans, 'imports');
      await plan([step('a', 'import math as tf')]);
      await done;
      expect(ran).toEqual(['import math as tf']);
    });

    it.each([
      ['a whole cell runs too', [step('a', 'import math as tf'), step('b')], []],
      [
        'something is missing afterwards',
        [step('a', 'import math as tf')],
        [{ name: 'x', reason: 'No cell defines it.' }]
      ]
    ])('is shown first where %s', async (_, steps, unresolved) => {
      const done = confirmAndRunPlan(model, null, 'imports', trans, 'imports');
      await plan(steps, unresolved);
      await shownDialog();
      expect(ran).toEqual([]);
      await dismissDialog();
      await done;
      expect(ran).toEqual([]);
    });
  });

  it('that a setting runs says nothing', async () => {
    const done = confirmAndRunPlan(model, null, 'imports', trans, 'always');
    await plan([step('a', 'import math as tf'), step('b', 'import os')]);
    await done;
    expect(ran).toEqual(['import math as tf', 'import os']);
    expect(messages()).toEqual([]);
  });

  it('without a connection says so', async () => {
    connection.become('disconnected');
    await confirmAndRunPlan(model, null, 'imports', trans);
    expect(messages()).toEqual(['Nothing was run: the server extension is not connected.']);
  });
});
