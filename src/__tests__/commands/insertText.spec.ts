import type { ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { restoreDeletedCell } from '../../commands/insertText';
import type { NameReport } from '../../protocol';
import type { INamespaceModel, INameTable, Wanted } from '../../tokens/models';
import { openNotebook } from '../notebooks';
import { nameReport } from '../reports';

const SOURCE = '%%time\nkept = 1\n\n';

let panel: NotebookPanel;

beforeEach(async () => {
  panel = await openNotebook([
    { id: 'a', source: 'a = 1' },
    { id: 'text', source: '# Text', type: 'markdown' },
    { id: 'b', source: 'print(kept)' },
    { id: 'c', source: 'c = 3' }
  ]);
});

afterEach(() => panel.dispose());

async function restore(row: Partial<NameReport>): Promise<void> {
  const kept = nameReport('kept', { lost_source: SOURCE, ...row });
  const names = { byName: new Map([['kept', kept]]), leftOut: 0, isOld: false };
  const model = {
    notebookPanel: panel,
    // As with a closed panel: the names come only when they are wanted.
    names: null as INameTable | null,
    forecast: [],
    stateChanged: new Signal<object, void>(panel),
    setWanted: (_: string, wanted: Wanted) => {
      model.names = wanted === 'everything' ? names : null;
      model.stateChanged.emit();
    }
  };
  await restoreDeletedCell(model as unknown as INamespaceModel, 'kept');
  expect(model.names).toBeNull();
}

/** The first lines of the cells, in order. */
function sources(): string[] {
  return panel.content.widgets.map(({ model }) => model.sharedModel.getSource().split('\n')[0]!);
}

describe('a deleted cell', () => {
  it.each([
    ['where it was', { lost_after: 'text', consumers: ['c'] }, 2],
    ['above the first cell that needs it', { consumers: ['b', 'c'] }, 2],
    ['there too if the cell above it is gone', { lost_after: 'gone', consumers: ['c'] }, 3],
    ['at the end if no cell needs it', { consumers: [] }, 4]
  ])('comes back %s', async (_, row, index) => {
    await restore(row);
    const restored = panel.content.widgets[index]!;
    expect(restored.model.sharedModel.getSource()).toBe(SOURCE);
    expect(panel.content.activeCell).toBe(restored);
    expect(panel.content.widgets).toHaveLength(5);
  });

  it.each([
    ['the id that it had', 'gone', true],
    ['an id of its own where another cell has that', 'text', false],
    ['an id of its own where that is not known', null, false]
  ])('has %s', async (_, lost_id, isSame) => {
    await restore({ lost_id, lost_after: 'a' });
    const ids = panel.content.widgets.map(({ model }) => model.id);
    expect(new Set(ids).size).toBe(5);
    expect(ids[1] === lost_id).toBe(isSame);
  });

  it.each([true, false])('is trusted as its notebook is: %s', async isTrusted => {
    for (const { model } of panel.content.widgets) {
      if (model.type === 'code') {
        (model as ICodeCellModel).trusted = isTrusted;
      }
    }
    await restore({ lost_after: 'a' });
    expect(sources()[1]).toBe('%%time');
    expect((panel.content.widgets[1]!.model as ICodeCellModel).trusted).toBe(isTrusted);
  });
});
