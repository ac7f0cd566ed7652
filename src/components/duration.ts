/** How long is that, in words? */

import type { TranslationBundle } from '@jupyterlab/translation';

/** Seconds in as many words as they deserve: `3 s`, `1 min 15 s`. */
export function durationOf(seconds: number, trans: TranslationBundle): string {
  const whole = Math.round(seconds);
  return whole < 60
    ? trans.__('%1 s', whole)
    : trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
}
