/** What does a new user need to know? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export interface IHelpCardProps {
  trans: TranslationBundle;
  close: () => void;
}

/** The one fact that explains the rest, and how to read the panel. */
export function HelpCard({ close, trans }: IHelpCardProps): React.ReactElement {
  return (
    <section
      className="jp-NamespaceViz-help"
      role="note"
      aria-label={trans.__('How to read this panel')}
    >
      <h3>
        {trans.__('All cells share one namespace. It lives in the kernel, and ends with it.')}
      </h3>
      <ul>
        <li>
          {trans.__(
            'A name is there once a cell that defines it has run in this kernel. The outputs on the page may be of an earlier one.'
          )}
        </li>
        <li>
          {trans.__(
            'The panel compares what each cell needs with what the kernel holds: red cells would raise an error if they ran now.'
          )}
        </li>
        <li>
          {trans.__(
            'Buttons show what they would run before it runs. Nothing runs that you did not click.'
          )}
        </li>
      </ul>
      <button type="button" className="jp-NamespaceViz-button" onClick={close}>
        {trans.__('Got it')}
      </button>
    </section>
  );
}
