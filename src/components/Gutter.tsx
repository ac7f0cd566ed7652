/** How are the lines drawn that join a row with its providers and consumers? */

import * as React from 'react';
import type { ILane } from '../model/lanes';

/** The distance of two lanes, in pixels. */
const LANE = 7;

export interface IGutterProps {
  lanes: readonly ILane[];
}

/** The lines that cross one row; what they tell is said in words elsewhere. */
export function Gutter({ lanes }: IGutterProps): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-gutter" aria-hidden="true">
      {lanes.map(({ isBranchLit, isLit, isProvider, isUpward, lane, part }) => (
        <React.Fragment key={lane}>
          <span
            className={`jp-NamespaceViz-lane jp-mod-${part} ${modifiers(isLit, isUpward)}`}
            style={{ insetInlineEnd: lane * LANE }}
          />
          {part !== 'through' && (
            <span
              className={`jp-NamespaceViz-branch ${modifiers(isBranchLit, isUpward)} ${
                isProvider ? 'jp-mod-provider' : ''
              }`}
              style={{ width: lane * LANE + LANE - 2 }}
            />
          )}
        </React.Fragment>
      ))}
    </span>
  );
}

/** The width that so many lanes need, in pixels. */
export function widthOf(lanes: readonly ILane[][]): number {
  const most = lanes.flat().reduce((found, { lane }) => Math.max(found, lane + 1), 0);
  return most * LANE;
}

function modifiers(isLit: boolean, isUpward: boolean): string {
  return `${isLit ? 'jp-mod-lit' : ''} ${isUpward ? 'jp-mod-upward' : ''}`;
}
