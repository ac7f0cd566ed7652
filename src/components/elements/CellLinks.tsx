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

/** Buttons that go to the cells: "cell 2, 5, 7 and 3 more". */
export function CellLinks({
  cells,
  goToCell,
  tabIndex,
  trans
}: ICellLinksProps): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-cellLinks">
      {cells.slice(0, MAX_SHOWN).map(({ firstLine, id, number }) =>
        goToCell ? (
          <button
            key={id}
            type="button"
            className="jp-NamespaceViz-link"
            tabIndex={tabIndex}
            title={firstLine}
            onClick={() => goToCell(id)}
          >
            {trans.__('cell %1', number)}
          </button>
        ) : (
          <span key={id}>{trans.__('cell %1', number)}</span>
        )
      )}
      {cells.length > MAX_SHOWN && (
        <span>{trans._n('and %1 more', 'and %1 more', cells.length - MAX_SHOWN)}</span>
      )}
    </span>
  );
}
