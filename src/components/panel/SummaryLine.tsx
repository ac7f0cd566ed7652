/** What is the status of the whole notebook? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Summary } from '../../protocol';
import { Announcement } from '../elements/Announcement';
import { StatusIcon } from '../elements/StatusIcon';
import { Sentence } from '../elements/Sentence';
import { plainTextOf } from '../../appearance/wording';
import { useMentions } from '../elements/CellLink';
import type { Appearance } from '../../appearance/cellAppearance';

export interface ISummaryLineProps {
  summary: Summary;
  /** Whether it may be old, because the kernel does not answer. */
  isOld: boolean;
  trans: TranslationBundle;
}

/** The summary, on at most two lines; screen readers announce what it has settled to. */
export function SummaryLine({ isOld, summary, trans }: ISummaryLineProps): React.ReactElement {
  const mentions = useMentions();
  const text = summary.message || trans.__('Everything this notebook needs is available.');
  const plain = plainTextOf(text, mentions);
  return (
    <>
      <p
        className="jp-NamespaceViz-summary"
        title={plain}
        role="group"
        aria-label={trans.__('Summary')}
      >
        <StatusIcon appearance={isOld ? 'pending' : appearanceOfSummary(summary)} />
        <span className="jp-NamespaceViz-summaryText">
          <Sentence text={text} />
        </span>
      </p>
      <Announcement text={plain} />
    </>
  );
}

/** The most urgent status that some cell has. */
function appearanceOfSummary(summary: Summary): Appearance {
  const { at_risk, blocked, failed, queued, running, stale, waiting } = summary;
  if (running + queued > 0) {
    return running > 0 ? 'running' : 'queued';
  }
  if (failed > 0) {
    return 'failed';
  }
  if (blocked > 0) {
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
