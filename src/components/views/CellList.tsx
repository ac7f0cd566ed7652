/** How are the cells of a notebook listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { lanesOf, spineOf } from '../cells/lanes';
import type { ILane } from '../cells/lanes';
import { relatedCellsOf } from '../../model/relatedCells';
import type { IRelatedCells } from '../../model/relatedCells';
import type { Edge } from '../../protocol';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { CellBody, CellLine, SectionLine } from '../cells/CellRow';
import type { ICellCallbacks } from '../cells/CellRow';
import { Gutter, lanesIn } from '../cells/Gutter';
import { rowKeysOf, rowsOf } from '../cells/cellRows';
import type { Row } from '../cells/cellRows';
import { useMentions } from '../elements/CellLink';
import { RowTree } from '../elements/RowTree';
import { useUnfolded } from '../elements/unfoldedRows';
import { useNameCard } from '../names/NameCard';

export interface ICellListProps extends ICellCallbacks {
  cells: readonly ICellEntry[];
  /** Null until the server has sent them. */
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  /** Whether the lines of all cells are drawn, not only those of the active one. */
  hasAllLines: boolean;
  names: INameTable | null;
  trans: TranslationBundle;
}

/** The cells in document order, below the notebook's headings; only rows in the view are rendered. */
export function CellList(props: ICellListProps): React.ReactElement {
  const { activeCellId, cells, edges, fix, goToCell, hasAllLines, names, trans } = props;
  const mentions = useMentions();
  const [unfolded, setUnfolded] = useUnfolded();
  React.useEffect(() => {
    // A cell that the user folded while it was active unfolds when it is active again.
    return () => setUnfolded({ key: activeCellId ?? '' }, null);
  }, [activeCellId, setUnfolded]);
  const related = React.useMemo(
    () => (activeCellId === null ? null : relatedCellsOf(activeCellId, edges ?? [])),
    [activeCellId, edges]
  );
  const rows = React.useMemo(
    () => rowsOf(cells, { activeCellId, related, unfolded, mentions }),
    [cells, activeCellId, related, unfolded, mentions]
  );
  const keys = React.useMemo(() => rowKeysOf(rows), [rows]);
  const lines = useLines(rows, keys, { edges, activeCellId, related, hasAllLines });
  const [cardHandlers, card] = useNameCard({ cells, names, trans });
  return (
    <>
      <RowTree
        label={trans.__('Code cells')}
        rows={rows}
        currentKey={keys.get(activeCellId ?? '')}
        style={{ '--jp-namespace-viz-lane-count': Math.max(1, lines.count) } as React.CSSProperties}
        handlers={cardHandlers}
        setUnfolded={setUnfolded}
        go={row => (row.kind === 'cell' ? goToCell(row.key) : setUnfolded(row, !row.isUnfolded))}
        drawMargin={row => <Gutter lanes={lines.byKey.get(row.key) ?? NO_LANES} />}
        drawLine={row =>
          row.kind === 'cell' ? (
            <CellLine entry={row.entry} trans={trans} />
          ) : (
            <SectionLine {...row} />
          )
        }
        drawBody={(row, tabIndex) =>
          row.kind === 'cell' && (
            <CellBody
              entry={row.entry}
              tabIndex={tabIndex}
              trans={trans}
              goToCell={goToCell}
              fix={fix}
            />
          )
        }
      />
      {card}
    </>
  );
}

const NO_LANES: readonly ILane[] = [];

interface ILineChoice {
  edges: readonly Edge[] | null;
  activeCellId: string | null;
  related: IRelatedCells | null;
  hasAllLines: boolean;
}

/** The lines next to each row, by its key, and the number of lanes side by side. */
function useLines(
  rows: readonly Row[],
  keys: ReadonlyMap<string, string>,
  { activeCellId, edges, hasAllLines, related }: ILineChoice
): { byKey: ReadonlyMap<string, ILane[]>; count: number } {
  return React.useMemo(() => {
    const order = rows.map(({ key }) => key);
    const id = keys.get(activeCellId ?? '');
    const keysOf = (ids: ReadonlySet<string>): Set<string> =>
      new Set([...ids].flatMap(each => keys.get(each) ?? []));
    const active =
      id !== undefined && related
        ? {
            id,
            related: { upstream: keysOf(related.upstream), downstream: keysOf(related.downstream) }
          }
        : null;
    const lines = (edges ?? []).map(edge => ({
      ...edge,
      provider: keys.get(edge.provider) ?? '',
      consumer: keys.get(edge.consumer) ?? ''
    }));
    const between = lines.filter(({ consumer, provider }) => consumer !== provider);
    const found = hasAllLines
      ? lanesOf(order, between, active)
      : active
        ? spineOf(order, between, active)
        : [];
    return {
      byKey: new Map(order.map((key, index) => [key, found[index] ?? []])),
      count: lanesIn(found)
    };
  }, [rows, keys, edges, activeCellId, related, hasAllLines]);
}
