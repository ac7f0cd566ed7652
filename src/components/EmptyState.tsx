/** What does the panel show when it has no cells to show? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ConnectionState } from '../tokens';
import { Sentence } from './Sentence';

export interface IEmptyStateProps {
  title: string;
  text?: string;
  /** A line to copy into a terminal. */
  commandLine?: string;
  action?: { label: string; onClick: () => void };
}

/** A calm page with a title, what it means, and what can be done about it. */
export function EmptyState({
  action,
  commandLine,
  text,
  title
}: IEmptyStateProps): React.ReactElement {
  return (
    <div className="jp-NamespaceViz-empty" role="status">
      <h3 className="jp-NamespaceViz-emptyTitle">{title}</h3>
      {text !== undefined && (
        <p>
          <Sentence text={text} />
        </p>
      )}
      {commandLine !== undefined && (
        <pre className="jp-NamespaceViz-commandLine">{commandLine}</pre>
      )}
      {action && (
        <button type="button" className="jp-NamespaceViz-button" onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}

export interface IConnectionStateProps {
  state: Exclude<ConnectionState, 'open'>;
  retry: () => void;
  trans: TranslationBundle;
}

/** What the panel shows while it is not connected to the server extension. */
export function ConnectionPage({ retry, state, trans }: IConnectionStateProps): React.ReactElement {
  const tryAgain = { label: trans.__('Try again'), onClick: retry };
  switch (state) {
    case 'closed':
    case 'connecting':
      return <EmptyState title={trans.__('Connecting to the server…')} />;
    case 'disconnected':
      return (
        <EmptyState
          title={trans.__('Disconnected from the server')}
          text={trans.__(
            'What the kernel holds cannot be told until the connection is back. It is tried again by itself.'
          )}
          action={tryAgain}
        />
      );
    case 'absent':
      return (
        <EmptyState
          title={trans.__('The server extension is missing')}
          text={trans.__('Install it where the Jupyter server runs, then restart the server:')}
          commandLine="pip install jupyter_namespace_viz"
          action={tryAgain}
        />
      );
    case 'forbidden':
      return (
        <EmptyState
          title={trans.__('Not allowed by the server')}
          text={trans.__('Looking into a kernel needs the permission to run code in it.')}
          action={tryAgain}
        />
      );
    case 'incompatible':
      return (
        <EmptyState
          title={trans.__('The server extension has another version')}
          text={trans.__(
            'Restart the server after an update and load this page again. The server needs the same version as the panel:'
          )}
          commandLine="pip install --upgrade jupyter_namespace_viz"
          action={tryAgain}
        />
      );
    default:
      return unknownState(state);
  }
}

function unknownState(state: never): never {
  throw new Error(`Unknown state ${JSON.stringify(state)}`);
}
