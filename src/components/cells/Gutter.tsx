/** How are the lines next to a row drawn? */

import * as React from 'react';
import type { ILane } from './lanes';

export interface IGutterProps {
  lanes: readonly ILane[];
}

/** The lines that cross one row; hidden from screen readers, which get the same in words. */
export function Gutter({ lanes }: IGutterProps): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-gutter" aria-hidden="true">
      {lanes.map(it => (
        <React.Fragment key={it.lane}>
          {it.part !== 'begin' && (
            <Piece
              place="lane jp-mod-above"
              lane={it}
              isLit={it.isHighlighted}
              isUpward={it.isUpwardAbove}
            />
          )}
          {it.part !== 'end' && (
            <Piece
              place="lane jp-mod-below"
              lane={it}
              isLit={it.isHighlighted}
              isUpward={it.isUpwardBelow}
            />
          )}
          {it.part !== 'through' && (
            <Piece
              place={it.isProvider ? 'branch jp-mod-provider' : 'branch'}
              lane={it}
              isLit={it.isBranchHighlighted}
              isUpward={it.isBranchUpward}
            />
          )}
        </React.Fragment>
      ))}
    </span>
  );
}

interface IPieceProps {
  /** Its class, and a modifier. */
  place: string;
  lane: ILane;
  isLit: boolean;
  isUpward: boolean;
}

function Piece({ isLit, isUpward, lane, place }: IPieceProps): React.ReactElement {
  const modifiers = `${isLit ? 'jp-mod-highlighted' : ''} ${isUpward ? 'jp-mod-upward' : ''}`;
  return (
    <span
      className={`jp-NamespaceViz-${place} ${modifiers}`}
      style={{ '--jp-namespace-viz-lane': lane.lane } as React.CSSProperties}
    />
  );
}

/** The number of lanes side by side. */
export function lanesIn(rows: readonly ILane[][]): number {
  return rows.flat().reduce((found, { lane }) => Math.max(found, lane + 1), 0);
}
