/** How is one cell drawn in the panel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICellEntry } from '../tokens';
import { StatusIcon } from './NameChip';
import { NameLists } from './NameLists';
import { Sentence } from './Sentence';
import { isLoud, lookOf, wordOf } from './status';

export interface ICellCallbacks {
  goToCell: (cellId: string) => void;
  restoreCellImports: (cellId: string) => void;
  runNeededCells: (cellId: string) => void;
}

export interface ICellRowProps extends ICellCallbacks {
  entry: ICellEntry;
  isActive: boolean;
  /** Whether the Tab key stops at this row; the arrow keys lead to the others. */
  isTabStop: boolean;
  trans: TranslationBundle;
}

/** One cell; redrawn only when its entry or its place in the focus order changes. */
export const CellRow = React.memo((props: ICellRowProps): React.ReactElement => {
  const { entry, goToCell, isActive, isTabStop, restoreCellImports, runNeededCells, trans } = props;
  const { firstLine, id, position, report } = entry;
  const look = lookOf(report, isActive);
  const loud = isLoud(look);
  const repairs = report?.repairs ?? [];
  const tabIndex = isTabStop ? 0 : -1;
  const row = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isActive) {
      row.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <li
      ref={row}
      className={`jp-NamespaceViz-row jp-mod-${look} ${loud ? 'jp-mod-loud' : ''}`}
      aria-current={isActive ? 'true' : undefined}
      data-cell-id={id}
    >
      <button
        type="button"
        className="jp-NamespaceViz-head"
        tabIndex={tabIndex}
        title={trans.__('Go to cell %1', position)}
        onClick={() => goToCell(id)}
      >
        <span className="jp-NamespaceViz-position">
          <span className="jp-NamespaceViz-spoken">{trans.__('Cell')} </span>
          {position}
        </span>
        <code className="jp-NamespaceViz-line">{firstLine}</code>
        {report?.execution_count !== null && report?.execution_count !== undefined && (
          <span
            className="jp-NamespaceViz-count"
            title={trans.__(
              'Its last run in this kernel had the number %1',
              report.execution_count
            )}
          >
            [{report.execution_count}]
          </span>
        )}
      </button>
      <div className="jp-NamespaceViz-body">
        <div className="jp-NamespaceViz-status" role="group" aria-label={trans.__('Status')}>
          <StatusIcon look={look} />
          <span className="jp-NamespaceViz-word">{wordOf(look, trans)}</span>
        </div>
        {report && report.message !== null && look !== 'waiting' && (
          <div className="jp-NamespaceViz-message" role="note" aria-label={trans.__('Reason')}>
            <Sentence text={report.message} />
          </div>
        )}
        {report && (
          <NameLists
            report={report}
            isQuiet={look === 'waiting'}
            tabIndex={tabIndex}
            trans={trans}
            goToCell={goToCell}
          />
        )}
        {repairs.length > 0 && (
          <div className="jp-NamespaceViz-actions">
            {repairs.includes('imports') && (
              <button
                type="button"
                className="jp-NamespaceViz-link"
                aria-label={trans.__('Restore the imports that cell %1 needs', position)}
                tabIndex={tabIndex}
                onClick={() => restoreCellImports(id)}
              >
                {trans.__('Restore imports')}
              </button>
            )}
            {repairs.includes('cells') && (
              <button
                type="button"
                className="jp-NamespaceViz-link"
                aria-label={trans.__('Run what cell %1 needs', position)}
                tabIndex={tabIndex}
                onClick={() => runNeededCells(id)}
              >
                {trans.__('Run what this cell needs')}
              </button>
            )}
          </div>
        )}
      </div>
    </li>
  );
});
CellRow.displayName = 'CellRow';
