/** How are sentences of the server and durations written out? */

import type { TranslationBundle } from '@jupyterlab/translation';

/** The pieces of a sentence; text between backticks is code. */
export function piecesOf(sentence: string): { text: string; isCode: boolean }[] {
  return sentence
    .split('`')
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(piece => piece.text !== '');
}

/** The sentence without its backticks, for titles and accessible names. */
export function plainTextOf(sentence: string): string {
  return sentence.replaceAll('`', '');
}

/** A duration in words: `3 s`, `1 min 15 s`. */
export function durationOf(seconds: number, trans: TranslationBundle): string {
  const whole = Math.round(seconds);
  return whole < 60
    ? trans.__('%1 s', whole)
    : trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
}
