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
        {trans.__('All cells share one namespace. It belongs to the kernel: a restart empties it.')}
      </h3>
      <ul>
        <li>
          {trans.__(
            'A name is available once a cell that defines it has run in this kernel. Outputs on the page may come from an earlier kernel.'
          )}
        </li>
        <li>
          {trans.__(
            'The panel compares what each cell needs with what the kernel has. Red cells have failed, or would fail if they ran now.'
          )}
        </li>
        <li>
          {trans.__(
            'Nothing runs that you did not ask for. Before cells run, a dialog lists them; import statements alone run immediately.'
          )}
        </li>
      </ul>
      <button type="button" className="jp-NamespaceViz-button" onClick={close}>
        {trans.__('Got it')}
      </button>
    </section>
  );
}
