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
      {lanes.map(({ isBranchHighlighted, isHighlighted, isProvider, isUpward, lane, part }) => (
        <React.Fragment key={lane}>
          <span
            className={`jp-NamespaceViz-lane jp-mod-${part} ${modifiers(isHighlighted, isUpward)}`}
            style={{ '--jp-namespace-viz-lane': lane } as React.CSSProperties}
          />
          {part !== 'through' && (
            <span
              className={`jp-NamespaceViz-branch ${modifiers(isBranchHighlighted, isUpward)} ${
                isProvider ? 'jp-mod-provider' : ''
              }`}
              style={{ '--jp-namespace-viz-lane': lane } as React.CSSProperties}
            />
          )}
        </React.Fragment>
      ))}
    </span>
  );
}

/** The number of lanes side by side. */
export function lanesIn(rows: readonly ILane[][]): number {
  return rows.flat().reduce((found, { lane }) => Math.max(found, lane + 1), 0);
}

function modifiers(isHighlighted: boolean, isUpward: boolean): string {
  return `${isHighlighted ? 'jp-mod-highlighted' : ''} ${isUpward ? 'jp-mod-upward' : ''}`;
}
