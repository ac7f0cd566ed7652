/** How are links to cells drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICellEntry } from '../../tokens/models';

/** The most cells that are listed; the rest is only counted. */
const MAX_SHOWN = 6;

export interface ICellLinksProps {
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
  tabIndex?: number;
  /** Without it the cells are plain text. */
  goToCell?: (cellId: string) => void;
}

/** Links to cells: the first line of each, with its count in this kernel. */
export function CellLinks({
  cells,
  goToCell,
  tabIndex,
  trans
}: ICellLinksProps): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-cellLinks">
      {cells.slice(0, MAX_SHOWN).map(({ firstLine, id, number, report }) => {
        const count = report?.execution_count ?? null;
        const text = (
          <>
            <code>{firstLine || trans.__('Empty cell')}</code>
            {count !== null && ` [${count}]`}
          </>
        );
        return goToCell ? (
          <button
            key={id}
            type="button"
            className="jp-NamespaceViz-link jp-NamespaceViz-cellLink"
            tabIndex={tabIndex}
            title={trans.__('Cell %1: %2', number, firstLine)}
            onClick={() => goToCell(id)}
          >
            {text}
          </button>
        ) : (
          <span key={id} className="jp-NamespaceViz-cellLink">
            {text}
          </span>
        );
      })}
      {cells.length > MAX_SHOWN && (
        <span>{trans._n('and %1 more', 'and %1 more', cells.length - MAX_SHOWN)}</span>
      )}
    </span>
  );
}
