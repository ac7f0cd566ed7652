/** How are the lines drawn that join a row with its providers and consumers? */

import * as React from 'react';
import type { ILane } from './lanes';

export interface IGutterProps {
  lanes: readonly ILane[];
}

/** The lines that cross one row; what they tell is said in words elsewhere. */
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

/** How many lanes are side by side. */
export function lanesIn(rows: readonly ILane[][]): number {
  return rows.flat().reduce((found, { lane }) => Math.max(found, lane + 1), 0);
}

function modifiers(isHighlighted: boolean, isUpward: boolean): string {
  return `${isHighlighted ? 'jp-mod-highlighted' : ''} ${isUpward ? 'jp-mod-upward' : ''}`;
}
