/** When are the rows of a long list rendered in full? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { CellRow } from './CellRow';
import type { ICellCallbacks } from './CellRow';
import type { Block } from './rows';

export interface ICellBlockProps extends ICellCallbacks {
  rows: Block;
  /** Whether it is the first block of the list. */
  isFirst: boolean;
  trans: TranslationBundle;
}

/**
 * Some rows of the list of cells, rendered in full once they come near the view.
 *
 * They stay rendered, so that heights above the view do not change while the user reads.
 */
export const CellBlock = React.memo((props: ICellBlockProps): React.ReactElement => {
  const { isFirst, rows, ...rest } = props;
  const node = React.useRef<HTMLDivElement>(null);
  const isDrawn = useCameNear(node, isFirst);
  return (
    <div ref={node} className="jp-NamespaceViz-block">
      {rows.map(row => (
        <CellRow key={row.entry.id} isDrawn={isDrawn} {...row} {...rest} />
      ))}
    </div>
  );
});
CellBlock.displayName = 'CellBlock';

/** Whether the element has ever been in the view or at most one view away; initially `start`. */
function useCameNear(element: React.RefObject<HTMLElement>, start: boolean): boolean {
  const [cameNear, setCameNear] = React.useState(start);
  React.useEffect(() => {
    const node = element.current;
    if (cameNear || !node) {
      return;
    }
    const watch = new IntersectionObserver(
      seen => setCameNear(before => before || seen.some(({ isIntersecting }) => isIntersecting)),
      { root: node.closest('.jp-NamespaceViz-scroll'), rootMargin: '100% 0px' }
    );
    watch.observe(node);
    return () => watch.disconnect();
  }, [element, cameNear]);
  return cameNear;
}
