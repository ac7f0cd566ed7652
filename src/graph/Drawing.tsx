/** How is the graph drawn, once it is known where everything stands? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { lookIcons } from '../appearance/icons';
import { plainTextOf } from '../appearance/wording';
import { lookOf, wordOf } from '../appearance/appearance';
import { reachOf } from '../model/relatedCells';
import type { ICellEntry } from '../tokens/models';
import { CELL } from './layout';
import type { ILayout } from './layout';
import type { IShape } from './shape';

/** Letters of a cell's first line that fit into its box. */
const LETTERS = 21;

export interface IDrawingProps {
  shape: IShape;
  layout: ILayout;
  activeCellId: string | null;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

/** The edges, and above them the cells; what has to do with the active cell is lit. */
export function Drawing(props: IDrawingProps): React.ReactElement {
  const { activeCellId, goToCell, layout, shape, trans } = props;
  const isThere = shape.cells.some(({ id }) => id === activeCellId);
  const reach = isThere && activeCellId !== null ? reachOf(activeCellId, shape.edges) : null;
  // Ways to the active cell, and ways from it: what lies on one has all its ends there.
  const ways =
    reach && [reach.upstream, reach.downstream].map(ids => new Set(ids).add(activeCellId!));
  const isLit = (...ids: string[]): boolean =>
    !ways || ways.some(way => ids.every(id => way.has(id)));
  return (
    <>
      {shape.edges.map(({ consumer, names, provider }, index) => (
        <path
          key={`${provider} ${consumer}`}
          className={`jp-NamespaceViz-edge ${isLit(provider, consumer) ? '' : 'jp-mod-dim'}`}
          d={layout.paths[index]}
          markerEnd="url(#jp-NamespaceViz-arrow)"
        >
          <title>{names.join(', ')}</title>
        </path>
      ))}
      {shape.cells.map(entry => {
        const place = layout.cells.get(entry.id);
        return (
          place && (
            <Cell
              key={entry.id}
              entry={entry}
              x={place.x}
              y={place.y}
              isActive={entry.id === activeCellId}
              isDim={!isLit(entry.id)}
              trans={trans}
              goToCell={goToCell}
            />
          )
        );
      })}
    </>
  );
}

interface ICellProps {
  entry: ICellEntry;
  x: number;
  y: number;
  isActive: boolean;
  isDim: boolean;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

const Cell = React.memo((props: ICellProps): React.ReactElement => {
  const { entry, goToCell, isActive, isDim, trans, x, y } = props;
  const { firstLine, id, position, report } = entry;
  const look = lookOf(report, isActive);
  const word = wordOf(look, trans);
  const line = firstLine.length > LETTERS ? `${firstLine.slice(0, LETTERS - 1)}…` : firstLine;
  const reason = report?.message ? plainTextOf(report.message) : '';
  const go = (): void => goToCell(id);
  return (
    <g
      className={`jp-NamespaceViz-node jp-mod-${look} ${isDim ? 'jp-mod-dim' : ''} ${isActive ? 'jp-mod-active' : ''}`}
      transform={`translate(${x},${y})`}
      role="button"
      tabIndex={0}
      aria-label={`${trans.__('Cell %1', position)}: ${line}, ${word}`}
      data-cell-id={id}
      onClick={go}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          go();
        }
      }}
    >
      <title>{[firstLine, word, reason].filter(Boolean).join('\n')}</title>
      <rect {...CELL} rx={4} />
      <g
        className={`jp-NamespaceViz-nodeIcon jp-mod-${look}`}
        transform={`translate(6,${CELL.height / 2 - 8})`}
        dangerouslySetInnerHTML={{
          __html: lookIcons[look].svgstr.replace('<svg', '<svg height="16"')
        }}
      />
      <text className="jp-NamespaceViz-nodeNumber" x={28} y={CELL.height / 2 + 4}>
        {position}
      </text>
      <text className="jp-NamespaceViz-nodeLine" x={54} y={CELL.height / 2 + 4}>
        {/* A blank, so that the two texts read as in the name. */} {line}
      </text>
    </g>
  );
});
Cell.displayName = 'Cell';
