/** How are the remedies for a problem offered? */

import * as React from 'react';
import { remedyKey } from '../../tokens/commands';
import type { CommandId, ICellArgs, IRemedy } from '../../tokens/commands';

/** The remedy whose plan runs now (`runningRemedy` of the model); its button is busy. */
export const RunningRemedy = React.createContext<string | null>(null);

/** Whether the plan of the command runs now; `args` are those of the command. */
export function useIsRunning(command: CommandId, args?: ICellArgs): boolean {
  return React.useContext(RunningRemedy) === remedyKey(command, args);
}

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
  const running = React.useContext(RunningRemedy);
  if (remedies.length === 0) {
    return null;
  }
  return (
    <div className="jp-NamespaceViz-actions">
      {remedies.map(remedy => {
        const isRunning = running === remedyKey(remedy.command, remedy.args);
        return (
          <button
            key={`${remedy.command} ${JSON.stringify(remedy.args)}`}
            type="button"
            className={areLinks ? 'jp-NamespaceViz-link' : 'jp-NamespaceViz-button'}
            title={remedy.ariaLabel}
            aria-label={remedy.ariaLabel}
            aria-busy={isRunning}
            // Not `disabled`, which would take the focus away while it runs.
            aria-disabled={isRunning}
            tabIndex={tabIndex}
            onClick={() => isRunning || fix(remedy)}
          >
            {remedy.label}
          </button>
        );
      })}
    </div>
  );
}
