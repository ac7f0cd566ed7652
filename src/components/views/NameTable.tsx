/** How are the names of the notebook and the kernel listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { NameReport } from '../../protocol';
import { restoreCellRemedies } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { plainTextOf } from '../../appearance/wording';
import { useMentions } from '../elements/CellLink';
import { RowTree } from '../elements/RowTree';
import type { ITreeRow } from '../elements/treeRows';
import { useUnfolded } from '../elements/unfoldedRows';
import { StatusIcon } from '../elements/StatusIcon';
import { NameDetails } from '../names/NameDetails';
import { orderedNames } from './nameOrder';
import type { NameOrder } from './nameOrder';
import { Remedies } from '../elements/RemedyButtons';
import { nameAppearanceOf, wordOfName } from '../../appearance/nameAppearance';

export interface INameTableProps {
  /** Null until the server has sent them. */
  names: INameTable | null;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

/** The names, with a filter and an order; a click on one unfolds its details. */
export function NameTable(props: INameTableProps): React.ReactElement {
  const { cells, fix, names, trans } = props;
  const [filter, setFilter] = React.useState('');
  const [order, setOrder] = React.useState<NameOrder>('urgency');
  const [isProblemsOnly, setProblemsOnly] = React.useState(false);
  const entries = React.useMemo(() => new Map(cells.map(cell => [cell.id, cell])), [cells]);
  const shown = React.useMemo(
    () => orderedNames(names?.byName.values() ?? [], { entries, filter, isProblemsOnly, order }),
    [names, entries, filter, isProblemsOnly, order]
  );
  if (!names) {
    return <p className="jp-NamespaceViz-hint">{trans.__('Reading the names…')}</p>;
  }
  return (
    <>
      <div className="jp-NamespaceViz-filters" role="search">
        <input
          type="search"
          className="jp-NamespaceViz-filter"
          placeholder={trans.__('Filter names')}
          aria-label={trans.__('Filter names')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
        <select
          className="jp-NamespaceViz-select"
          aria-label={trans.__('Sort by')}
          value={order}
          onChange={event => setOrder(event.target.value as NameOrder)}
        >
          <option value="urgency">{trans.__('Problems first')}</option>
          <option value="name">{trans.__('By name')}</option>
          <option value="cell">{trans.__('By cell')}</option>
          <option value="type">{trans.__('By type')}</option>
        </select>
        <label className="jp-NamespaceViz-check">
          <input
            type="checkbox"
            checked={isProblemsOnly}
            onChange={event => setProblemsOnly(event.target.checked)}
          />
          {trans.__('Only problems')}
        </label>
      </div>
      {shown.length === 0 && (
        <p className="jp-NamespaceViz-hint">
          {names.byName.size === 0
            ? trans.__('Neither the notebook nor the kernel has names yet')
            : trans.__('No matching names')}
        </p>
      )}
      <NameRows names={shown} isOld={names.isOld} entries={entries} trans={trans} fix={fix} />
      {names.leftOut > 0 && (
        <p className="jp-NamespaceViz-hint">
          {trans._n(
            'The kernel has %1 more name, which no cell mentions.',
            'The kernel has %1 more names, which no cell mentions.',
            names.leftOut
          )}
        </p>
      )}
    </>
  );
}

interface INameRowsProps {
  names: NameReport[];
  /** Whether nothing is known of them any more but that there are such names. */
  isOld: boolean;
  entries: ReadonlyMap<string, ICellEntry>;
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

/** The row of one name. */
interface INameRow extends ITreeRow {
  report: NameReport;
}

function NameRows(props: INameRowsProps): React.ReactElement {
  const { entries, fix, isOld, names, trans } = props;
  const mentions = useMentions();
  const [unfolded, setUnfolded] = useUnfolded();
  const rows = React.useMemo(
    () =>
      names.map((report): INameRow => {
        const { message, name } = report;
        if (isOld) {
          const isUnfolded = false;
          return { key: name, level: 1, isUnfolded, name, className: NAME_ROW, report };
        }
        const word = wordOfName(report, trans);
        const description = message === null ? undefined : plainTextOf(message, mentions);
        return {
          key: name,
          level: 1,
          isUnfolded: unfolded.get(name) ?? false,
          name: `${name}, ${word}`,
          description,
          title: [`${name}: ${word}`, description].filter(line => line).join('\n'),
          className: NAME_ROW,
          report
        };
      }),
    [names, isOld, unfolded, mentions, trans]
  );
  return (
    <RowTree
      label={trans.__('Names')}
      rows={rows}
      setUnfolded={setUnfolded}
      drawLine={({ report }) =>
        isOld ? <OldNameLine name={report} /> : <NameLine name={report} trans={trans} />
      }
      drawBody={({ report }, tabIndex) => (
        <div className="jp-NamespaceViz-rowBody">
          <NameDetails name={report} entries={entries} tabIndex={tabIndex} trans={trans} />
          <Remedies
            remedies={restoreCellRemedies(report, trans)}
            areLinks
            tabIndex={tabIndex}
            fix={fix}
          />
        </div>
      )}
    />
  );
}

function NameLine({
  name,
  trans
}: {
  name: NameReport;
  trans: TranslationBundle;
}): React.ReactElement {
  const { held, status, waiting } = name;
  return (
    <>
      <StatusIcon appearance={waiting ? 'waiting' : (nameAppearanceOf(status) ?? 'fresh')} />
      <code className="jp-NamespaceViz-label jp-mod-names">{name.name}</code>
      <span className="jp-NamespaceViz-nameType">
        {held ? (held.kind === 'module' ? held.module : held.type) : ''}
      </span>
      <span className="jp-NamespaceViz-nameWord">{wordOfName(name, trans)}</span>
    </>
  );
}

/** A name until it is known whether the new process has it. */
function OldNameLine({ name }: { name: NameReport }): React.ReactElement {
  return (
    <>
      <StatusIcon appearance="pending" />
      <code className="jp-NamespaceViz-label jp-mod-names">{name.name}</code>
    </>
  );
}

const NAME_ROW = 'jp-NamespaceViz-nameRow';
