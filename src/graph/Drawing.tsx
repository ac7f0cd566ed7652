/** How is the graph drawn from its layout? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { appearanceIcons } from '../appearance/icons';
import { mentionsOf } from '../appearance/cellNames';
import type { ICellMentions } from '../appearance/cellNames';
import { plainTextOf } from '../appearance/wording';
import { appearanceOf, wordOf } from '../appearance/cellAppearance';
import { relatedCellsOf } from '../model/relatedCells';
import type { ICellEntry } from '../tokens/models';
import { CELL } from './layout';
import type { ILayout } from './layout';
import type { IShape } from './shape';

/** The characters of a cell's first line that fit into its box. */
const MAX_CHARACTERS = 21;

export interface IDrawingProps {
  shape: IShape;
  layout: ILayout;
  activeCellId: string | null;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

/** The edges, with the cells above them; what is not related to the active cell is dimmed. */
export function Drawing(props: IDrawingProps): React.ReactElement {
  const { activeCellId, goToCell, layout, shape, trans } = props;
  const isThere = shape.cells.some(({ id }) => id === activeCellId);
  const related =
    isThere && activeCellId !== null ? relatedCellsOf(activeCellId, shape.edges) : null;
  // The paths to the active cell and from it; an edge is on one if both of its ends are.
  const paths =
    related && [related.upstream, related.downstream].map(ids => new Set(ids).add(activeCellId!));
  const isHighlighted = (...ids: string[]): boolean =>
    !paths || paths.some(path => ids.every(id => path.has(id)));
  const mentions = React.useMemo(() => mentionsOf(shape.cells, trans), [shape, trans]);
  return (
    <>
      {shape.edges.map(({ consumer, names, provider }, index) => (
        <path
          key={`${provider} ${consumer}`}
          className={`jp-NamespaceViz-edge ${isHighlighted(provider, consumer) ? '' : 'jp-mod-dim'}`}
          d={layout.paths[index]}
          markerEnd="url(#jp-NamespaceViz-arrow)"
        >
          <title>{names.join(', ')}</title>
        </path>
      ))}
      {shape.cells.map(entry => {
        const point = layout.cells.get(entry.id);
        return (
          point && (
            <Cell
              key={entry.id}
              entry={entry}
              x={point.x}
              y={point.y}
              isActive={entry.id === activeCellId}
              isDim={!isHighlighted(entry.id)}
              mentions={mentions}
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
  mentions: ICellMentions;
  goToCell: (cellId: string) => void;
}

const Cell = React.memo((props: ICellProps): React.ReactElement => {
  const { entry, goToCell, isActive, isDim, mentions, x, y } = props;
  const { trans } = mentions;
  const { firstLine, id, number, report } = entry;
  const appearance = appearanceOf(report, isActive);
  const word = wordOf(appearance, trans);
  const line =
    firstLine.length > MAX_CHARACTERS ? `${firstLine.slice(0, MAX_CHARACTERS - 1)}…` : firstLine;
  const reason = report?.message ? plainTextOf(report.message, mentions) : '';
  const go = (): void => goToCell(id);
  return (
    <g
      className={`jp-NamespaceViz-node jp-mod-${appearance} ${isDim ? 'jp-mod-dim' : ''} ${isActive ? 'jp-mod-active' : ''}`}
      transform={`translate(${x},${y})`}
      role="button"
      tabIndex={0}
      aria-label={`${trans.__('Cell %1', number)}: ${line}, ${word}`}
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
        className={`jp-NamespaceViz-nodeIcon jp-mod-${appearance}`}
        transform={`translate(6,${CELL.height / 2 - 8})`}
        dangerouslySetInnerHTML={{
          __html: appearanceIcons[appearance].svgstr.replace('<svg', '<svg height="16"')
        }}
      />
      <text className="jp-NamespaceViz-nodeNumber" x={28} y={CELL.height / 2 + 4}>
        {number}
      </text>
      <text className="jp-NamespaceViz-nodeLine" x={54} y={CELL.height / 2 + 4}>
        {/* A space, so that the two texts read like the accessible name. */} {line}
      </text>
    </g>
  );
});
Cell.displayName = 'Cell';
