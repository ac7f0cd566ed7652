import { until } from '../reports';
import { ROW, buttonNames, draw, entry, shown } from './drawnView';

describe('a long list', () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(`cell-${index + 1}`, index + 1));

  /** The positions of the rows that are drawn in full. */
  function drawn(node: HTMLElement): number[] {
    return [...node.querySelectorAll(ROW)].flatMap((row, index) =>
      row.querySelector('.jp-NamespaceViz-status') ? [index + 1] : []
    );
  }

  /** The numbers from `first` to `last`. */
  function numbers(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  // jsdom lays nothing out: nothing comes into view unless it is said to.
  const watched = new Map<Element, IntersectionObserverCallback>();
  beforeEach(() => {
    window.IntersectionObserver = class {
      constructor(private readonly _callback: IntersectionObserverCallback) {}
      observe(block: Element): void {
        watched.set(block, this._callback);
      }
      disconnect(): void {
        watched.forEach((callback, block) => callback === this._callback && watched.delete(block));
      }
    } as unknown as typeof IntersectionObserver;
  });

  afterEach(() => watched.clear());

  function comeNear(block: Element): void {
    const seen = [{ isIntersecting: true }] as IntersectionObserverEntry[];
    watched.get(block)?.(seen, null as unknown as IntersectionObserver);
  }

  it('has a button for each cell, and draws the rest of a row near the view', async () => {
    const node = await draw(shown({ cells: many }));
    expect(buttonNames(node.querySelector('[role="list"]')!)).toEqual(
      many.map(({ id, number }) => `Cell ${number}line of ${id}`)
    );
    await until(() => watched.size === 49);
    expect(drawn(node)).toEqual(numbers(1, 10));
  });

  it('draws what comes near the view, and keeps what was drawn', async () => {
    const node = await draw(shown({ cells: many }));
    await until(() => watched.size === 49);
    comeNear(node.querySelector('[data-cell-id="cell-105"]')!.parentElement!);
    const now = [...numbers(1, 10), ...numbers(101, 110)];
    await until(() => drawn(node).length === now.length);
    expect(drawn(node)).toEqual(now);
    await until(() => watched.size === 48); // it is watched no longer
  });

  it('draws the active row and the one with the focus wherever they are', async () => {
    const node = await draw(shown({ cells: many, activeCellId: 'cell-300' }));
    expect(drawn(node)).toEqual([...numbers(1, 10), 300]);
    const head = node.querySelector<HTMLElement>('.jp-NamespaceViz-head');
    head?.focus();
    head?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect(document.activeElement?.closest<HTMLElement>(ROW)?.dataset.cellId).toBe('cell-500');
    await until(() => drawn(node).includes(500));
    expect(drawn(node)).toEqual([...numbers(1, 10), 300, 500]);
  });
});
