import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { CellQueue } from '../../decorations/cellQueue';

/** Cells out of view. */
const cells = Array.from({ length: 100 }, () => ({ isDisposed: false }) as unknown as Cell);
const notebook = {
  node: document.createElement('div'),
  widgets: [] as Cell[]
} as unknown as Notebook;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a queue of cells', () => {
  it('updates what is due soon before what can wait, whichever was added first', () => {
    const updated: string[] = [];
    const idle = new CellQueue(notebook, 'idle', () => {
      updated.push('idle');
    });
    const soon = new CellQueue(notebook, 'soon', () => updated.push('soon'));
    idle.add(cells);
    soon.add(cells);
    while (updated.length < 200) {
      jest.advanceTimersToNextTimer();
    }
    expect(updated).toEqual([...cells.map(() => 'soon'), ...cells.map(() => 'idle')]);
    idle.dispose();
    soon.dispose();
  });

  it('does not wait for a queue that is disposed', () => {
    const updated: string[] = [];
    const idle = new CellQueue(notebook, 'idle', () => updated.push('idle'));
    const soon = new CellQueue(notebook, 'soon', () => updated.push('soon'));
    soon.add(cells);
    idle.add(cells);
    soon.dispose();
    while (updated.length < 100) {
      jest.advanceTimersToNextTimer();
    }
    expect(new Set(updated)).toEqual(new Set(['idle']));
    idle.dispose();
  });
});
