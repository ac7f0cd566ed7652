/** What does the panel say about the kernel? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Kernel } from '../../protocol';
import { plainTextOf } from '../../appearance/wording';
import { useMentions } from '../elements/CellLink';
import { Sentence } from '../elements/Sentence';

export interface IKernelLineProps {
  kernel: Kernel;
  isKernelPending: boolean;
  trans: TranslationBundle;
}

/** Whether the kernel cannot be asked, which is more urgent than anything in the notebook. */
export function isTrouble({ state }: Kernel, isKernelPending: boolean): boolean {
  return ['dead', 'none', 'silent', 'unreachable'].includes(state) && !isKernelPending;
}

/** Whether the notebook will have a kernel soon: it is wrong to say that it has none, or that it ended. */
export function isAwaited({ state }: Kernel, isKernelPending: boolean): boolean {
  return isKernelPending && (state === 'none' || state === 'dead');
}

/** One line on the state of the kernel; screen readers announce it when the kernel is unavailable. */
export function KernelLine({
  isKernelPending,
  kernel,
  trans
}: IKernelLineProps): React.ReactElement {
  const mentions = useMentions();
  const { as_of, message, python, state } = kernel;
  const isTroubled = isTrouble(kernel, isKernelPending);
  const text = isAwaited(kernel, isKernelPending)
    ? trans.__('Waiting for the kernel…')
    : (message ?? kernelSentence(state, trans));
  const sentence = <Sentence text={text} />;
  return (
    <div
      className={`jp-NamespaceViz-kernel jp-mod-${state} ${isTroubled ? 'jp-mod-trouble' : ''}`}
      title={[plainTextOf(text, mentions), python].filter(line => line).join('\n')}
      role="group"
      aria-label={trans.__('Kernel')}
    >
      <span className="jp-NamespaceViz-kernelDot" aria-hidden="true" />
      <span className="jp-NamespaceViz-kernelText">
        {/* Always rendered, because only changes inside it are announced; not each run, though. */}
        <span role="status">{isTroubled && sentence}</span>
        {!isTroubled && sentence}
      </span>
      {(state === 'busy' || state === 'silent') && as_of !== null && (
        <Age since={as_of} trans={trans} />
      )}
    </div>
  );
}

function kernelSentence(state: Kernel['state'], trans: TranslationBundle): string {
  switch (state) {
    case 'busy':
      return trans.__('The kernel is busy.');
    case 'connecting':
      return trans.__('Reading the names of the kernel…');
    case 'dead':
      return trans.__('The kernel died, and its names are lost. Restart it to continue.');
    case 'idle':
      return trans.__('The kernel is idle.');
    case 'none':
      return trans.__('No kernel. Choose one to see which names it has.');
    case 'not_python':
      return trans.__('The kernel is not a Python kernel.');
    case 'silent':
      return trans.__('The kernel is not responding. Retrying…');
    case 'starting':
      return trans.__('The kernel is starting…');
    case 'unreachable':
      return trans.__('The server cannot reach the kernel.');
    default:
      return unknownState(state);
  }
}

/** Seconds. The kernel must have been busy for as long, else the line would flicker with each run. */
const MENTIONED_FROM = 3;

/** How old the facts are; nothing in the first seconds after it is rendered. */
function Age({
  since,
  trans
}: {
  since: string;
  trans: TranslationBundle;
}): React.ReactElement | null {
  const [began] = React.useState(Date.now);
  const [now, setNow] = React.useState(began);
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const from = Date.parse(since);
  const seconds = Math.floor((now - from) / 1000);
  // Facts that the kernel gave after it had become busy are old only since then.
  if (!(now - Math.max(began, from) >= 1000 * MENTIONED_FROM)) {
    return null;
  }
  return (
    <span className="jp-NamespaceViz-age">
      {seconds < 60
        ? trans.__('Last updated %1 s ago', seconds)
        : trans.__('Last updated %1 min ago', Math.floor(seconds / 60))}
    </span>
  );
}

function unknownState(state: never): never {
  throw new Error(`Unknown state ${JSON.stringify(state)}`);
}
