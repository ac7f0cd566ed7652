/** What is the status of the whole notebook? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Summary } from '../../protocol';
import { StatusIcon } from '../elements/StatusIcon';
import { Sentence } from '../elements/Sentence';
import type { Appearance } from '../../appearance/cellAppearance';

export interface ISummaryLineProps {
  summary: Summary;
  /** Whether it may be old, because the kernel does not answer. */
  isOld: boolean;
  trans: TranslationBundle;
}

/** The line at the top of the panel; screen readers announce its changes. */
export function SummaryLine({ isOld, summary, trans }: ISummaryLineProps): React.ReactElement {
  return (
    <p className="jp-NamespaceViz-summary" role="status" aria-label={trans.__('Summary')}>
      <StatusIcon appearance={isOld ? 'pending' : appearanceOfSummary(summary)} />
      <span>
        <Sentence text={summary.message || trans.__('Everything this notebook needs is live.')} />
      </span>
    </p>
  );
}

function appearanceOfSummary({ at_risk, blocked, stale, waiting }: Summary): Appearance {
  if (blocked > waiting) {
    return 'blocked';
  }
  if (at_risk > 0) {
    return 'at-risk';
  }
  if (stale > 0) {
    return 'stale';
  }
  return waiting > 0 ? 'waiting' : 'fresh';
}
