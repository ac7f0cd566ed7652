/** What does the row of a cell, or of a heading, show? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { remediesOfCell } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ICellEntry } from '../../tokens/models';
import { StatusIcon } from '../elements/StatusIcon';
import { NameLists } from '../names/NameLists';
import { Remedies } from '../elements/RemedyButtons';
import type { ISectionRow } from './cellRows';
import { Sentence } from '../elements/Sentence';
import { appearanceOf, statusOf } from '../../appearance/cellAppearance';
import { cellLabelOf, countOf, definedNamesOf, hasOldCount } from '../../appearance/cellNames';

export interface ICellCallbacks {
  goToCell: (cellId: string) => void;
  fix: (remedy: IRemedy) => void;
}

export interface ICellLineProps {
  entry: ICellEntry;
  trans: TranslationBundle;
}

/** The line of a cell: its status, what it defines or its first line, and its count. */
export const CellLine = React.memo((props: ICellLineProps): React.ReactElement => {
  const { entry, trans } = props;
  const { report } = entry;
  const appearance = appearanceOf(report);
  const isNames = definedNamesOf(entry).length > 0;
  return (
    <>
      <StatusIcon appearance={appearance} />
      <code className={`jp-NamespaceViz-label ${isNames ? 'jp-mod-names' : ''}`}>
        {cellLabelOf(entry)}
      </code>
      <span className="jp-NamespaceViz-status" role="group" aria-label={trans.__('Status')}>
        {statusOf(report, appearance, trans)}
      </span>
      {report && <Count entry={entry} trans={trans} />}
    </>
  );
});
CellLine.displayName = 'CellLine';

/** The line of a heading: its text, and how many cells below it need attention. */
export function SectionLine({ heading, loudCount }: ISectionRow): React.ReactElement {
  return (
    <>
      <span className="jp-NamespaceViz-heading">{heading}</span>
      {loudCount > 0 && <span className="jp-NamespaceViz-badge">{loudCount}</span>}
    </>
  );
}

/** The execution count; one from another kernel, or from before a restart, is struck out. */
function Count({
  entry,
  trans
}: Pick<ICellLineProps, 'entry' | 'trans'>): React.ReactElement | null {
  const count = countOf(entry);
  if (count) {
    return <span className="jp-NamespaceViz-count">{count}</span>;
  }
  return hasOldCount(entry) ? (
    <s className="jp-NamespaceViz-count jp-mod-old" title={trans.__('From an earlier kernel')}>
      [{entry.shownCount}]
    </s>
  ) : null;
}

export interface ICellBodyProps extends ICellCallbacks, ICellLineProps {
  tabIndex: number;
}

/** The status of a cell in words, the reason, its names and its remedies. */
export const CellBody = React.memo((props: ICellBodyProps): React.ReactElement => {
  const { entry, fix, goToCell, tabIndex, trans } = props;
  const { report } = entry;
  const appearance = appearanceOf(report);
  return (
    <div className="jp-NamespaceViz-rowBody">
      <div className="jp-NamespaceViz-message">
        <span className="jp-NamespaceViz-word">{statusOf(report, appearance, trans)}</span>
        {report && report.message !== null && (
          <span role="note" aria-label={trans.__('Reason')}>
            <Sentence text={report.message} tabIndex={tabIndex} />
          </span>
        )}
      </div>
      {report && (
        <NameLists report={report} tabIndex={tabIndex} trans={trans} goToCell={goToCell} />
      )}
      <Remedies remedies={remediesOfCell(entry, trans)} areLinks tabIndex={tabIndex} fix={fix} />
    </div>
  );
});
CellBody.displayName = 'CellBody';
