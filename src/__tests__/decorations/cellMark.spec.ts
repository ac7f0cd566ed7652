import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookMarks } from '../../decorations/notebookMarks';
import { CommandIds } from '../../tokens/commands';
import { blockedReport, cellReport, report, until } from '../reports';
import { openDecorated } from './decorated';
import type { IDecorated } from './decorated';

let connection: IDecorated['connection'];
let decorations: IDecorated['decorations'];
let fixed: IDecorated['fixed'];
let model: IDecorated['model'];
let panel: IDecorated['panel'];

beforeEach(async () => {
  ({ connection, decorations, fixed, model, panel } = await openDecorated(
    [
      { id: 'a', source: 'import math as tf' },
      { id: 'b', source: 'tf.pi', count: 7 }
    ],
    options => new NotebookMarks(options)
  ));
  connection.say(report(1, [cellReport('a'), blockedReport('b', 'a')]));
  panel.content.activeCellIndex = 1;
  await new Promise(resolve => setTimeout(resolve));
});

afterEach(() => {
  decorations.dispose();
  panel.dispose();
});

/** What the notes on the cells say. */
function notes(): (string | null)[] {
  const found = panel.content.node.querySelectorAll('[role="note"]');
  return [...found].map(note => note.getAttribute('aria-label'));
}

describe('the line of the active cell', () => {
  it('shows the count of a mentioned cell as it is now, and keeps the focus', async () => {
    const message = '`tf` is missing: cell [[a]] failed before defining it.';
    connection.say(
      report(2, [
        cellReport('a', { status: 'failed', execution_count: 1 }),
        { ...blockedReport('b', 'a'), message }
      ])
    );
    const count = (value: number): void => {
      (panel.content.widgets[0]!.model as ICodeCellModel).executionCount = value;
    };
    const link = (): string | null | undefined =>
      panel.content.node.querySelector('.jp-NamespaceViz-markLine .jp-NamespaceViz-link')
        ?.textContent;
    const restore = [...panel.content.node.querySelectorAll<HTMLElement>('[role="note"] button')];
    count(1);
    await until(() => link() === 'import math as tf [1]');
    restore.at(-1)!.focus();
    count(2);
    connection.say(report(3, [cellReport('a', { status: 'failed', execution_count: 2 })]));
    await until(() => link() === 'import math as tf [2]');
    expect(notes()[1]).toContain('`import math as tf` [2]');
    expect(document.activeElement).toBe(restore.at(-1));
  });

  it('shows which remedy runs, and runs no second one', () => {
    const busy = (): (string | null)[] =>
      [...panel.content.node.querySelectorAll('[role="note"] [aria-busy="true"]')].map(
        it => it.textContent
      );
    expect(busy()).toEqual([]);
    model.setRunningRemedy(`${CommandIds.restoreCellImports} b`);
    expect(busy()).toEqual(['Restore Imports']);
    panel.content.node.querySelector<HTMLElement>('[aria-busy="true"]')?.click();
    expect(fixed).toEqual([]);
    model.setRunningRemedy(null);
    expect(busy()).toEqual([]);
  });
});
