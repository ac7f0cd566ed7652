/** How are the names of the notebook and the kernel listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { NameReport } from '../../protocol';
import { restoreCellRemedies } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { StatusIcon } from '../elements/StatusIcon';
import { NameDetails } from '../names/NameDetails';
import { orderedNames } from './nameOrder';
import type { NameOrder } from './nameOrder';
import { Remedies } from '../elements/RemedyButtons';
import { nameAppearanceOf, rowWordOf } from '../../appearance/nameAppearance';

/** The height of a folded row in pixels. */
const ROW = 26;

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
  const [isTroubleOnly, setTroubleOnly] = React.useState(false);
  const entries = React.useMemo(() => new Map(cells.map(cell => [cell.id, cell])), [cells]);
  const rows = React.useMemo(
    () => orderedNames(names?.byName.values() ?? [], { entries, filter, isTroubleOnly, order }),
    [names, entries, filter, isTroubleOnly, order]
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
          <option value="urgency">{trans.__('Trouble first')}</option>
          <option value="name">{trans.__('By name')}</option>
          <option value="cell">{trans.__('By cell')}</option>
          <option value="type">{trans.__('By type')}</option>
        </select>
        <label className="jp-NamespaceViz-check">
          <input
            type="checkbox"
            checked={isTroubleOnly}
            onChange={event => setTroubleOnly(event.target.checked)}
          />
          {trans.__('Only missing, stale and ghosts')}
        </label>
      </div>
      {rows.length === 0 && (
        <p className="jp-NamespaceViz-hint">
          {names.byName.size === 0
            ? trans.__('Neither the notebook nor the kernel has names yet.')
            : trans.__('No name is like that.')}
        </p>
      )}
      <NameRows rows={rows} entries={entries} trans={trans} fix={fix} />
      {names.leftOut > 0 && (
        <p className="jp-NamespaceViz-hint">
          {trans._n(
            '%1 more name that no cell mentions is in the kernel.',
            '%1 more names that no cell mentions are in the kernel.',
            names.leftOut
          )}
        </p>
      )}
    </>
  );
}

interface INameRowsProps {
  rows: NameReport[];
  entries: ReadonlyMap<string, ICellEntry>;
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

/** The rows; only those in the view are rendered. */
function NameRows(props: INameRowsProps): React.ReactElement {
  const { entries, fix, rows, trans } = props;
  const [unfolded, setUnfolded] = React.useState<string | null>(null);
  const box = React.useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW,
    getItemKey: index => rows[index]?.name ?? index,
    getScrollElement: () => box.current,
    overscan: 10
  });
  return (
    <div ref={box} className="jp-NamespaceViz-scroll">
      <ul
        className="jp-NamespaceViz-virtual"
        role="list"
        aria-label={trans.__('Names')}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const name = rows[index];
          return name ? (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="jp-NamespaceViz-nameRow"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <NameHead
                name={name}
                isUnfolded={name.name === unfolded}
                trans={trans}
                onClick={() => setUnfolded(name.name === unfolded ? null : name.name)}
              />
              {name.name === unfolded && (
                <>
                  <NameDetails name={name} entries={entries} trans={trans} />
                  <Remedies remedies={restoreCellRemedies(name, trans)} fix={fix} />
                </>
              )}
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}

interface INameHeadProps {
  name: NameReport;
  isUnfolded: boolean;
  trans: TranslationBundle;
  onClick: () => void;
}

function NameHead({ isUnfolded, name, onClick, trans }: INameHeadProps): React.ReactElement {
  const { held, status, waiting } = name;
  const appearance = waiting ? 'waiting' : (nameAppearanceOf(status) ?? 'fresh');
  return (
    <button
      type="button"
      className="jp-NamespaceViz-nameHead"
      aria-expanded={isUnfolded}
      onClick={onClick}
    >
      <StatusIcon appearance={appearance} />
      <code>{name.name}</code>
      <span className="jp-NamespaceViz-nameType">
        {held ? (held.kind === 'module' ? held.module : held.type) : ''}
      </span>
      <span className="jp-NamespaceViz-nameWord">{rowWordOf(name, trans)}</span>
    </button>
  );
}
