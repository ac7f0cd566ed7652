import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { UpdateQueue } from '../../decorations/updateQueue';

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
    const idle = new UpdateQueue(notebook, 'idle', () => {
      updated.push('idle');
    });
    const soon = new UpdateQueue(notebook, 'soon', () => updated.push('soon'));
    idle.add(cells);
    soon.add(cells);
    while (updated.length < 200) {
      jest.advanceTimersToNextTimer();
    }
    expect(updated).toEqual([...cells.map(() => 'soon'), ...cells.map(() => 'idle')]);
    idle.dispose();
    soon.dispose();
  });

  it('updates the cells in view at once where the others are due later', () => {
    const [seen, below] = [cells.slice(60, 62), cells.slice(0, 60)];
    const widgets = [...seen, ...below].map((cell, index) =>
      Object.assign(cell, { node: placedAt(index < seen.length ? 0 : 100) })
    );
    const view = { node: notebook.node, widgets } as unknown as Notebook;
    const updated: string[] = [];
    const later = new UpdateQueue(view, 'later', cell => {
      updated.push(seen.includes(cell) ? 'seen' : 'later');
    });
    const soon = new UpdateQueue(notebook, 'soon', () => updated.push('soon'));
    later.add(widgets);
    expect(updated).toEqual(['seen', 'seen']);
    soon.add(below);
    while (updated.length < 122) {
      jest.advanceTimersToNextTimer();
    }
    expect(updated.slice(2)).toEqual([...below.map(() => 'soon'), ...below.map(() => 'later')]);
    later.dispose();
    soon.dispose();
  });

  it('leaves what costs much to the idle page, and begins with the cells in view', () => {
    const [above, seen] = [cells.slice(0, 60), cells.slice(60, 62)];
    const widgets = [...above, ...seen].map((cell, index) =>
      Object.assign(cell, { node: placedAt(index < above.length ? -100 : 0) })
    );
    const updated: Cell[] = [];
    const idle = new UpdateQueue(
      { node: notebook.node, widgets } as unknown as Notebook,
      'idle',
      cell => {
        updated.push(cell);
      }
    );
    idle.add([...above, ...seen]);
    expect(updated).toEqual([]);
    while (updated.length < 62) {
      jest.advanceTimersToNextTimer();
    }
    expect(updated).toEqual([...seen, ...above]);
    idle.dispose();
  });

  it('does not wait for a queue that is disposed', () => {
    const updated: string[] = [];
    const idle = new UpdateQueue(notebook, 'idle', () => updated.push('idle'));
    const soon = new UpdateQueue(notebook, 'soon', () => updated.push('soon'));
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

/** An element in the page whose upper edge stands there, ten pixels high. */
function placedAt(top: number): HTMLElement {
  const node = document.createElement('div');
  node.getBoundingClientRect = () => ({ top, bottom: top + 10 }) as DOMRect;
  Object.defineProperty(node, 'isConnected', { value: true });
  return node;
}
