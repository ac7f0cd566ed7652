/** What does the panel show while it is not connected? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ConnectionState } from '../../tokens/connection';
import { EmptyState } from '../elements/EmptyState';

export interface IConnectionPageProps {
  state: Exclude<ConnectionState, 'open'>;
  retry: () => void;
  trans: TranslationBundle;
}

/** What the panel shows while it is not connected to the server extension. */
export function ConnectionPage({ retry, state, trans }: IConnectionPageProps): React.ReactElement {
  const tryAgain = { label: trans.__('Try Again'), onClick: retry };
  switch (state) {
    case 'closed':
    case 'connecting':
      return <EmptyState title={trans.__('Connecting to the server…')} />;
    case 'disconnected':
      return (
        <EmptyState
          title={trans.__('Disconnected from the server')}
          text={trans.__(
            'The panel cannot read the names of the kernel until the connection is back. Reconnecting…'
          )}
          action={tryAgain}
        />
      );
    case 'absent':
      return (
        <EmptyState
          title={trans.__('The server extension is not loaded')}
          text={trans.__('Install it where the Jupyter server runs, then restart the server:')}
          commandLine="pip install jupyter_namespace_viz"
          otherwise={{
            text: trans.__('If it is installed there, this says why the server does not load it:'),
            commandLine: 'jupyter server extension list'
          }}
          action={tryAgain}
        />
      );
    case 'forbidden':
      return (
        <EmptyState
          title={trans.__('Not allowed by the server')}
          text={trans.__(
            'To read the names of a kernel, you need the permission to run code in it.'
          )}
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
