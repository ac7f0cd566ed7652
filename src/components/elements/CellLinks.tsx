/** How are links to several cells drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICellEntry } from '../../tokens/models';
import { CellLink } from './CellLink';

/** The most cells that are listed; the rest is only counted. */
const MAX_SHOWN = 6;

export interface ICellLinksProps {
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
  tabIndex?: number;
}

/** The cells by their code, at most six of them, and how many more there are. */
export function CellLinks({ cells, tabIndex, trans }: ICellLinksProps): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-cellLinks">
      {cells.slice(0, MAX_SHOWN).map(entry => (
        <CellLink key={entry.id} entry={entry} tabIndex={tabIndex} />
      ))}
      {cells.length > MAX_SHOWN && (
        <span>{trans._n('and %1 more', 'and %1 more', cells.length - MAX_SHOWN)}</span>
      )}
    </span>
  );
}
