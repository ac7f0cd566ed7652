/** How is the status of a name drawn, and in which words? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { NameReport, Need } from '../protocol';
import type { Appearance } from './cellAppearance';

/** The status of a needed name in words. */
export function nameWordOf(status: Need['status'], trans: TranslationBundle): string {
  switch (status) {
    case 'clobbered':
      return trans.__('overwritten');
    case 'ghost':
      return trans.__('defined by no cell');
    case 'live':
      return trans.__('available');
    case 'missing':
      return trans.__('missing');
    case 'not_installed':
      return trans.__('not installed');
    case 'stale':
      return trans.__('stale');
    case 'unknown':
      return trans.__('unknown');
    default:
      return unknownStatus(status);
  }
}

/** The status in words of a name that may only wait for cells above. */
export function wordOfName(
  { status, waiting }: Pick<NameReport | Need, 'status' | 'waiting'>,
  trans: TranslationBundle
): string {
  return waiting ? trans.__('not run yet') : nameWordOf(status, trans);
}

/** The appearance whose icon and colour a needed name has; null for one that the kernel has. */
export function needAppearanceOf({ reason, status, waiting }: Need): Appearance | null {
  if (reason === 'cannot_ask') {
    return 'unknown';
  }
  const isQuiet = status === 'missing' && (waiting || reason === 'in_flight');
  return isQuiet ? 'waiting' : nameAppearanceOf(status);
}

/** The appearance whose icon a needed name uses; a live name has none. */
export function nameAppearanceOf(status: Need['status']): Appearance | null {
  switch (status) {
    case 'missing':
      return 'blocked';
    case 'not_installed':
      return 'blocked-import';
    case 'clobbered':
    case 'ghost':
    case 'unknown':
      return 'at-risk';
    case 'stale':
      return 'stale';
    case 'live':
      return null;
    default:
      return unknownStatus(status);
  }
}

function unknownStatus(status: never): never {
  throw new Error(`Unknown status ${JSON.stringify(status)}`);
}
