/** Which rows of a long list are so near to the view that they are drawn in full? */

import * as React from 'react';

/** The range is made of steps of so many rows, so that scrolling seldom draws anything anew. */
const STEP = 10;

/** The rows from `first` up to `end`, which is not one of them; counted from 0. */
export interface IRowRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The rows in the view of a scrolling list, and about one view more above and below.
 *
 * The children of `list` are its rows, of any height: the page is asked where they are, and asked
 * again when `content` is another than before.
 */
export function useNearRows(list: React.RefObject<HTMLElement>, content: unknown): IRowRange {
  const [range, setRange] = React.useState<IRowRange>({ first: 0, end: STEP });
  React.useLayoutEffect(() => {
    const node = list.current;
    if (!node) {
      return;
    }
    const look = (): void => {
      const now = nearRows(node);
      setRange(before => (before.first === now.first && before.end === now.end ? before : now));
    };
    look();
    node.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(node);
    return () => {
      node.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [list, content]);
  return range;
}

function nearRows(list: HTMLElement): IRowRange {
  const { clientHeight, scrollTop } = list;
  const first = rowAt(list, scrollTop - clientHeight);
  const last = rowAt(list, scrollTop + 2 * clientHeight);
  return { first: Math.floor(first / STEP) * STEP, end: Math.ceil((last + 1) / STEP) * STEP };
}

/** The last row that begins at `top` or above, found by halving: a list may have thousands. */
function rowAt({ children, offsetTop }: HTMLElement, top: number): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const row = children[middle] as HTMLElement;
    if (row.offsetTop - offsetTop <= top) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
