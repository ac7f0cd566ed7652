/** How is one cell drawn in the panel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { remediesOfCell } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ShownCount } from '../../tokens/models';
import { Gutter } from './Gutter';
import { StatusIcon } from '../elements/StatusIcon';
import { NameLists } from '../names/NameLists';
import { Remedies } from '../elements/RemedyButtons';
import type { IRow } from './rows';
import { Sentence } from '../elements/Sentence';
import { appearanceOf, isLoud, wordOf } from '../../appearance/cellAppearance';
import type { Appearance } from '../../appearance/cellAppearance';

export interface ICellCallbacks {
  goToCell: (cellId: string) => void;
  fix: (remedy: IRemedy) => void;
}

export interface ICellRowProps extends ICellCallbacks, IRow {
  /** Whether it is rendered in full; the active row and the one with the focus always are. */
  isDrawn: boolean;
  trans: TranslationBundle;
}

/** One cell; rendered again only when something in it changes. */
export const CellRow = React.memo((props: ICellRowProps): React.ReactElement => {
  const { isDrawn, lanes, ...rest } = props;
  const { entry, isActive, isTabStop, relation } = rest;
  const appearance = appearanceOf(entry.report, isActive);
  const row = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    if (isActive) {
      row.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <div
      ref={row}
      role="listitem"
      className={[
        `jp-NamespaceViz-row jp-mod-${appearance} jp-mod-${relation ?? 'unrelated'}`,
        isLoud(appearance) ? 'jp-mod-loud' : '',
        entry.heading === null ? '' : 'jp-mod-headed'
      ].join(' ')}
      aria-current={isActive ? 'true' : undefined}
      data-cell-id={entry.id}
    >
      <Gutter lanes={lanes} />
      {entry.heading !== null && (
        <div className="jp-NamespaceViz-heading" title={entry.heading}>
          {entry.heading}
        </div>
      )}
      <Head {...rest} />
      {(isDrawn || isActive || isTabStop) && <Body appearance={appearance} {...rest} />}
    </div>
  );
});
CellRow.displayName = 'CellRow';

type IPartProps = Omit<ICellRowProps, 'isDrawn' | 'lanes'>;

/** The button of each row, which goes to the cell. */
function Head({ entry, goToCell, isTabStop, relation, trans }: IPartProps): React.ReactElement {
  const { firstLine, id, number, report, shownCount } = entry;
  return (
    <button
      type="button"
      className="jp-NamespaceViz-head"
      tabIndex={isTabStop ? 0 : -1}
      title={trans.__('Go to cell %1', number)}
      onClick={() => goToCell(id)}
    >
      <span className="jp-NamespaceViz-number">
        <span className="jp-NamespaceViz-spoken">{trans.__('Cell')} </span>
        {number}
      </span>
      <code className="jp-NamespaceViz-line">{firstLine}</code>
      {relation && (
        <span className="jp-NamespaceViz-spoken">
          {relation === 'upstream'
            ? trans.__('The active cell depends on it.')
            : trans.__('It depends on the active cell.')}
        </span>
      )}
      {report && <Count count={report.execution_count} shown={shownCount} trans={trans} />}
    </button>
  );
}

interface ICountProps {
  /** The count of the last run in this kernel. */
  count: number | null;
  /** The count in the notebook. */
  shown: ShownCount;
  trans: TranslationBundle;
}

/** The execution count; one from another kernel, or from before a restart, is marked as old. */
function Count({ count, shown, trans }: ICountProps): React.ReactElement | null {
  if (shown === '*') {
    const title = trans.__('It runs, or waits in the queue of the kernel');
    return (
      <span className="jp-NamespaceViz-count" title={title}>
        <span aria-hidden="true">[*]</span>
        <span className="jp-NamespaceViz-spoken">{trans.__('runs')}</span>
      </span>
    );
  }
  if (count !== null) {
    const title = trans.__('Its last run in this kernel had the number %1', count);
    return (
      <span className="jp-NamespaceViz-count" title={title}>
        [{count}]
      </span>
    );
  }
  if (shown === null) {
    return null;
  }
  const title = trans.__('Number %1 is of another kernel, or from before a restart', shown);
  return (
    <span className="jp-NamespaceViz-count jp-mod-old" title={title}>
      <s>[{shown}]</s>
      <span className="jp-NamespaceViz-spoken">{trans.__('is old')}</span>
    </span>
  );
}

/** The status of the cell, the reason, its names and its remedies. */
function Body(props: IPartProps & { appearance: Appearance }): React.ReactElement {
  const { entry, goToCell, isTabStop, appearance, fix, trans } = props;
  const { report } = entry;
  const tabIndex = isTabStop ? 0 : -1;
  return (
    <div className="jp-NamespaceViz-body">
      <div className="jp-NamespaceViz-status" role="group" aria-label={trans.__('Status')}>
        <StatusIcon appearance={appearance} />
        <span className="jp-NamespaceViz-word">{wordOf(appearance, trans)}</span>
      </div>
      {report && report.message !== null && appearance !== 'waiting' && (
        <div className="jp-NamespaceViz-message" role="note" aria-label={trans.__('Reason')}>
          <Sentence text={report.message} tabIndex={tabIndex} />
        </div>
      )}
      {report && (
        <NameLists
          report={report}
          isQuiet={appearance === 'waiting'}
          tabIndex={tabIndex}
          trans={trans}
          goToCell={goToCell}
        />
      )}
      <Remedies remedies={remediesOfCell(entry, trans)} areLinks tabIndex={tabIndex} fix={fix} />
    </div>
  );
}
