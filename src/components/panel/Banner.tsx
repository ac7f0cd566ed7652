/** What does the panel say while nothing has run in a new or restarted kernel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Summary } from '../../protocol';
import { CommandIds } from '../../tokens/commands';
import { useIsRunning } from '../elements/RemedyButtons';
import { StatusIcon } from '../elements/StatusIcon';

export interface IBannerProps {
  /** How the kernel's current life began. */
  beginning: NonNullable<Summary['fresh_kernel']>;
  restoreImports: () => void;
  /** Null where there is nothing above the active cell. */
  runAllAbove: (() => void) | null;
  dismiss: () => void;
  trans: TranslationBundle;
}

/** One line and two buttons, in the place of the summary, which screen readers still announce. */
export function Banner(props: IBannerProps): React.ReactElement {
  const { beginning, dismiss, restoreImports, runAllAbove, trans } = props;
  const text = textOf(beginning, trans);
  const isRestoring = useIsRunning(CommandIds.restoreImports);
  return (
    <div
      className="jp-NamespaceViz-banner"
      role="group"
      aria-label={trans.__('Nothing has run yet')}
    >
      <StatusIcon appearance="waiting" />
      <span className="jp-NamespaceViz-bannerText" title={text}>
        {text}
      </span>
      <button
        type="button"
        className="jp-NamespaceViz-iconButton"
        title={trans.__('Dismiss')}
        aria-label={trans.__('Dismiss')}
        onClick={dismiss}
      >
        <closeIcon.react tag="span" />
      </button>
      <span className="jp-NamespaceViz-bannerActions">
        <button
          type="button"
          className="jp-NamespaceViz-link"
          title={trans.__('Restore Imports')}
          aria-busy={isRestoring}
          aria-disabled={isRestoring}
          onClick={() => isRestoring || restoreImports()}
        >
          {trans.__('Restore Imports')}
        </button>
        {runAllAbove && (
          <button
            type="button"
            className="jp-NamespaceViz-link"
            title={trans.__('Run All Above')}
            onClick={runAllAbove}
          >
            {trans.__('Run All Above')}
          </button>
        )}
      </span>
    </div>
  );
}

function textOf(beginning: IBannerProps['beginning'], trans: TranslationBundle): string {
  switch (beginning) {
    case 'died':
      return trans.__('Kernel died: nothing has run since');
    case 'restarted':
      return trans.__('Kernel restarted: nothing has run yet');
    case 'started':
      return trans.__('Kernel started: nothing has run yet');
    case 'unknown':
      return trans.__('Nothing has run in this kernel yet');
    default:
      return unknownBeginning(beginning);
  }
}

function unknownBeginning(beginning: never): never {
  throw new Error(`Unknown beginning ${JSON.stringify(beginning)}`);
}
