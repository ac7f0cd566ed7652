/** What stands at the top of the panel, always at the same height? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { infoIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { linesIcon, restoreImportsIcon } from '../../appearance/icons';
import type { Kernel, Summary } from '../../protocol';
import { CommandIds } from '../../tokens/commands';
import { useIsRunning } from '../elements/RemedyButtons';
import { Banner } from './Banner';
import { isAwaited, isTrouble, KernelLine } from './KernelLine';
import { SummaryLine } from './SummaryLine';

/** What the buttons at the top of the panel do. */
export interface IHeaderCallbacks {
  refresh: () => void;
  restoreImports: () => void;
  /** Run all cells above the active one. */
  runAllAbove: () => void;
  toggleHelp: () => void;
}

export interface IHeaderProps extends IHeaderCallbacks {
  /** Null while there is nothing to say about a kernel. */
  kernel: Kernel | null;
  isKernelPending: boolean;
  /** Null without code cells, too. */
  summary: Summary | null;
  /** Whether the notebook is connected to the server, so that the buttons do something. */
  isConnected: boolean;
  /** Whether the kernel may be a Python kernel. */
  isPython: boolean;
  /** Whether a code cell stands above the active cell. */
  hasCodeAbove: boolean;
  isHelpShown: boolean;
  hasAllLines: boolean;
  toggleLines: () => void;
  trans: TranslationBundle;
}

/** The kernel and the buttons in one row; below them the summary, or what is more urgent. */
export function Header(props: IHeaderProps): React.ReactElement {
  const { isKernelPending, summary, trans } = props;
  const kernel = betweenRuns(props.kernel, summary);
  const isTroubled = kernel !== null && isTrouble(kernel, isKernelPending);
  const [dismissed, setDismissed] = React.useState<ReadonlySet<string>>(new Set());
  const start = `${kernel?.kernel_id} ${kernel?.generation}`;
  const fresh = isTroubled || dismissed.has(start) ? null : (summary?.fresh_kernel ?? null);
  return (
    <div
      className={[
        'jp-NamespaceViz-top',
        kernel ? '' : 'jp-mod-bare',
        isTroubled ? 'jp-mod-troubled' : '',
        fresh ? 'jp-mod-fresh' : ''
      ].join(' ')}
    >
      <h2 className="jp-NamespaceViz-title">{trans.__('Namespace')}</h2>
      {kernel && <KernelLine kernel={kernel} isKernelPending={isKernelPending} trans={trans} />}
      {props.isConnected && <Toolbar {...props} />}
      {kernel && summary && !isAwaited(kernel, isKernelPending) && (
        <SummaryLine summary={summary} isOld={kernel.state === 'silent'} trans={trans} />
      )}
      {fresh && (
        <Banner
          beginning={fresh}
          trans={trans}
          restoreImports={props.restoreImports}
          runAllAbove={props.hasCodeAbove ? props.runAllAbove : null}
          dismiss={() => setDismissed(before => new Set([...before, start]))}
        />
      )}
    </div>
  );
}

/** The kernel; busy in the moments between the cells of a queue, in which it says that it is idle. */
function betweenRuns(kernel: Kernel | null, summary: Summary | null): Kernel | null {
  const hasQueue = summary !== null && summary.running + summary.queued > 0;
  return hasQueue && kernel?.state === 'idle' && kernel.message === null
    ? { ...kernel, state: 'busy' }
    : kernel;
}

function Toolbar(props: IHeaderProps): React.ReactElement {
  const { hasAllLines, isHelpShown, isPython, trans } = props;
  const isRestoring = useIsRunning(CommandIds.restoreImports);
  return (
    <div
      className="jp-NamespaceViz-toolbar"
      role="toolbar"
      aria-label={trans.__('Namespace actions')}
    >
      {isPython && (
        <>
          <IconButton
            icon={restoreImportsIcon}
            label={trans.__('Restore Imports')}
            title={trans.__('Run the import statements whose names the kernel does not have')}
            isBusy={isRestoring}
            onClick={props.restoreImports}
          />
          <IconButton
            icon={linesIcon}
            label={trans.__('Show All Lines')}
            title={trans.__(
              'Join all cells with those that they depend on, not only the active cell'
            )}
            isPressed={hasAllLines}
            onClick={props.toggleLines}
          />
        </>
      )}
      <IconButton icon={refreshIcon} label={trans.__('Refresh')} onClick={props.refresh} />
      <IconButton
        icon={infoIcon}
        label={trans.__('How to read this panel')}
        isUnfolded={isHelpShown}
        onClick={props.toggleHelp}
      />
    </div>
  );
}

interface IIconButtonProps {
  icon: LabIcon;
  label: string;
  /** The tooltip, if it says more than the label. */
  title?: string;
  /** Whether what it started still runs. */
  isBusy?: boolean;
  isPressed?: boolean;
  isUnfolded?: boolean;
  onClick: () => void;
}

function IconButton(props: IIconButtonProps): React.ReactElement {
  const { icon: Icon, isBusy = false, isPressed, isUnfolded, label, onClick, title } = props;
  return (
    <button
      type="button"
      className="jp-NamespaceViz-iconButton"
      title={title === undefined ? label : `${label}: ${title}`}
      aria-label={label}
      aria-pressed={isPressed}
      aria-expanded={isUnfolded}
      aria-busy={isBusy}
      // Not `disabled`, which would take the focus away while it runs.
      aria-disabled={isBusy}
      onClick={() => isBusy || onClick()}
    >
      <Icon.react tag="span" />
    </button>
  );
}
