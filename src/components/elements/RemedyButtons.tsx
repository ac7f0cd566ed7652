/** How are the remedies for a problem offered? */

import * as React from 'react';
import type { IRemedy } from '../../tokens/commands';

export interface IRemediesProps {
  remedies: readonly IRemedy[];
  /** Whether they look like links, which are less prominent, not like buttons. */
  areLinks?: boolean;
  tabIndex?: number;
  fix: (remedy: IRemedy) => void;
}

/** A button for each remedy; nothing if there are none. */
export function Remedies(props: IRemediesProps): React.ReactElement | null {
  const { areLinks, fix, remedies, tabIndex } = props;
  if (remedies.length === 0) {
    return null;
  }
  return (
    <div className="jp-NamespaceViz-actions">
      {remedies.map(remedy => (
        <button
          key={remedy.command}
          type="button"
          className={areLinks ? 'jp-NamespaceViz-link' : 'jp-NamespaceViz-button'}
          aria-label={remedy.ariaLabel}
          tabIndex={tabIndex}
          onClick={() => fix(remedy)}
        >
          {remedy.label}
        </button>
      ))}
    </div>
  );
}
