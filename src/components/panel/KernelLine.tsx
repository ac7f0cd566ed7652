/** What does the panel say about the kernel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Kernel } from '../../protocol';
import { Sentence } from '../elements/Sentence';

export interface IKernelLineProps {
  kernel: Kernel;
  isKernelPending: boolean;
  trans: TranslationBundle;
}

/** One line on the state of the kernel; screen readers announce it when the kernel is unavailable. */
export function KernelLine({
  isKernelPending,
  kernel,
  trans
}: IKernelLineProps): React.ReactElement {
  const { as_of, message, python, state } = kernel;
  const isTrouble = ['dead', 'none', 'silent', 'unreachable'].includes(state) && !isKernelPending;
  const sentence =
    isKernelPending && state === 'none' ? (
      trans.__('Waiting for the kernel…')
    ) : (
      <Sentence text={message ?? kernelSentence(state, trans)} />
    );
  return (
    <div
      className={`jp-NamespaceViz-kernel jp-mod-${state} ${isTrouble ? 'jp-mod-trouble' : ''}`}
      title={python ?? undefined}
      role="group"
      aria-label={trans.__('Kernel')}
    >
      <span className="jp-NamespaceViz-kernelDot" aria-hidden="true" />
      <span className="jp-NamespaceViz-kernelText">
        {/* Always rendered, because only changes inside it are announced; not each run, though. */}
        <span role="status">{isTrouble && sentence}</span>
        {!isTrouble && sentence}
        {(state === 'busy' || state === 'silent') && as_of !== null && (
          <Age since={as_of} trans={trans} />
        )}
      </span>
    </div>
  );
}

function kernelSentence(state: Kernel['state'], trans: TranslationBundle): string {
  switch (state) {
    case 'busy':
      return trans.__('The kernel is busy.');
    case 'connecting':
      return trans.__('Asking the kernel what it holds…');
    case 'dead':
      return trans.__('The kernel died, and its names with it. Restart it to go on.');
    case 'idle':
      return trans.__('The kernel is idle.');
    case 'none':
      return trans.__('No kernel: choose one to see which names it holds.');
    case 'not_python':
      return trans.__('The kernel does not speak Python.');
    case 'silent':
      return trans.__('The kernel does not answer.');
    case 'starting':
      return trans.__('The kernel is starting…');
    case 'unreachable':
      return trans.__('The server cannot reach the kernel.');
    default:
      return unknownState(state);
  }
}

/** Seconds. A lower value would make the line flicker with each short run. */
const MENTIONED_FROM = 3;

function Age({
  since,
  trans
}: {
  since: string;
  trans: TranslationBundle;
}): React.ReactElement | null {
  const [now, setNow] = React.useState(Date.now);
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now - Date.parse(since)) / 1000);
  if (!(seconds >= MENTIONED_FROM)) {
    return null;
  }
  return (
    <span>
      {' '}
      {seconds < 60
        ? trans._n('What is shown is %1 second old.', 'What is shown is %1 seconds old.', seconds)
        : trans._n(
            'What is shown is %1 minute old.',
            'What is shown is %1 minutes old.',
            Math.floor(seconds / 60)
          )}
    </span>
  );
}

function unknownState(state: never): never {
  throw new Error(`Unknown state ${JSON.stringify(state)}`);
}
